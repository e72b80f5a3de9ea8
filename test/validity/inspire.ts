// Rules beyond the schema that ISO 19139 records are judged by: INSPIRE technical guidelines 2.0 (requirement numbers) and GeoNetwork's
// schematron (M numbers), as far as a data set or series of ours can break them.
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement } from '../../src/formats/syntax/xml.ts';

const XLINK = 'http://www.w3.org/1999/xlink';
const LIMITATIONS = 'http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/';

/** Names of the rules that the document breaks, with what is wrong. */
export function inspireFaults(xml: string): readonly string[] {
  const root = parseXml(xml);
  const faults: string[] = [];
  const rule = (name: string, holds: boolean): void => {
    if (!holds) faults.push(name);
  };
  const all = (name: string, within: XmlElement = root): readonly XmlElement[] =>
    descendants(within).filter((each) => each.name === name);
  const under = (parent: string, name: string): readonly XmlElement[] =>
    all(parent).flatMap((each) => elementsOf(each).filter((child) => child.name === name));
  const code = (element: XmlElement): string | undefined => attributeOf(elementsOf(element)[0], 'codeListValue');
  const text = (element: XmlElement): string =>
    elementsOf(element)
      .filter((child) => child.name !== 'PT_FreeText')
      .map(textOf)
      .join('')
      .trim();
  const href = (element: XmlElement): string | undefined => attributeOf(all('Anchor', element)[0], 'href', XLINK);
  const level = under('MD_Metadata', 'hierarchyLevel').map(code)[0];
  const party = (element: XmlElement): boolean =>
    ['organisationName', 'electronicMailAddress'].every((name) => all(name, element).some((each) => text(each) !== ''));

  rule(
    'C.2 root is gmd:MD_Metadata',
    root.name === 'MD_Metadata' && root.namespace === 'http://www.isotc211.org/2005/gmd',
  );
  rule(
    'C.3 every code has a codeListValue',
    all('MD_ScopeCode').every((each) => (attributeOf(each, 'codeListValue') ?? '') !== ''),
  );
  rule('C.5 one metadata language', under('MD_Metadata', 'language').length === 1);
  rule(
    'C.6 metadata contact with name, e-mail, role pointOfContact',
    under('MD_Metadata', 'contact').some((each) => party(each) && all('role', each).map(code)[0] === 'pointOfContact'),
  );
  rule(
    'C.8 title',
    all('title', all('citation')[0]).some((each) => text(each) !== ''),
  );
  rule(
    'C.9 abstract',
    under('MD_DataIdentification', 'abstract').some((each) => text(each) !== ''),
  );
  const dates = elementsOf(all('CI_Citation', all('citation')[0])[0])
    .filter((each) => each.name === 'date')
    .map((each) => code(all('dateType', each)[0] as XmlElement));
  rule('C.11 a date', dates.length > 0);
  rule('C.12 C.13 at most one creation, one revision', new Set(dates).size === dates.length);
  const legal = all('MD_LegalConstraints');
  const access = legal.filter((each) => all('accessConstraints', each).length > 0);
  rule(
    'C.17 one access constraint with its term',
    access.length === 1 &&
      access.every(
        (each) => all('otherConstraints', each).filter((other) => href(other)?.startsWith(LIMITATIONS)).length === 1,
      ),
  );
  const use = legal.filter((each) => all('useConstraints', each).length > 0);
  rule(
    'C.18 M9 use constraint in text',
    use.length >= 1 &&
      use.every((each) =>
        all('otherConstraints', each).some((other) =>
          all('CharacterString', other).some((own) => textOf(own).trim() !== ''),
        ),
      ),
  );
  const bounds = ['westBoundLongitude', 'southBoundLatitude', 'eastBoundLongitude', 'northBoundLatitude'].flatMap(
    (name) => all(name),
  );
  rule(
    'C.19 two decimals',
    bounds.every((each) => /^-?\d+\.\d{2,}$/.test(text(each))),
  );
  rule('1.1 level is dataset or series', level === 'dataset' || level === 'series');
  rule(
    '1.3 a URI among the identifiers',
    all('identifier', all('citation')[0]).some((each) => /^https?:/.test(text(all('code', each)[0] as XmlElement))),
  );
  const thesauri = all('thesaurusName');
  rule(
    'C.15 thesaurus with title, date and type',
    thesauri.every((each) => all('title', each).length === 1 && all('dateType', each).length === 1),
  );
  rule(
    '1.4 a block of INSPIRE terms names its thesaurus',
    all('MD_Keywords').every(
      (each) =>
        !all('keyword', each).some((keyword) => href(keyword)?.startsWith('http://inspire.ec.europa.eu/theme/')) ||
        all('thesaurusName', each).length === 1,
    ),
  );
  rule('1.6 resource language', under('MD_DataIdentification', 'language').length === 1);
  rule(
    '1.9 one data quality element of the level',
    all('DQ_DataQuality').length === 1 && all('level').map(code)[0] === level,
  );
  rule(
    '1.10 conformity with Regulation 1089/2010',
    all('specification').some((each) => href(each) === 'http://data.europa.eu/eli/reg/2010/1089'),
  );
  rule(
    '2.1 reference system by its address',
    all('RS_Identifier').every(
      (each) =>
        href(each)?.startsWith('http://www.opengis.net/def/crs/EPSG/0/') === true &&
        all('codeSpace', each).length === 0,
    ),
  );
  rule(
    '2.6 M19 a distribution format with name and version',
    all('MD_Format').length > 0 &&
      all('MD_Format').every((each) => all('name', each).length === 1 && all('version', each).length === 1),
  );
  rule(
    'M6 no empty text',
    [...all('CharacterString'), ...all('Anchor')].every((each) => textOf(each).trim() !== ''),
  );
  rule(
    'M8 every party has a name',
    all('CI_ResponsibleParty').every((each) => all('organisationName', each).length === 1),
  );
  rule(
    'M20 an extent has a child',
    all('EX_Extent').every((each) => elementsOf(each).length > 0),
  );
  rule(
    'M61 hierarchyLevelName where the level is not dataset',
    level === 'dataset' || under('MD_Metadata', 'hierarchyLevelName').length === 1,
  );
  return faults;
}

function descendants(element: XmlElement): readonly XmlElement[] {
  return [element, ...elementsOf(element).flatMap(descendants)];
}
