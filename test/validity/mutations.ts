// Faults planted in documents of each record format: whatever judges the documents must see every one of them.

export type Mutation = readonly [name: string, change: (document: string) => string];

const GMI_MUTATIONS: readonly Mutation[] = [
  [
    'a platform without description',
    (d) => d.replace(/<gmi:description>.*?<\/gmi:description>(?=<gmi:instrument)/, ''),
  ],
  [
    'a type before the identifier',
    (d) => d.replace(/(<gmi:identifier>(?:(?!<gmi:).)*<\/gmi:identifier>)(<gmi:type><gco:.*?<\/gmi:type>)/, '$2$1'),
  ],
  [
    'acquisition before quality',
    (d) =>
      d.replace(
        /(<gmd:dataQualityInfo>.*<\/gmd:dataQualityInfo>)(<gmi:acquisitionInformation>.*<\/gmi:acquisitionInformation>)/,
        '$2$1',
      ),
  ],
];

/** Seen by our own order table, without any schema. */
export const ISO_ORDER_MUTATIONS: readonly Mutation[] = [
  [
    'abstract before citation',
    (d) => d.replace(/(<gmd:citation>.*?<\/gmd:citation>)(<gmd:abstract .*?<\/gmd:abstract>)/, '$2$1'),
  ],
  ['no contact', (d) => d.replace(/<gmd:contact>.*?<\/gmd:contact>/, '')],
  [
    'north before south',
    (d) =>
      d.replace(
        /(<gmd:southBoundLatitude>.*?<\/gmd:southBoundLatitude>)(<gmd:northBoundLatitude>.*?<\/gmd:northBoundLatitude>)/,
        '$2$1',
      ),
  ],
];
export const MUTATIONS: { readonly [format: string]: readonly Mutation[] } = {
  iso19139: [
    ...ISO_ORDER_MUTATIONS,
    ['unknown topic', (d) => d.replace('>geoscientificInformation<', '>volcanoes<')],
    ['no date', (d) => d.replace('<gco:DateTime>2024-05-02T08:00:00Z<', '<gco:DateTime>2 May 2024<')],
    ['word for a number', (d) => d.replace('<gco:Real>2300<', '<gco:Real>high<')],
    ['the same gml:id twice', (d) => d.replace('gml:id="t0"', 'gml:id="g0"')],
  ],
  oai_dc: [
    ['unknown element', (d) => d.replace(/dc:rights>/g, 'dc:right>')],
    ['element of qualified Dublin Core', (d) => d.replace('<dc:language>', '<dc:issued>2017</dc:issued><dc:language>')],
  ],
  csw: [
    ['unknown element', (d) => d.replace(/dct:abstract>/g, 'dct:description>')],
    ['box first', (d) => d.replace(/(<dc:identifier>.*)(<ows:BoundingBox.*<\/ows:BoundingBox>)/, '$2$1')],
    ['word for a number', (d) => d.replace('<ows:LowerCorner>-21.24 55.71<', '<ows:LowerCorner>south west<')],
  ],
  'csw-brief': [
    ['type before title', (d) => d.replace(/(<dc:title>.*<\/dc:title>)(<dc:type>.*<\/dc:type>)/, '$2$1')],
    ['no identifier', (d) => d.replace(/<dc:identifier>.*<\/dc:identifier>/, '')],
  ],
  'csw-summary': [
    [
      'abstract before modified',
      (d) => d.replace(/(<dct:modified>.*<\/dct:modified>)(<dct:abstract>.*<\/dct:abstract>)/, '$2$1'),
    ],
    ['no title', (d) => d.replace(/<dc:title>.*<\/dc:title>/, '')],
  ],
  csw30: [
    ['unknown element', (d) => d.replace(/dct:abstract>/g, 'dct:description>')],
    ['box of OWS 1.0', (d) => d.replace('http://www.opengis.net/ows/2.0', 'http://www.opengis.net/ows')],
    ['a day for a moment', (d) => d.replace(/<csw:begin>[^<]*</, '<csw:begin>2015-08-24<')],
  ],
  'csw30-brief': [
    ['type before title', (d) => d.replace(/(<dc:title>.*<\/dc:title>)(<dc:type>.*<\/dc:type>)/, '$2$1')],
    ['no identifier', (d) => d.replace(/<dc:identifier>.*<\/dc:identifier>/, '')],
  ],
  'csw30-summary': [
    [
      'period before box',
      (d) => d.replace(/(<ows:BoundingBox.*<\/ows:BoundingBox>)(<csw:TemporalExtent>.*<\/csw:TemporalExtent>)/, '$2$1'),
    ],
    ['no title', (d) => d.replace(/<dc:title>.*<\/dc:title>/, '')],
  ],
  atom: [
    ['no date', (d) => d.replace('<updated>2024-05-02T08:00:00Z<', '<updated>2024-05-02<')],
    ['no id', (d) => d.replace(/<id>.*?<\/id>/, '')],
    ['link without address', (d) => d.replace(/(<link rel="alternate"[^>]*) href="[^"]*"/, '$1')],
  ],
  geojson: [
    ['latitude first', (d) => d.replace('"coordinates":[55.71,-21.24', '"coordinates":[-21.24,155.71')],
    ['unknown geometry', (d) => d.replace('"type":"Point"', '"type":"Dot"')],
    ['bbox of three', (d) => d.replace('"bbox":[55.71,', '"bbox":[')],
  ],
  'ogc-record': [
    ['no type', (d) => d.replace('"type":"Feature",', '')],
    ['no geometry', (d) => d.replace('"geometry":', '"shape":')],
  ],
  'stac-item': [
    ['latitude first', (d) => d.replace('"coordinates":[55.71,-21.24', '"coordinates":[-21.24,155.71')],
    ['bbox of three', (d) => d.replace('"bbox":[55.71,', '"bbox":[')],
  ],
  gmi: GMI_MUTATIONS,
  'gmi-2005': [
    ...GMI_MUTATIONS,
    [
      'the element that the older schema lacks',
      (d) => d.replace('</gmi:MI_Operation>', '<gmi:parentOperation/></gmi:MI_Operation>'),
    ],
  ],
  'iso19115-3': [
    ['no date', (d) => d.replace(/<mdb:dateInfo>.*?<\/mdb:dateInfo>/, '')],
    [
      'abstract before citation',
      (d) => d.replace(/(<mri:citation>.*?<\/mri:citation>)(<mri:abstract.*?<\/mri:abstract>)/, '$2$1'),
    ],
    ['unknown topic', (d) => d.replace('>geoscientificInformation<', '>volcanoes<')],
    ['an event without type', (d) => d.replace(/<mac:type><mac:MI_Instr.*?<\/mac:type>/, '')],
  ],
  datacite: [
    ['no creator', (d) => d.replace(/<creators>.*<\/creators>/, '')],
    ['unknown kind of date', (d) => d.replace('dateType="Collected"', 'dateType="Measured"')],
    ['latitude for longitude', (d) => d.replace(/<pointLatitude>[^<]*</, '<pointLatitude>155.71<')],
    ['a year of three digits', (d) => d.replace('<publicationYear>2017<', '<publicationYear>201<')],
  ],
  oai_datacite: [
    ['no symbol', (d) => d.replace(/<datacentreSymbol>.*<\/datacentreSymbol>/, '')],
    ['no resource', (d) => d.replace(/<resource .*<\/resource>/, '')],
  ],
  'datacite-json': [
    ['no publisher', (d) => d.replace(/"publisher":\{.*?\},/, '')],
    ['a year as text', (d) => d.replace('"publicationYear":2017', '"publicationYear":"2017"')],
    ['unknown member', (d) => d.replace('"types":', '"kind":')],
    ['latitude out of range', (d) => d.replace('"pointLatitude":-21.24', '"pointLatitude":-121.24')],
  ],
  'schema-org': [
    ['the context without its slash', (d) => d.replace('"https://schema.org/"', '"https://schema.org"')],
    ['a short description', (d) => d.replace(/"description":"[^"]*"/, '"description":"Lapilli."')],
    ['longitude first', (d) => d.replace('"latitude":-21.24', '"latitude":155.71')],
    ['a word that schema.org lacks', (d) => d.replace('"measurementTechnique"', '"technique"')],
    ['no licence', (d) => d.replace(/"license":\[.*?\],/, '')],
  ],
  'dcat-ttl': [
    ['no Turtle', (d) => d.replace('@prefix dcat:', '@prefix dca:')],
    ['no title', (d) => d.replace(/ {2}dct:title .* ;\n/, '')],
    ['an address as text', (d) => d.replace(/dcat:accessURL <([^>]*)>/, 'dcat:accessURL "$1"')],
    ['a day that is none', (d) => d.replace('"2015-08-24"^^xsd:date', '"24 August 2015"^^xsd:date')],
    ['two publishers', (d) => d.replace('dct:publisher <', 'dct:publisher <https://example.org/other>, <')],
  ],
  'dcat-jsonld': [
    ['an unknown prefix', (d) => d.replace('"dct:title"', '"dc:title"')],
    ['no publisher', (d) => d.replace('"dct:publisher"', '"dct:contributor"')],
    ['an address as text', (d) => d.replace(/"dct:license":\{"@id":("[^"]*")\}/, '"dct:license":$1')],
  ],
  'dcat-rdf': [
    ['no description', (d) => d.replace(/<dct:description.*<\/dct:description>/, '')],
    [
      'an address as text',
      (d) => d.replace(/<dcat:accessURL rdf:resource="([^"]*)"\/>/, '<dcat:accessURL>$1</dcat:accessURL>'),
    ],
  ],
  bibtex: [
    ['a lone brace', (d) => d.replace('lapilli sample}', 'lapilli sample')],
    ['a bare ampersand', (d) => d.replace('\\&', '&')],
    ['no year', (d) => d.replace(/ {2}year = .*\n/, '')],
    ['an author taken apart', (d) => d.replace('{{', '{').replace('}},', '},')],
  ],
  ris: [
    ['one blank before the dash', (d) => d.replace('TI  -', 'TI -')],
    ['no end', (d) => d.replace('ER  - ', 'EN  - ')],
    ['no publisher', (d) => d.replace(/PB .*\r\n/, '')],
  ],
  csl: [
    ['no list', (d) => d.slice(1, -1)],
    ['a date as text', (d) => d.replace(/"issued":\{.*?\}/, '"issued":{"raw":"2017"}')],
    ['no title', (d) => d.replace('"title"', '"name"')],
  ],
  actris: [
    [
      'a period that ends before it begins',
      (d) => d.replace(/"time_period_end":"[^"]*"/, '"time_period_end":"1900-01-01"'),
    ],
    ['latitude first', (d) => d.replace(/"type":"Point","coordinates":\[/, '"type":"Point","coordinates":[-121,')],
    ['no licence', (d) => d.replace(/"data_licence":"[^"]*",/, '')],
    ['another protocol', (d) => d.replaceAll('"protocol":"HTTP"', '"protocol":"FTP"')],
  ],
  aeris: [
    ['no date stamp', (d) => d.replace(/"dateStamp":"[^"]*",/, '')],
    ['a word for a box', (d) => d.replace(/"bbox":\[[^\]]*\]/, '"bbox":"world"')],
    ['an address without host', (d) => d.replace(/"uri":"[^"]*"/, '"uri":"/id/x"')],
  ],
};
