// The rules of GeoNetwork's schematron for ISO 19139 (packs `iso`, `geonetwork`, `inspire`), as far as they go beyond INSPIRE's own; and its
// pack `datacite`, for records that are to have a DOI.
import { attributeOf, elementsOf, textOf, type XmlElement } from '../syntax/xml.ts';
import { characterStringIn, codeOf, type IsoDocument, nilReasonOf, textIn } from './iso-document.ts';
import { DATA, eachOf, holds, type Rule } from './rule.ts';

const EU_LANGUAGES =
  'bul hrv cze dan dut eng est fin fre ger gre hun gle ita lav lit mlt pol por rum slo slv spa swe nor ice tur'.split(
    ' ',
  );

const rule = (id: string, demands: string, faults: Rule['faults'], levels?: readonly string[]): Rule => ({
  id,
  pack: 'geonetwork',
  demands,
  faults,
  ...(levels === undefined ? {} : { levels }),
});

/** `otherRestrictions` in use constraints asks for a text: an Anchor alone is not seen. */
function restrictionFault({ all }: IsoDocument, legal: XmlElement): string | null {
  const codes = [...all('accessConstraints', legal), ...all('useConstraints', legal)].map(codeOf);
  if (!codes.includes('otherRestrictions')) return null;
  const others = all('otherConstraints', legal);
  const inUse = all('useConstraints', legal).some((each) => codeOf(each) === 'otherRestrictions');
  const said = inUse
    ? others.some((each) => characterStringIn(each) !== '')
    : others.some((each) => textIn(each) !== '');
  return said ? null : 'otherRestrictions without a text';
}

function scopes({ all, children }: IsoDocument): readonly (readonly [XmlElement, string])[] {
  return all('DQ_DataQuality').map((quality) => [quality, codeOf(children(all('DQ_Scope', quality)[0], 'level')[0])]);
}

