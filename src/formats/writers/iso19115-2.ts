// ISO 19115-2 documents (gmi:MI_Metadata): ISO 19139 with instruments, configurations and platforms. Two namespaces are in use: ISO's own,
// and the older one that most harvesters know; the template has the first, and the second is the same text with the other address, without
// the one element that its schema lacks.
import type { RecordFormat } from '../../model/format.ts';
import { createIso19139View, ISO19139_NAMES } from './iso19139-view.ts';
import { compileTemplate } from './xml-template.ts';

const NAMESPACES = {
  gmi: 'http://standards.iso.org/iso/19115/-2/gmi/1.0',
  'gmi-2005': 'http://www.isotc211.org/2005/gmi',
} as const;
const SCHEMAS = {
  gmi: 'https://standards.iso.org/iso/19115/-2/gmi/1.0/gmi.xsd',
  'gmi-2005': 'http://www.isotc211.org/2005/gmi/gmi.xsd',
} as const;

/** Mandatory in ISO's own schema, unknown to the older one. */
const PARENT_OPERATION = /<gmi:parentOperation [^>]*\/>/;

/** The formats `gmi` and `gmi-2005`. Throws TemplateFault where a template below mappings/gmi/ is wrong. */
export function createIso191152(templates: ReadonlyMap<string, string>): readonly RecordFormat[] {
  const viewOf = createIso19139View();
  const format = (id: keyof typeof NAMESPACES, title: string, texts: ReadonlyMap<string, string>): RecordFormat => {
    const template = compileTemplate(texts, 'gmi/record.xml', ISO19139_NAMES);
    return {
      id,
      title,
      mediaType: 'application/vnd.iso.19115-2+xml',
      extension: id,
      namespace: NAMESPACES[id],
      schemaLocation: SCHEMAS[id],
      ...(id === 'gmi' ? {} : { purpose: 'protocol' as const }),
      write: (record, view) => template(viewOf(record, view)),
    };
  };
  return [
    format('gmi', 'ISO 19115-2', templates),
    format('gmi-2005', 'ISO 19115-2 (namespace of 2005)', inOlderNamespace(templates)),
  ];
}

function inOlderNamespace(templates: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...templates].map(([path, text]) => [
      path,
      path.startsWith('gmi/')
        ? text.replaceAll(NAMESPACES.gmi, NAMESPACES['gmi-2005']).replace(PARENT_OPERATION, '')
        : text,
    ]),
  );
}
