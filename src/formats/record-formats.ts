// The list of record formats. A format that stands here is offered by every protocol that offers formats.
import type { RecordFormat } from '../model/format.ts';
import type { Service } from '../model/service.ts';
import { createActris } from './writers/actris.ts';
import { createAeris } from './writers/aeris.ts';
import { createAtom } from './writers/atom.ts';
import { createCitations } from './writers/citations.ts';
import { createDataCite } from './writers/datacite.ts';
import { createDcat } from './writers/dcat.ts';
import { createDublinCore } from './writers/dublin-core.ts';
import { createGeoJson } from './writers/geojson.ts';
import { createIso191152 } from './writers/iso19115-2.ts';
import { createIso191153 } from './writers/iso19115-3.ts';
import { createIso19139 } from './writers/iso19139.ts';
import { createOgcRecord } from './writers/ogc-record.ts';
import { createSchemaOrg, type DescribedService } from './writers/schema-org.ts';
import { createStacItem, type StacParts } from './writers/stac-item.ts';

/** What writers know of the services besides what stands in a record. */
export type FormatParts = StacParts & {
  readonly services?: readonly (DescribedService & Pick<Service, 'actris' | 'data'>)[];
};

/**
 * Compiles the templates (path below mappings/ → text) once. Throws TemplateFault with file, line and slot. `parts`: what the service files
 * say of STAC and of what is measured, and the clock that ends periods which go on.
 */
export function createRecordFormats(
  templates: ReadonlyMap<string, string>,
  parts: FormatParts = {},
): readonly RecordFormat[] {
  return [
    createIso19139(templates),
    ...createDublinCore(templates),
    createGeoJson(),
    createAtom(templates),
    createOgcRecord(),
    createStacItem(parts),
    ...createIso191152(templates),
    createIso191153(templates),
    ...createDataCite(templates),
    createSchemaOrg(parts.services),
    ...createDcat(),
    ...createCitations(),
    createActris(parts.services),
    createAeris(parts.services),
  ];
}