export const GEONETWORK: readonly Rule[] = [
  rule('M6', 'a text is not empty, or says why', ({ all }) =>
    eachOf([...all('CharacterString'), ...all('Anchor')], (text) =>
      textOf(text).trim() === '' ? 'an empty text' : null,
    ),
  ),
  rule('M7', 'a geometry has labels of axes and of units, or neither', ({ all }) =>
    eachOf(
      ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiCurve', 'MultiSurface'].flatMap((name) => all(name)),
      (each) =>
        (attributeOf(each, 'axisLabels') === undefined) === (attributeOf(each, 'uomLabels') === undefined)
          ? null
          : `${each.name} with one kind of labels`,
    ),
  ),
  rule('M8', 'every party has a name', ({ all, children }) =>
    eachOf(all('CI_ResponsibleParty'), (party) =>
      ['individualName', 'organisationName', 'positionName'].some((name) => textIn(children(party, name)[0]) !== '')
        ? null
        : 'a party without name',
    ),
  ),
  rule('M9', 'otherRestrictions come with a text', (document) =>
    eachOf(document.all('MD_LegalConstraints'), (legal) => restrictionFault(document, legal)),
  ),
  rule('M11', 'a source has a description or an extent', ({ all, children }) =>
    eachOf(all('LI_Source'), (source) =>
      children(source, 'description').length + children(source, 'sourceExtent').length > 0 ? null : 'an empty source',
    ),
  ),
  rule(
    'M13',
    'a lineage has a statement, a source or a step',
    ({ all, children }) =>
      eachOf(all('LI_Lineage'), (lineage) =>
        ['statement', 'source', 'processStep'].some((name) => children(lineage, name).length > 0)
          ? null
          : 'an empty lineage',
      ),
    DATA,
  ),
  rule('M14', 'a statement of lineage is not empty', ({ all }) =>
    eachOf(all('statement'), (each) =>
      textIn(each) === '' && nilReasonOf(each) === undefined ? 'an empty statement' : null,
    ),
  ),
  rule('M16', 'the quality of data has a report or a lineage', (document) =>
    eachOf(scopes(document), ([quality, level]) =>
      !DATA.includes(level) ||
      document.children(quality, 'report').length + document.children(quality, 'lineage').length > 0
        ? null
        : `a scope ${level} without report and lineage`,
    ),
  ),
  rule('M17', 'another scope than data is described', (document) =>
    eachOf(scopes(document), ([quality, level]) =>
      DATA.includes(level) || document.all('levelDescription', quality).length > 0
        ? null
        : `the scope ${level} without description`,
    ),
  ),
  rule('M19', 'a distribution has a format', ({ all, children }) =>
    eachOf(all('MD_Distribution'), (distribution) =>
      children(distribution, 'distributionFormat').length + all('distributorFormat', distribution).length > 0
        ? null
        : 'a distribution without format',
    ),
  ),
  rule('M20', 'an extent has a content', ({ all }) =>
    eachOf(all('EX_Extent'), (extent) => (elementsOf(extent).length > 0 ? null : 'an empty extent')),
  ),
  rule(
    'M21',
    'a data set has a bounding box or a geographic description',
    ({ all }) =>
      holds(
        all('EX_GeographicBoundingBox').length + all('EX_GeographicDescription').length > 0,
        'no geographic extent',
      ),
    ['dataset'],
  ),
  rule(
    'M22',
    'data have a topic',
    ({ identification, children }) => holds(children(identification, 'topicCategory').length > 0, 'no topic'),
    DATA,
  ),
  rule('M23', 'an aggregation names what it belongs to', ({ all, children }) =>
    eachOf(all('MD_AggregateInformation'), (each) =>
      ['aggregateDataSetName', 'aggregateDataSetIdentifier'].some((name) => children(each, name).length > 0)
        ? null
        : 'an aggregation without name and identifier',
    ),
  ),
  rule('M61', 'a level other than dataset has a name', ({ root, level, children }) =>
    holds(level === 'dataset' || textIn(children(root, 'hierarchyLevelName')[0]) !== '', 'no hierarchyLevelName'),
  ),
  rule('M500', 'translations need a main language', ({ root, children }) =>
    holds(children(root, 'locale').length === 0 || children(root, 'language').length > 0, 'locales without language'),
  ),
  rule('URL', 'the address of an online resource is not empty', ({ all }) =>
    eachOf(all('linkage'), (linkage) => (textIn(linkage) === '' ? 'an empty linkage' : null)),
  ),
  rule(
    'EU',
    'the language of the data is one of the Union',
    ({ identification, children }) =>
      eachOf(children(identification, 'language'), (each) =>
        EU_LANGUAGES.includes(codeOf(each)) ? null : `the language ${codeOf(each)}`,
      ),
    DATA,
  ),
];

const doi = (id: string, demands: string, faults: Rule['faults']): Rule => ({ id, pack: 'datacite', demands, faults });

/** The title and the level are rules C.8 and 1.1 already. */
export const DATACITE: readonly Rule[] = [
  doi('identifier', 'an identifier of the record', ({ root, children }) =>
    holds(textIn(children(root, 'fileIdentifier')[0]) !== '', 'no fileIdentifier'),
  ),
  doi('creator', 'a party with the role pointOfContact or custodian', ({ identification, all, children }) => {
    const parties = children(identification, 'pointOfContact').flatMap((contact) => all('role', contact));
    return holds(
      parties.some((role) => ['pointOfContact', 'custodian'].includes(codeOf(role))),
      'no creator',
    );
  }),
  doi('publisher', 'a distributor with the name of an organisation', ({ all }) =>
    holds(
      all('distributorContact').some((contact) => all('organisationName', contact).some((each) => textIn(each) !== '')),
      'no publisher',
    ),
  ),
  doi('year', 'a date of publication', ({ identification, all, children }) => {
    const dates = children(identification, 'citation').flatMap((citation) => all('CI_Date', citation));
    return holds(
      dates.some((date) => codeOf(children(date, 'dateType')[0]) === 'publication'),
      'no date of publication',
    );
  }),
];
