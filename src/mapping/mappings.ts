// Everything that `mappings/` says, loaded and checked once at start-up.
import type { Codes } from '../model/codes.ts';
import type { Service } from '../model/service.ts';
import type { Place, Site } from '../model/site.ts';

export interface Mappings {
  readonly site: Site;
  readonly codes: Codes;
  /** In order of name. */
  readonly services: readonly Service[];
  readonly places: readonly Place[];
  /** XML templates by path below `mappings/`: `iso19139/dataset.xml` → text. */
  readonly templates: ReadonlyMap<string, string>;
  /** Hash of every file, part of every ETag. */
  readonly hash: string;
}
