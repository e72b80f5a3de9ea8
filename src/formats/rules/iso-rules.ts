// The list of rules beyond the schema that ISO 19139 records are judged by, and the judge. A rule that stands here is asked by `vobs check
// --inspire`, by the tests and by the conformance check.
import type { XmlElement } from '../syntax/xml.ts';
import { DATACITE, GEONETWORK } from './geonetwork.ts';
import { INSPIRE_COMMON } from './inspire-common.ts';
import { INSPIRE_LEVELS } from './inspire-levels.ts';
import { isoRecordsOf, readIsoDocument, textIn } from './iso-document.ts';
import type { Pack, Rule, RuleFault } from './rule.ts';

export type { Pack, Rule, RuleFault } from './rule.ts';
export { PACKS } from './rule.ts';

export const ISO_RULES: readonly Rule[] = [...INSPIRE_COMMON, ...INSPIRE_LEVELS, ...GEONETWORK, ...DATACITE];

/** What every record of an observatory's catalogue is to keep. `datacite` is for those that are to have a DOI. */
export const USUAL_PACKS: readonly Pack[] = ['inspire', 'geonetwork'];

export interface JudgedRecord {
  /** Its fileIdentifier; the empty text for none. */
  readonly identifier: string;
  readonly level: string;
  readonly faults: readonly RuleFault[];
}

/** Judges every gmd or gmi record in an XML text, whatever it is wrapped in. Throws SyntaxFault where the text is no XML. */
export function judgeIsoRecords(xml: string, packs: readonly Pack[] = USUAL_PACKS): readonly JudgedRecord[] {
  return isoRecordsOf(xml).map((root) => judgeIsoRecord(root, packs));
}

export function judgeIsoRecord(root: XmlElement, packs: readonly Pack[] = USUAL_PACKS): JudgedRecord {
  const document = readIsoDocument(root);
  const { level } = document;
  const asked = ISO_RULES.filter((rule) => packs.includes(rule.pack) && (rule.levels?.includes(level) ?? true));
  const faults = asked.flatMap((rule) =>
    rule.faults(document).map((found): RuleFault => {
      return { rule: rule.id, pack: rule.pack, demands: rule.demands, found };
    }),
  );
  return { identifier: textIn(document.children(root, 'fileIdentifier')[0]), level, faults };
}
