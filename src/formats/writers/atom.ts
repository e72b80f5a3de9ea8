// Atom entries (RFC 4287). An entry is the same text in every answer; feeds around entries belong to the protocols.
import type { RecordFormat } from '../../model/format.ts';
import { ATOM_NAMES, atomView } from './atom-view.ts';
import { compileTemplate } from './xml-template.ts';

/** The format `atom`: one `entry` element with its own namespace declarations. Throws TemplateFault where the template is wrong. */
export function createAtom(templates: ReadonlyMap<string, string>): RecordFormat {
  const entry = compileTemplate(templates, 'atom/entry.xml', ATOM_NAMES);
  return {
    id: 'atom',
    title: 'Atom',
    mediaType: 'application/atom+xml',
    extension: 'atom',
    namespace: 'http://www.w3.org/2005/Atom',
    write: (record, view) => entry(atomView(record, view)),
  };
}
