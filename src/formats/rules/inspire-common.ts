// INSPIRE technical guidelines for metadata 2.0.1, the requirements that hold for every resource (C.2 to C.22).
import { attributeOf, elementsOf, textOf, type XmlElement } from '../syntax/xml.ts';
import { characterStringIn, codeOf, GMD, hrefIn, type IsoDocument, nilReasonOf, textIn } from './iso-document.ts';
import { DATA, eachOf, holds, type Rule } from './rule.ts';

const LIMITATIONS = 'http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/';
const USE_CONDITIONS = 'http://inspire.ec.europa.eu/metadata-codelist/ConditionsApplyingToAccessAndUse/';
const DAY = /^\d{4}(-\d\d(-\d\d)?)?$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const MAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

function isReachable({ all }: IsoDocument, party: XmlElement): boolean {
  return (
    all('organisationName', party).some((each) => textIn(each) !== '') &&
    all('electronicMailAddress', party).some((each) => MAIL.test(textIn(each)))
  );
}

/** The citation of the resource itself. */
function citationOf({ identification, children }: IsoDocument): XmlElement | undefined {
  return elementsOf(children(identification, 'citation')[0])[0];
}

function dateTypes(document: IsoDocument): readonly string[] {
  const dates = document.children(citationOf(document), 'date');
  return dates.flatMap((date) => elementsOf(date).map((each) => codeOf(document.children(each, 'dateType')[0])));
}

function constraints({ all }: IsoDocument, kind: 'accessConstraints' | 'useConstraints'): readonly XmlElement[] {
  return all('MD_LegalConstraints').filter((each) => all(kind, each).length > 0);
}

function periodFault({ all }: IsoDocument, extent: XmlElement): string | null {
  const positions = ['beginPosition', 'endPosition', 'timePosition'].flatMap((name) => all(name, extent));
  if (positions.length === 0) return 'a temporal extent without TimePeriod and TimeInstant';
  const wrong = positions.find((position) => {
    const text = textOf(position).trim();
    return attributeOf(position, 'indeterminatePosition') === undefined && !DAY.test(text) && !MOMENT.test(text);
  });
  return wrong === undefined ? null : `${textOf(wrong)} is no time`;
}

function conformityFault({ all, children }: IsoDocument, result: XmlElement): string | null {
  const citation = elementsOf(children(result, 'specification')[0])[0];
  if (children(citation, 'title').every((title) => textIn(title) === '')) return 'a specification without title';
  const typed = all('CI_Date', citation ?? result).some(
    (date) => DAY.test(textIn(children(date, 'date')[0])) && codeOf(children(date, 'dateType')[0]) === 'publication',
  );
  if (citation === undefined || !typed) return 'a specification without date of publication';
  const [pass] = children(result, 'pass');
  const said = textIn(pass);
  return said === 'true' || said === 'false' || nilReasonOf(pass) === 'unknown' ? null : `pass is ${said || 'absent'}`;
}

/** Only elements that have a code list are codes. */
function codes(element: XmlElement): readonly XmlElement[] {
  const own = attributeOf(element, 'codeList') === undefined ? [] : [element];
  return [...own, ...elementsOf(element).flatMap(codes)];
}

const rule = (id: string, demands: string, faults: Rule['faults'], levels?: readonly string[]): Rule => ({
  id,
  pack: 'inspire',
  demands,
  faults,
  ...(levels === undefined ? {} : { levels }),
});

