// The list of record formats. A format that stands here is offered by every protocol that offers formats.
import type { RecordFormat } from '../model/format.ts';
import { createAtom } from './writers/atom.ts';
import { createDublinCore } from './writers/dublin-core.ts';
import { createGeoJson } from './writers/geojson.ts';
import { createIso19139 } from './writers/iso19139.ts';

/** Compiles the templates (path below mappings/ → text) once. Throws TemplateFault with file, line and slot. */
export function createRecordFormats(templates: ReadonlyMap<string, string>): readonly RecordFormat[] {
  return [createIso19139(templates), ...createDublinCore(templates), createGeoJson(), createAtom(templates)];
}
