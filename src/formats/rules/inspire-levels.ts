// INSPIRE technical guidelines for metadata 2.0.1: what data sets and series must say (1.x, 2.x), and what services must (3.x).
import { attributeOf, elementsOf, type XmlElement } from '../syntax/xml.ts';
import { codeOf, hrefIn, type IsoDocument, nilReasonOf, textIn, xlinkOf } from './iso-document.ts';
import { DATA, eachOf, holds, type Rule, SERVICES } from './rule.ts';

const THEMES = 'GEMET - INSPIRE themes, version 1.0';
const THEME = 'http://inspire.ec.europa.eu/theme/';
const SYSTEM = 'http://www.opengis.net/def/crs/EPSG/0/';
const CATEGORY = /^https?:\/\/inspire\.ec\.europa\.eu\/metadata-codelist\/SpatialDataServiceCategory\//;
const SERVICE_TYPES = ['discovery', 'view', 'download', 'transformation', 'invoke', 'other'];

const data = (id: string, demands: string, faults: Rule['faults']): Rule => ({
  id,
  pack: 'inspire',
  demands,
  levels: DATA,
  faults,
});
const service = (id: string, demands: string, faults: Rule['faults']): Rule => ({
  id,
  pack: 'inspire',
  demands,
  levels: SERVICES,
  faults,
});

/** Blocks of keywords whose thesaurus is that of the INSPIRE themes, with its date. */
function themeBlocks({ all, children }: IsoDocument): readonly XmlElement[] {
  return all('MD_Keywords').filter((block) => {
    const citation = elementsOf(children(block, 'thesaurusName')[0])[0];
    if (citation === undefined || textIn(children(citation, 'title')[0]) !== THEMES) return false;
    return all('CI_Date', citation).some(
      (date) =>
        textIn(children(date, 'date')[0]) === '2008-06-01' && codeOf(children(date, 'dateType')[0]) === 'publication',
    );
  });
}

function systemFault({ all, children }: IsoDocument, identifier: XmlElement): string | null {
  const href = hrefIn(children(identifier, 'code')[0]) ?? textIn(children(identifier, 'code')[0]);
  if (!href.startsWith(SYSTEM)) return `the reference system ${href || 'without code'}`;
  return all('codeSpace', identifier).length > 0 ? 'a codeSpace beside the address' : null;
}

function specifies(regulation: string): Rule['faults'] {
  return ({ all, children }) => {
    const titles = all('specification').flatMap((each) => elementsOf(each).flatMap((c) => children(c, 'title')));
    return holds(
      titles.some((title) => hrefIn(title) === regulation),
      'the regulation is not named by its address',
    );
  };
}

const formatFault = ({ children }: IsoDocument, format: XmlElement): string | null => {
  const said = (name: string) => {
    const [property] = children(format, name);
    return property !== undefined && (textIn(property) !== '' || nilReasonOf(property) !== undefined);
  };
  return said('name') && said('version') ? null : 'a format without name or version';
};