export const INSPIRE_COMMON: readonly Rule[] = [
  rule('C.2', 'the root is gmd:MD_Metadata', ({ root }) =>
    holds(root.name === 'MD_Metadata' && root.namespace === GMD, `the root is ${root.qname}`),
  ),
  rule('C.3', 'every code has a codeListValue', ({ root }) =>
    eachOf(codes(root), (code) =>
      (attributeOf(code, 'codeListValue') ?? '') === '' ? `${code.name} without codeListValue` : null,
    ),
  ),
  rule('C.4', 'a translation names a language that is declared', ({ all }) => {
    const declared = new Set(all('PT_Locale').map((locale) => `#${attributeOf(locale, 'id')}`));
    return eachOf(all('LocalisedCharacterString'), (text) => {
      const locale = attributeOf(text, 'locale') ?? '';
      return declared.has(locale) ? null : `the language ${locale} is not declared`;
    });
  }),
  rule('C.5', 'one language of the metadata, by its code', ({ root, children }) => {
    const languages = children(root, 'language');
    return holds(
      languages.length === 1 && /^[a-z]{3}$/.test(codeOf(languages[0])),
      `${languages.length} languages: ${languages.map(codeOf)}`,
    );
  }),
  rule('C.6', 'a metadata contact with name, e-mail and the role pointOfContact', (document) => {
    const contacts = document.children(document.root, 'contact');
    const fits = (contact: XmlElement) =>
      isReachable(document, contact) && codeOf(document.all('role', contact)[0]) === 'pointOfContact';
    return holds(contacts.some(fits), `none of ${contacts.length} contacts`);
  }),
  rule('C.7', 'the date of the metadata', ({ root, children }) => {
    const stamp = textIn(children(root, 'dateStamp')[0]);
    return holds(DAY.test(stamp) || MOMENT.test(stamp), `dateStamp ${stamp || 'absent'}`);
  }),
  rule('C.8', 'a title as text', (document) =>
    holds(characterStringIn(document.children(citationOf(document), 'title')[0]) !== '', 'no title'),
  ),
  rule('C.9', 'an abstract as text', ({ identification, children }) =>
    holds(characterStringIn(children(identification, 'abstract')[0]) !== '', 'no abstract'),
  ),
  rule('C.10', 'a responsible organisation with name and e-mail', (document) => {
    const contacts = document.children(document.identification, 'pointOfContact');
    return holds(
      contacts.some((contact) => isReachable(document, contact)),
      `none of ${contacts.length} contacts`,
    );
  }),
  rule('C.11', 'one date at least', (document) => holds(dateTypes(document).length > 0, 'no date')),
  rule('C.12', 'one date of creation at most', (document) =>
    holds(dateTypes(document).filter((type) => type === 'creation').length <= 1, 'several dates of creation'),
  ),
  rule('C.13', 'one date of revision at most', (document) =>
    holds(dateTypes(document).filter((type) => type === 'revision').length <= 1, 'several dates of revision'),
  ),
  rule('C.14', 'times as TimePeriod or TimeInstant', (document) =>
    eachOf(document.all('EX_TemporalExtent'), (extent) => periodFault(document, extent)),
  ),
  rule('C.15', 'a thesaurus has title, date and type of date', ({ all }) =>
    eachOf(all('thesaurusName'), (thesaurus) => {
      const complete = all('title', thesaurus).length > 0 && all('dateType', thesaurus).length > 0;
      return complete ? null : 'a thesaurus without title or date';
    }),
  ),
  rule('C.16', 'the keywords of a vocabulary stand in one block', ({ all }) => {
    const titles = all('thesaurusName').map((thesaurus) => textIn(all('title', thesaurus)[0]));
    return holds(new Set(titles).size === titles.length, `a thesaurus has several blocks: ${titles.join(', ')}`);
  }),
  rule('C.17', 'one constraint on access, with the reason from the list of INSPIRE', (document) => {
    const access = constraints(document, 'accessConstraints');
    const reasons = access.flatMap((each) =>
      document.all('otherConstraints', each).filter((other) => hrefIn(other)?.startsWith(LIMITATIONS)),
    );
    const other = access.every((each) => codeOf(document.all('accessConstraints', each)[0]) === 'otherRestrictions');
    return holds(
      access.length === 1 && reasons.length >= 1 && other,
      `${access.length} constraints, ${reasons.length} reasons`,
    );
  }),
  rule('C.18', 'a constraint on use: a licence, or a term of the list of INSPIRE', (document) => {
    const use = constraints(document, 'useConstraints');
    const said = (each: XmlElement) =>
      codeOf(document.all('useConstraints', each)[0]) === 'otherRestrictions' &&
      document
        .all('otherConstraints', each)
        .some((other) => textIn(other) !== '' || hrefIn(other)?.startsWith(USE_CONDITIONS));
    return holds(use.length > 0 && use.every(said), `${use.length} constraints on use`);
  }),
  rule(
    'C.19',
    'a bounding box with two decimals; data without a place say so by a geographic description',
    ({ all }) => {
      const boxes = all('EX_GeographicBoundingBox');
      if (boxes.length === 0) return holds(all('EX_GeographicDescription').length > 0, 'neither box nor description');
      return boundFaults(all);
    },
    DATA,
  ),
  rule('C.19s', 'the bounding box of a service has two decimals', ({ all }) => boundFaults(all), ['service']),
  rule('C.20', 'conformity: specification with date of publication, and a result', (document) => {
    const results = document.all('DQ_ConformanceResult');
    if (results.length === 0) return ['no statement of conformity'];
    return eachOf(results, (result) => conformityFault(document, result));
  }),
];

function boundFaults(all: IsoDocument['all']): readonly string[] {
  const bounds = ['westBoundLongitude', 'eastBoundLongitude', 'southBoundLatitude', 'northBoundLatitude'];
  return eachOf(
    bounds.flatMap((name) => all(name)),
    (bound) => (/^-?\d+\.\d{2,}$/.test(textIn(bound)) ? null : `${bound.name} ${textIn(bound)}`),
  );
}
