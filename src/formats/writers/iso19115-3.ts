// ISO 19115-3 documents (mdb:MD_Metadata, namespaces of 2018): one template for data sets, series and web services.
import type { RecordFormat } from '../../model/format.ts';
import { createIso19139View, ISO19139_NAMES } from './iso19139-view.ts';
import { compileTemplate } from './xml-template.ts';

/** The format `iso19115-3`. Throws TemplateFault where a template below mappings/iso19115-3/ is wrong. */
export function createIso191153(templates: ReadonlyMap<string, string>): RecordFormat {
  const template = compileTemplate(templates, 'iso19115-3/record.xml', ISO19139_NAMES);
  const viewOf = createIso19139View();
  return {
    id: 'iso19115-3',
    title: 'ISO 19115-3',
    mediaType: 'application/vnd.iso.19115-3+xml',
    extension: 'iso19115-3',
    namespace: 'http://standards.iso.org/iso/19115/-3/mdb/2.0',
    schemaLocation: 'https://standards.iso.org/iso/19115/-3/mdb/2.0/mdb.xsd',
    write: (record, view) => template(viewOf(record, view)),
  };
}
