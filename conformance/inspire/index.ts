// INSPIRE technical guidelines for metadata 2.0, asked of ISO 19139 documents as a harvester gets them by CSW: each requirement is an XPath that
// must hold in every document of its levels. The server's own checker (`vobs check --inspire`) is not asked.

import { compare, GMD, getRecords } from '../csw-2.0.2/client.ts';
import type { Answer } from '../kit/http.ts';
import { given, none, type Requirement, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import type { Doc } from '../kit/xml.ts';

interface Facts {
  readonly answers: readonly Answer[];
}

type Level = 'dataset' | 'series' | 'service';
const DATA: readonly Level[] = ['dataset', 'series'];
const SERVICE: readonly Level[] = ['service'];
const ALL: readonly Level[] = ['dataset', 'series', 'service'];

const ID = 'gmd:identificationInfo/*';
const CITATION = `${ID}/gmd:citation/gmd:CI_Citation`;
const text = (path: string): string => `normalize-space(${path})!=''`;
const LIMITS = 'http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/';
const LEGAL = `${ID}/gmd:resourceConstraints/gmd:MD_LegalConstraints`;
const RESULT =
  'gmd:dataQualityInfo/gmd:DQ_DataQuality/gmd:report/gmd:DQ_DomainConsistency/gmd:result/gmd:DQ_ConformanceResult';
const BOUND = (name: string): string => `gmd:${name}/gco:Decimal`;
const party = (path: string): string =>
  `${path}/gmd:CI_ResponsibleParty[normalize-space(gmd:organisationName)!=''][contains(gmd:contactInfo//gmd:electronicMailAddress,'@')]`;

/** Requirement → levels, the condition, in words. */
const RULES: readonly (readonly [id: string, levels: readonly Level[], xpath: string, title: string])[] = [
  ['C.2', ALL, 'self::gmd:MD_Metadata', 'the root is gmd:MD_Metadata'],
  ['C.3', ALL, "not(.//*[@codeList][not(@codeListValue) or @codeListValue=''])", 'every code has a codeListValue'],
  [
    'C.4',
    ALL,
    "not(.//gmd:LocalisedCharacterString[not(starts-with(@locale,'#'))])",
    'a translation names its language',
  ],
  [
    'C.5',
    ALL,
    'count(gmd:language)=1 and string-length(gmd:language/gmd:LanguageCode/@codeListValue)=3',
    'one language of the metadata, by its code',
  ],
  [
    'C.6',
    ALL,
    `${party('gmd:contact')}[gmd:role/gmd:CI_RoleCode/@codeListValue='pointOfContact']`,
    'a contact of the metadata with organisation, e-mail and the role pointOfContact',
  ],
  ['C.7', ALL, 'string-length(gmd:dateStamp/*)>=10', 'the date of the metadata'],
  ['C.8', ALL, text(`${CITATION}/gmd:title/gco:CharacterString`), 'a title as text'],
  ['C.9', ALL, text(`${ID}/gmd:abstract/gco:CharacterString`), 'an abstract as text'],
  ['C.10', ALL, party(`${ID}/gmd:pointOfContact`), 'a responsible organisation with name and e-mail'],
  [
    'C.11',
    ALL,
    `${CITATION}/gmd:date/gmd:CI_Date/gmd:date/* or ${ID}/gmd:extent//gmd:EX_TemporalExtent`,
    'one date at least',
  ],
  [
    'C.12',
    ALL,
    `count(${CITATION}/gmd:date/gmd:CI_Date[gmd:dateType/gmd:CI_DateTypeCode/@codeListValue='creation'])<=1`,
    'one date of creation at most',
  ],
  [
    'C.13',
    ALL,
    `count(${CITATION}/gmd:date/gmd:CI_Date[gmd:dateType/gmd:CI_DateTypeCode/@codeListValue='revision'])<=1`,
    'one date of revision at most',
  ],
  [
    'C.14',
    ALL,
    'not(.//gmd:EX_TemporalExtent[not(gmd:extent/*[self::gml:TimePeriod or self::gml:TimeInstant])])',
    'times as TimePeriod or TimeInstant',
  ],
  [
    'C.15',
    ALL,
    'not(.//gmd:thesaurusName/gmd:CI_Citation[not(normalize-space(gmd:title)) or not(gmd:date/gmd:CI_Date/gmd:date/*) or not(gmd:date/gmd:CI_Date/gmd:dateType/*)])',
    'a thesaurus has title, date and type of date',
  ],
  [
    'C.16',
    ALL,
    'not(.//gmd:descriptiveKeywords[.//gmd:thesaurusName//gmd:title/*=following-sibling::gmd:descriptiveKeywords//gmd:thesaurusName//gmd:title/*])',
    'the keywords of a vocabulary stand in one block',
  ],
  [
    'C.17',
    ALL,
    `count(${LEGAL}[gmd:accessConstraints])=1 and ${LEGAL}[gmd:accessConstraints/gmd:MD_RestrictionCode/@codeListValue='otherRestrictions']/gmd:otherConstraints/gmx:Anchor[starts-with(@xlink:href,'${LIMITS}')]`,
    'one constraint on access, by the list of INSPIRE',
  ],
  [
    'C.18',
    ALL,
    `${LEGAL}[gmd:useConstraints/gmd:MD_RestrictionCode/@codeListValue='otherRestrictions'][normalize-space(gmd:otherConstraints)!='']`,
    'a constraint on use with its text',
  ],
  [
    'C.19',
    DATA,
    `${ID}/gmd:extent//gmd:EX_GeographicBoundingBox[${BOUND('westBoundLongitude')}>=-180 and ${BOUND('eastBoundLongitude')}<=180 and ${BOUND('southBoundLatitude')}>=-90 and ${BOUND('northBoundLatitude')}<=90 and ${BOUND('southBoundLatitude')}<=${BOUND('northBoundLatitude')}] or ${ID}/gmd:extent//gmd:geographicIdentifier`,
    'a bounding box within the world',
  ],
  [
    'C.20',
    ALL,
    `${RESULT}/gmd:specification/gmd:CI_Citation[normalize-space(gmd:title)!='']/gmd:date/gmd:CI_Date[gmd:dateType/gmd:CI_DateTypeCode/@codeListValue='publication']/gmd:date/*`,
    'conformity names a specification with its date of publication',
  ],
  [
    'C.21',
    ALL,
    `not(${RESULT}[not(gmd:pass/gco:Boolean) and not(gmd:pass/@gco:nilReason='unknown')])`,
    'conformity is true, false or unknown',
  ],
  [
    '1.1',
    DATA,
    "gmd:hierarchyLevel/gmd:MD_ScopeCode[@codeListValue='dataset' or @codeListValue='series']",
    'the level is dataset or series',
  ],
  [
    '1.3',
    DATA,
    `${CITATION}/gmd:identifier/*/gmd:code[starts-with(normalize-space(.),'http') or starts-with(gmx:Anchor/@xlink:href,'http')]`,
    'an identifier that is a URI',
  ],
  [
    '1.4',
    DATA,
    `${ID}/gmd:descriptiveKeywords/gmd:MD_Keywords[gmd:thesaurusName/gmd:CI_Citation[normalize-space(gmd:title)='GEMET - INSPIRE themes, version 1.0']/gmd:date/gmd:CI_Date[gmd:date/*='2008-06-01'][gmd:dateType/gmd:CI_DateTypeCode/@codeListValue='publication']]/gmd:keyword`,
    'a theme of INSPIRE from its vocabulary',
  ],
  ['1.6', DATA, `${ID}/gmd:language/gmd:LanguageCode/@codeListValue`, 'the language of the resource'],
  ['1.7', DATA, text(`${ID}/gmd:topicCategory/gmd:MD_TopicCategoryCode`), 'a topic category'],
  [
    '1.8',
    DATA,
    "gmd:distributionInfo//gmd:CI_OnlineResource/gmd:linkage/gmd:URL[starts-with(.,'http')]",
    'a resource locator',
  ],
  [
    '1.9',
    DATA,
    "count(gmd:dataQualityInfo/gmd:DQ_DataQuality[gmd:scope/gmd:DQ_Scope/gmd:level/gmd:MD_ScopeCode[@codeListValue='dataset' or @codeListValue='series']])=1",
    'one data quality of the data set or series',
  ],
  [
    '1.10',
    DATA,
    `${RESULT}/gmd:specification/gmd:CI_Citation[gmd:title/gmx:Anchor/@xlink:href='http://data.europa.eu/eli/reg/2010/1089' or contains(gmd:title,'1089/2010')]`,
    'conformity with Regulation 1089/2010',
  ],
  [
    '1.11',
    DATA,
    text('gmd:dataQualityInfo/gmd:DQ_DataQuality/gmd:lineage/gmd:LI_Lineage/gmd:statement/gco:CharacterString'),
    'a lineage statement',
  ],
  [
    '2.1',
    DATA,
    "not(.//gmd:RS_Identifier[not(gmd:code/*[normalize-space(.)!=''])]) and not(.//gmd:RS_Identifier[gmd:codeSpace][contains(gmd:code,'/def/crs/') or contains(gmd:code/gmx:Anchor/@xlink:href,'/def/crs/')])",
    'reference systems by their identifier, those of the list of INSPIRE without codeSpace',
  ],
  [
    '2.4',
    DATA,
    `not(${ID}/gmd:spatialRepresentationType[not(gmd:MD_SpatialRepresentationTypeCode/@codeListValue!='')])`,
    'a type of spatial representation is a code',
  ],
  [
    '2.6',
    DATA,
    "gmd:distributionInfo//gmd:MD_Format and not(gmd:distributionInfo//gmd:MD_Format[not(normalize-space(gmd:name)!='' or gmd:name/@gco:nilReason) or not(normalize-space(gmd:version)!='' or gmd:version/@gco:nilReason)])",
    'the distribution format with name and version, or why they are unknown',
  ],
  [
    '3.1',
    SERVICE,
    "gmd:hierarchyLevel/gmd:MD_ScopeCode/@codeListValue='service' and normalize-space(gmd:hierarchyLevelName)='service'",
    'level and level name are service',
  ],
  [
    '3.4',
    SERVICE,
    `${ID}/gmd:descriptiveKeywords//gmd:keyword[normalize-space(.)!='']`,
    'a keyword of the service categories',
  ],
  [
    '3.5',
    SERVICE,
    "gmd:identificationInfo/srv:SV_ServiceIdentification/srv:serviceType/gco:LocalName[.='discovery' or .='view' or .='download' or .='transformation' or .='invoke' or .='other']",
    'the type of the service',
  ],
  [
    '3.6',
    SERVICE,
    "not(.//srv:operatesOn[not(starts-with(@xlink:href,'http'))])",
    'resources that the service works on by the address of their record',
  ],
  [
    '3.8',
    SERVICE,
    "gmd:dataQualityInfo/gmd:DQ_DataQuality/gmd:scope/gmd:DQ_Scope[gmd:level/gmd:MD_ScopeCode/@codeListValue='service'][normalize-space(gmd:levelDescription)='service']",
    'the scope of data quality is the service',
  ],
];

const levelOf = (document: Doc): string => document.text('gmd:hierarchyLevel/gmd:MD_ScopeCode/@codeListValue');

const requirements: readonly Requirement<Facts>[] = [
  ...RULES.map(
    ([id, levels, xpath, title]): Requirement<Facts> => ({
      id: `inspire/tg-metadata/2.0/${id}`,
      title,
      clause: `INSPIRE technical guidelines for metadata 2.0, TG requirement ${id}`,
      needs: levels === SERVICE ? 'services' : levels === ALL ? 'common' : 'data',
      check: ({ answers }) => {
        let asked = 0;
        for (const answer of answers) {
          const documents = answer
            .xml()
            .nodes('//gmd:MD_Metadata')
            .filter((document) => levels.includes(levelOf(document) as Level));
          asked += documents.length;
          none(
            documents
              .filter((document) => !document.holds(xpath))
              .map((document) => document.text('gmd:fileIdentifier')),
            `does not hold in`,
            answer,
          );
        }
        given(asked > 0, `no record of level ${levels.join(' or ')}`);
      },
    }),
  ),
  {
    id: 'inspire/tg-metadata/2.0/C.1',
    title: 'every document is valid',
    clause: 'INSPIRE technical guidelines for metadata 2.0, TG requirement C.1',
    needs: 'common',
    check: ({ answers }, { xsd }) => {
      given(xsd, 'no folder of schemas given (--schemas)');
      for (const answer of answers) none(xsd?.faults(answer.text, 'csw') ?? [], 'not valid', answer);
    },
  },
  {
    id: 'inspire/tg-metadata/2.0/1.8-answers',
    title: 'resource locators of a record answer, or ask for a login',
    clause: 'INSPIRE technical guidelines for metadata 2.0, TG requirement 1.8',
    needs: 'data',
    check: async ({ answers }, { http }) => {
      for (const answer of answers) {
        const own = new URL(answer.sent.url).host;
        const addresses =
          answer.xml().nodes('//gmd:MD_Metadata')[0]?.all('gmd:distributionInfo//gmd:linkage/gmd:URL') ?? [];
        const dead: string[] = [];
        for (const address of addresses.filter((each) => URL.canParse(each) && new URL(each).host === own)) {
          const { status } = await http.get(address);
          if (status >= 400 && ![401, 403].includes(status)) dead.push(`${address} (${status})`);
        }
        none(dead, 'does not answer', answer);
      }
    },
  },
];

async function discover({ http, door }: Target) {
  const address = door('inspire', '/csw');
  const ask = (attributes: string, filter?: string) =>
    http.post(
      address,
      'application/xml',
      getRecords({
        attributes: `resultType="results" outputSchema="${GMD}" ${attributes}`,
        typeNames: 'gmd:MD_Metadata',
        set: 'full',
        ...(filter === undefined ? {} : { filter }),
      }),
    );
  const first = await ask('maxRecords="60"');
  if (first.status !== 200 || first.xml().count('//gmd:MD_Metadata') === 0)
    return { absent: `no ISO 19139 records by CSW 2.0.2 at ${address}` };
  const total = Number(first.xml().text('//csw:SearchResults/@numberOfRecordsMatched'));
  const answers = [first];
  for (const part of [0.3, 0.6, 0.9])
    if (total > 200) answers.push(await ask(`maxRecords="60" startPosition="${Math.floor(total * part)}"`));
  for (const level of ['series', 'service'])
    answers.push(await ask('maxRecords="60"', compare('EqualTo', 'apiso:Type', level)));
  const levels = new Set(answers.flatMap((answer) => answer.xml().nodes('//gmd:MD_Metadata').map(levelOf)));
  const claims = new Set([
    'common',
    ...(levels.has('dataset') || levels.has('series') ? ['data'] : []),
    ...(levels.has('service') ? ['services'] : []),
  ]);
  return { claims, facts: { answers } satisfies Facts };
}

export const inspire = runnable<Facts>({
  name: 'inspire',
  title: 'INSPIRE technical guidelines for metadata 2.0',
  classes: { common: 'Common requirements', data: 'Data sets and series', services: 'Services' },
  discover,
  requirements,
});
