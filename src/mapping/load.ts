// Loads `mappings/` at start-up: everything checked, or one error that names every fault.
import type { Codes } from '../model/codes.ts';
import type { ServiceDoor } from '../model/door.ts';
import type { Service } from '../model/service.ts';
import type { Place, Site } from '../model/site.ts';
import { type CheckTemplates, checkMappings } from './check-mappings.ts';
import { MappingsError } from './fault.ts';
import type { Mappings } from './mappings.ts';
import { readMappingFiles } from './read-files.ts';
import { createSchemas } from './schemas.ts';

/**
 * The folder's site, codes, places, services (in order of name) and templates. Throws `MappingsError` with all faults; with a
 * check of the templates also theirs.
 */
export function loadMappings(directory: string, checkTemplates?: CheckTemplates): Mappings {
  const files = readMappingFiles(directory);
  const faults = checkMappings(files, createSchemas(), checkTemplates);
  if (faults.length > 0) throw new MappingsError(faults);
  const { documents, templates, hash } = files;
  const services = [...documents]
    .filter(([file]) => file.startsWith('services/'))
    .map(([, document]) => document as Service)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    site: documents.get('site.json') as Site,
    codes: documents.get('codes.json') as Codes,
    places: documents.get('places.json') as readonly Place[],
    doors: documents.get('doors.json') as readonly ServiceDoor[],
    services,
    templates,
    hash,
  };
}
