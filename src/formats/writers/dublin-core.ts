// Dublin Core documents: oai_dc for OAI-PMH, and csw:Record with its brief and summary forms for CSW 2.0.2.
import type { RecordFormat } from '../../model/format.ts';
import { DUBLIN_CORE_NAMES, dublinCoreView } from './dublin-core-view.ts';
import { compileTemplate } from './xml-template.ts';

const OAI_DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
const CSW = 'http://www.opengis.net/cat/csw/2.0.2';
const CSW_SCHEMA = 'http://schemas.opengis.net/csw/2.0.2/record.xsd';

/** The formats `oai_dc`, `csw`, `csw-brief`, `csw-summary`. Throws TemplateFault where a template is wrong. */
export function createDublinCore(templates: ReadonlyMap<string, string>): readonly RecordFormat[] {
  const writer = (path: string): RecordFormat['write'] => {
    const template = compileTemplate(templates, path, DUBLIN_CORE_NAMES);
    return (record, view) => template(dublinCoreView(record, view));
  };
  const csw = (id: string, title: string, path: string): RecordFormat => ({
    id,
    title,
    mediaType: 'application/xml',
    extension: id,
    namespace: CSW,
    schemaLocation: CSW_SCHEMA,
    write: writer(path),
  });
  return [
    {
      id: 'oai_dc',
      title: 'Dublin Core (oai_dc)',
      mediaType: 'application/xml',
      extension: 'oai_dc',
      namespace: OAI_DC,
      schemaLocation: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
      write: writer('dublin-core/oai_dc.xml'),
    },
    csw('csw', 'CSW 2.0.2 record', 'csw/record.xml'),
    csw('csw-brief', 'CSW 2.0.2 brief record', 'csw/brief.xml'),
    csw('csw-summary', 'CSW 2.0.2 summary record', 'csw/summary.xml'),
  ];
}
