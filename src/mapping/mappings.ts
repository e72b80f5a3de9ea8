// Everything that `mappings/` says, loaded and checked once at start-up.
import type { Codes } from '../model/codes.ts';
import type { ServiceDoor } from '../model/door.ts';
import type { Service } from '../model/service.ts';
import type { Place, Site } from '../model/site.ts';

export interface Mappings {
  readonly site: Site;
  readonly codes: Codes;
  /** In order of name. */
  readonly services: readonly Service[];
  readonly places: readonly Place[];
  /** What is said of our own web services; each is a record where it is mounted. */
  readonly doors: readonly ServiceDoor[];
  /** XML templates by path below `mappings/`: `iso19139/dataset.xml` → text. */
  readonly templates: ReadonlyMap<string, string>;
  /** Hash of every file, part of every ETag. */
  readonly hash: string;
}
