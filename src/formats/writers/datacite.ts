// DataCite kernel 4: the XML of the schema, the JSON of DataCite's REST API, and the wrapper in which OAI-PMH harvesters expect the XML.
import type { RecordFormat } from '../../model/format.ts';
import { dataCiteJson } from './datacite-json.ts';
import { DATACITE_NAMES, dataCiteView } from './datacite-view.ts';
import { compileTemplate } from './xml-template.ts';

/** The formats `datacite`, `datacite-json`, `oai_datacite`. Throws TemplateFault where a template below mappings/datacite/ is wrong. */
export function createDataCite(templates: ReadonlyMap<string, string>): readonly RecordFormat[] {
  const resource = compileTemplate(templates, 'datacite/resource.xml', DATACITE_NAMES);
  const wrapped = compileTemplate(templates, 'datacite/oai_datacite.xml', DATACITE_NAMES);
  return [
    {
      id: 'datacite',
      title: 'DataCite',
      mediaType: 'application/vnd.datacite.datacite+xml',
      extension: 'datacite',
      namespace: 'http://datacite.org/schema/kernel-4',
      schemaLocation: 'http://schema.datacite.org/meta/kernel-4/metadata.xsd',
      write: (record, view) => resource(dataCiteView(record, view)),
    },
    {
      id: 'datacite-json',
      title: 'DataCite (JSON)',
      mediaType: 'application/vnd.datacite.datacite+json',
      extension: 'datacite-json',
      write: (record, view) => JSON.stringify(dataCiteJson(record, view)),
    },
    {
      id: 'oai_datacite',
      title: 'DataCite (OAI-PMH)',
      mediaType: 'application/xml',
      extension: 'oai_datacite',
      namespace: 'http://schema.datacite.org/oai/oai-1.1/',
      schemaLocation: 'http://schema.datacite.org/oai/oai-1.1/oai.xsd',
      purpose: 'protocol',
      write: (record, view) => wrapped(dataCiteView(record, view)),
    },
  ];
}
