// Dublin Core documents: oai_dc for OAI-PMH, and csw:Record with its brief and summary forms for CSW 2.0.2 and 3.0.
import type { RecordFormat } from '../../model/format.ts';
import { createDublinCoreView, DUBLIN_CORE_NAMES } from './dublin-core-view.ts';
import { compileTemplate } from './xml-template.ts';

const OAI_DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
/** Version, its namespace, its schema. */
const CSW = {
  '2.0.2': ['http://www.opengis.net/cat/csw/2.0.2', 'http://schemas.opengis.net/csw/2.0.2/record.xsd'],
  '3.0': ['http://www.opengis.net/cat/csw/3.0', 'http://schemas.opengis.net/cat/csw/3.0/record.xsd'],
} as const;

/** The formats `oai_dc`, and `csw`, `csw30` each with `-brief` and `-summary`. Throws TemplateFault where a template is wrong. */
export function createDublinCore(templates: ReadonlyMap<string, string>): readonly RecordFormat[] {
  const writer = (path: string): RecordFormat['write'] => {
    const template = compileTemplate(templates, path, DUBLIN_CORE_NAMES);
    const viewOf = createDublinCoreView();
    return (record, view) => template(viewOf(record, view));
  };
  const csw = (version: keyof typeof CSW, id: string, kind: string, path: string): RecordFormat => ({
    id,
    title: `CSW ${version} ${kind}`,
    mediaType: 'application/xml',
    extension: id,
    namespace: CSW[version][0],
    schemaLocation: CSW[version][1],
    ...(id === 'csw' ? {} : { purpose: 'protocol' as const }),
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
    csw('2.0.2', 'csw', 'record', 'csw/record.xml'),
    csw('2.0.2', 'csw-brief', 'brief record', 'csw/brief.xml'),
    csw('2.0.2', 'csw-summary', 'summary record', 'csw/summary.xml'),
    csw('3.0', 'csw30', 'record', 'csw30/record.xml'),
    csw('3.0', 'csw30-brief', 'brief record', 'csw30/brief.xml'),
    csw('3.0', 'csw30-summary', 'summary record', 'csw30/summary.xml'),
  ];
}
