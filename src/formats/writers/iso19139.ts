// ISO 19139 documents of 2007 (GML 3.2): one template for data sets, one for everything that has members, one for our web services.
import type { RecordFormat } from '../../model/format.ts';
import { createIso19139View, ISO19139_NAMES } from './iso19139-view.ts';
import { compileTemplate } from './xml-template.ts';

const GMD = 'http://www.isotc211.org/2005/gmd';

/** The format `iso19139`. Throws TemplateFault where a template below mappings/iso19139/ is wrong. */
export function createIso19139(templates: ReadonlyMap<string, string>): RecordFormat {
  const dataset = compileTemplate(templates, 'iso19139/dataset.xml', ISO19139_NAMES);
  const series = compileTemplate(templates, 'iso19139/series.xml', ISO19139_NAMES);
  const service = compileTemplate(templates, 'iso19139/service.xml', ISO19139_NAMES);
  const viewOf = createIso19139View();
  return {
    id: 'iso19139',
    title: 'ISO 19139',
    mediaType: 'application/vnd.iso.19139+xml',
    extension: 'iso19139',
    namespace: GMD,
    schemaLocation: 'http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd',
    write: (record, view) => {
      const filled = viewOf(record, view);
      if (record.level === 'dataset') return dataset(filled);
      // A harvested service whose operations we do not know is described as what its publisher says of it.
      return (filled.service === undefined ? series : service)(filled);
    },
  };
}