export const INSPIRE_LEVELS: readonly Rule[] = [
  {
    id: '1.1',
    pack: 'inspire',
    demands: 'the level is dataset, series or service',
    faults: ({ level }) => holds([...DATA, ...SERVICES].includes(level), `the level is ${level || 'absent'}`),
  },
  data('1.3', 'an identifier that is an address', ({ identification, children, all }) => {
    const codes = children(identification, 'citation').flatMap((citation) =>
      all('identifier', citation).flatMap((each) => all('code', each)),
    );
    return holds(
      codes.some((code) => /^https?:\/\//.test(textIn(code))),
      `none of ${codes.length} identifiers`,
    );
  }),
  data('1.4', 'a theme of INSPIRE, its thesaurus with the date 2008-06-01', (document) => {
    const blocks = themeBlocks(document);
    const named = blocks.flatMap((block) => document.children(block, 'keyword')).filter((each) => textIn(each) !== '');
    const astray = document
      .all('keyword')
      .filter(
        (each) =>
          hrefIn(each)?.startsWith(THEME) && !blocks.some((b) => document.children(b, 'keyword').includes(each)),
      );
    if (astray.length > 0) return [`${textIn(astray[0])} stands outside its thesaurus`];
    return holds(named.length > 0, 'no theme');
  }),
  data('1.5', 'a resolution is a distance with unit, or a scale', ({ all }) =>
    eachOf(all('MD_Resolution'), (resolution) => {
      const [distance] = all('Distance', resolution);
      if (distance !== undefined) return (attributeOf(distance, 'uom') ?? '') === '' ? 'a distance without unit' : null;
      return all('denominator', resolution).length > 0 ? null : 'neither distance nor scale';
    }),
  ),
  data('1.6', 'the language of the data, by its code', ({ identification, children }) => {
    const languages = children(identification, 'language');
    return holds(
      languages.length > 0 && languages.every((each) => /^[a-z]{3}$/.test(codeOf(each))),
      `languages: ${languages.map(codeOf).join(', ') || 'none'}`,
    );
  }),
  data('1.7', 'a topic', ({ identification, children }) =>
    holds(
      children(identification, 'topicCategory').some((each) => textIn(each) !== ''),
      'no topic',
    ),
  ),
  data('1.8', 'an address where the data are, or where they are described', ({ all }) =>
    holds(
      all('onLine').some((each) => all('linkage', each).some((linkage) => /^(https?|ftp):\/\//.test(textIn(linkage)))),
      'no address',
    ),
  ),
  data('1.9', 'one data quality element, of the level of the record', ({ all, level, children }) => {
    const quality = all('DQ_DataQuality');
    const scopes = quality.map((each) => codeOf(children(all('DQ_Scope', each)[0], 'level')[0]));
    return holds(quality.length === 1 && scopes[0] === level, `${quality.length} elements of level ${scopes}`);
  }),
  data('1.10', 'conformity with Regulation (EU) No 1089/2010', specifies('http://data.europa.eu/eli/reg/2010/1089')),
  data('1.11', 'where the data come from', ({ all }) =>
    holds(
      all('LI_Lineage').some((each) => all('statement', each).some((statement) => textIn(statement) !== '')),
      'no statement of lineage',
    ),
  ),
  data('2.1', 'a reference system by its address, without codeSpace', (document) =>
    eachOf(document.all('RS_Identifier'), (identifier) => systemFault(document, identifier)),
  ),
  data('2.4', 'a type of spatial representation is a code', ({ all }) =>
    eachOf(all('spatialRepresentationType'), (each) => (codeOf(each) === '' ? 'an empty type' : null)),
  ),
  data('2.6', 'a format with name and version', (document) => {
    const formats = document.all('MD_Format');
    return formats.length === 0 ? ['no format'] : eachOf(formats, (format) => formatFault(document, format));
  }),
  service('3.1', 'the name of the level is service', ({ root, children }) =>
    holds(textIn(children(root, 'hierarchyLevelName')[0]) === 'service', 'hierarchyLevelName is not service'),
  ),
  service('3.4', 'a category of service', ({ all }) =>
    holds(
      all('keyword').some((each) => CATEGORY.test(hrefIn(each) ?? '')),
      'no category',
    ),
  ),
  service('3.5', 'a type of service of the list', ({ all }) => {
    const type = textIn(all('serviceType')[0]);
    return holds(SERVICE_TYPES.includes(type), `the type ${type || 'absent'}`);
  }),
  service('3.6', 'the resources that it works on, by the address of their records', ({ all }) =>
    eachOf(all('operatesOn'), (each) =>
      /^https?:\/\//.test(xlinkOf(each) ?? '') ? null : 'operatesOn without an address',
    ),
  ),
  service('3.7', 'operations with an address', ({ all }) => {
    const operations = all('SV_OperationMetadata');
    if (operations.length === 0) return ['no operation'];
    return eachOf(operations, (operation) =>
      all('linkage', operation).some((linkage) => /^https?:\/\//.test(textIn(linkage)))
        ? null
        : 'an operation without address',
    );
  }),
  service('3.8', 'the scope of quality is the service, and says so in words', ({ all, children }) => {
    const [scope] = all('DQ_Scope');
    const other = all('other', scope).map(textIn);
    return holds(
      codeOf(children(scope, 'level')[0]) === 'service' && other.includes('service'),
      'the scope is not described as service',
    );
  }),
];
