// The ISO 19139 document of a record built node by node with xmlbuilder2: the reference for the templates (the same document, word for
// word) and what their speed is measured against. Written from the order tables of the standard, without the templates.
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { ISO19139_NAMES } from '../src/formats/writers/iso19139-view.ts';
import type { Value, ViewOf } from '../src/formats/writers/xml-template.ts';

type View = ViewOf<typeof ISO19139_NAMES>;
type Group = { readonly [name: string]: unknown };

const GMX_CODES = 'http://standards.iso.org/iso/19139/resources/gmxCodelists.xml';
const EPSG_4326 = 'http://www.opengis.net/def/crs/EPSG/0/4326';

function has(value: unknown): boolean {
  return value !== null && value !== undefined && String(value).trim() !== '';
}

function groups(value: unknown): readonly Group[] {
  return value === null || value === undefined ? [] : Array.isArray(value) ? (value as Group[]) : [value as Group];
}

function list(value: readonly Value[] | undefined): readonly Value[] {
  return (value ?? []).filter(has);
}

function text(parent: XMLBuilder, name: string, value: unknown): void {
  if (has(value)) parent.ele(name).ele('gco:CharacterString').txt(String(value));
}

function typed(parent: XMLBuilder, name: string, type: string, value: unknown): void {
  if (has(value)) parent.ele(name).ele(type).txt(String(value));
}

function code(parent: XMLBuilder, name: string, codes: string, value: unknown): void {
  if (!has(value)) return;
  parent
    .ele(name)
    .ele(`gmd:${codes}`, { codeList: `${GMX_CODES}#${codes}`, codeListValue: String(value) })
    .txt(String(value));
}

function language(parent: XMLBuilder, name: string, value: unknown, label: unknown): void {
  parent
    .ele(name)
    .ele('gmd:LanguageCode', { codeList: 'http://www.loc.gov/standards/iso639-2/', codeListValue: String(value) })
    .txt(String(label));
}

function anchor(parent: XMLBuilder, href: unknown, label: unknown): void {
  parent.ele('gmx:Anchor', { 'xlink:href': String(href) }).txt(String(label));
}

function freeText(parent: XMLBuilder, name: string, value: unknown, uri?: unknown): void {
  for (const group of groups(value)) {
    if (!has(group.text) && !has(group.other)) continue;
    const property = parent.ele(name);
    if (has(group.other)) property.att('xsi:type', 'gmd:PT_FreeText_PropertyType');
    if (has(group.missing)) property.att('gco:nilReason', String(group.missing));
    if (uri !== undefined) anchor(property, uri, group.text);
    else if (has(group.text)) property.ele('gco:CharacterString').txt(String(group.text));
    if (has(group.other)) {
      const other = property.ele('gmd:PT_FreeText').ele('gmd:textGroup');
      other.ele('gmd:LocalisedCharacterString', { locale: `#${String(group.locale)}` }).txt(String(group.other));
    }
  }
}

function date(parent: XMLBuilder, type: string, value: unknown, kind: string): void {
  if (!has(value)) return;
  const dated = parent.ele('gmd:date').ele('gmd:CI_Date');
  typed(dated, 'gmd:date', type, value);
  code(dated, 'gmd:dateType', 'CI_DateTypeCode', kind);
}

function party(parent: XMLBuilder, group: Group): void {
  const responsible = parent.ele('gmd:CI_ResponsibleParty');
  if (has(group.identifier)) responsible.att('uuid', String(group.identifier));
  text(responsible, 'gmd:organisationName', group.organisation);
  const inAddress = ['street', 'city', 'postalCode', 'country', 'email'].some((name) => has(group[name]));
  if (inAddress || has(group.url)) {
    const contact = responsible.ele('gmd:contactInfo').ele('gmd:CI_Contact');
    if (inAddress) {
      const address = contact.ele('gmd:address').ele('gmd:CI_Address');
      text(address, 'gmd:deliveryPoint', group.street);
      text(address, 'gmd:city', group.city);
      text(address, 'gmd:postalCode', group.postalCode);
      text(address, 'gmd:country', group.country);
      text(address, 'gmd:electronicMailAddress', group.email);
    }
    if (has(group.url)) {
      const online = contact.ele('gmd:onlineResource').ele('gmd:CI_OnlineResource');
      online.ele('gmd:linkage').ele('gmd:URL').txt(String(group.url));
    }
  }
  code(responsible, 'gmd:role', 'CI_RoleCode', group.role);
}

function keywords(parent: XMLBuilder, type: string, fill: (block: XMLBuilder) => void, thesaurus = false): void {
  const block = parent.ele('gmd:descriptiveKeywords').ele('gmd:MD_Keywords');
  fill(block);
  code(block, 'gmd:type', 'MD_KeywordTypeCode', type);
  if (!thesaurus) return;
  const citation = block.ele('gmd:thesaurusName').ele('gmd:CI_Citation');
  anchor(
    citation.ele('gmd:title'),
    'http://www.eionet.europa.eu/gemet/inspire_themes',
    'GEMET - INSPIRE themes, version 1.0',
  );
  date(citation, 'gco:Date', '2008-06-01', 'publication');
}

function citation(parent: XMLBuilder, view: View): void {
  const cited = parent.ele('gmd:citation').ele('gmd:CI_Citation');
  freeText(cited, 'gmd:title', view.title);
  date(cited, 'gco:Date', view.created, 'creation');
  date(cited, 'gco:Date', view.published, 'publication');
  date(cited, 'gco:DateTime', view.revised, 'revision');
  text(cited, 'gmd:edition', view.version);
  if (has(view.doi)) {
    const identifier = cited.ele('gmd:identifier').ele('gmd:MD_Identifier');
    anchor(identifier.ele('gmd:code'), `https://doi.org/${String(view.doi)}`, view.doi);
  }
  text(cited.ele('gmd:identifier').ele('gmd:MD_Identifier'), 'gmd:code', view.uri);
}

function allKeywords(parent: XMLBuilder, view: View): void {
  const themes = (block: XMLBuilder, terms: readonly Group[]): void => {
    for (const term of terms) freeText(block, 'gmd:keyword', term, term.uri);
  };
  const words = (block: XMLBuilder, values: readonly Value[]): void => {
    for (const word of values) text(block, 'gmd:keyword', word);
  };
  const [inspire, others, free, places] = [
    groups(view.inspireThemes),
    groups(view.otherThemes),
    list(view.keywords),
    list(view.places),
  ];
  if (inspire.length > 0) keywords(parent, 'theme', (block) => themes(block, inspire), true);
  if (others.length > 0) keywords(parent, 'theme', (block) => themes(block, others));
  if (free.length > 0) keywords(parent, 'theme', (block) => words(block, free));
  if (places.length > 0) keywords(parent, 'place', (block) => words(block, places));
}

function constraints(parent: XMLBuilder, view: View): void {
  for (const access of groups(view.access)) {
    const legal = parent.ele('gmd:resourceConstraints').ele('gmd:MD_LegalConstraints');
    code(legal, 'gmd:accessConstraints', 'MD_RestrictionCode', 'otherRestrictions');
    anchor(legal.ele('gmd:otherConstraints'), access.uri, access.label);
    freeText(legal, 'gmd:otherConstraints', access.text);
  }
  for (const licence of groups(view.licence)) {
    const legal = parent.ele('gmd:resourceConstraints').ele('gmd:MD_LegalConstraints');
    code(legal, 'gmd:useConstraints', 'MD_RestrictionCode', 'otherRestrictions');
    text(legal, 'gmd:otherConstraints', licence.title);
    anchor(legal.ele('gmd:otherConstraints'), licence.url, licence.id);
  }
  for (const access of groups(view.access)) {
    const security = parent.ele('gmd:resourceConstraints').ele('gmd:MD_SecurityConstraints');
    code(security, 'gmd:classification', 'MD_ClassificationCode', access.classification);
  }
}

function gml(parent: XMLBuilder, name: string, id: unknown): XMLBuilder {
  return parent.ele(name, { 'gml:id': String(id), srsName: EPSG_4326, srsDimension: '2' });
}

function gmlPolygon(parent: XMLBuilder, group: Group): void {
  const polygon = gml(parent, 'gml:Polygon', group.id);
  polygon.ele('gml:exterior').ele('gml:LinearRing').ele('gml:posList').txt(String(group.exterior));
  for (const hole of list(group.holes as readonly Value[])) {
    polygon.ele('gml:interior').ele('gml:LinearRing').ele('gml:posList').txt(String(hole));
  }
}

function geometry(parent: XMLBuilder, group: Group): void {
  const polygon = parent.ele('gmd:geographicElement').ele('gmd:EX_BoundingPolygon').ele('gmd:polygon');
  const point = (at: XMLBuilder, each: Group): void => {
    gml(at, 'gml:Point', each.id).ele('gml:pos').txt(String(each.position));
  };
  const line = (at: XMLBuilder, each: Group): void => {
    gml(at, 'gml:LineString', each.id).ele('gml:posList').txt(String(each.positions));
  };
  for (const each of groups(group.point)) point(polygon, each);
  for (const each of groups(group.line)) line(polygon, each);
  for (const each of groups(group.polygon)) gmlPolygon(polygon, each);
  for (const each of groups(group.multiPoint)) {
    const multi = gml(polygon, 'gml:MultiPoint', each.id);
    for (const member of groups(each.members)) point(multi.ele('gml:pointMember'), member);
  }
  for (const each of groups(group.multiLine)) {
    const multi = gml(polygon, 'gml:MultiCurve', each.id);
    for (const member of groups(each.members)) line(multi.ele('gml:curveMember'), member);
  }
  for (const each of groups(group.multiPolygon)) {
    const multi = gml(polygon, 'gml:MultiSurface', each.id);
    for (const member of groups(each.members)) gmlPolygon(multi.ele('gml:surfaceMember'), member);
  }
}

/** Where there is no box: the names of places, or that no place applies. */
function descriptions(whole: XMLBuilder, places: readonly string[]): void {
  const identifier = (): XMLBuilder =>
    whole
      .ele('gmd:geographicElement')
      .ele('gmd:EX_GeographicDescription')
      .ele('gmd:geographicIdentifier')
      .ele('gmd:MD_Identifier');
  for (const place of places) typed(identifier(), 'gmd:code', 'gco:CharacterString', place);
  if (places.length === 0) identifier().ele('gmd:code', { 'gco:nilReason': 'inapplicable' });
}

function extent(parent: XMLBuilder, view: View): void {
  const whole = parent.ele('gmd:extent').ele('gmd:EX_Extent');
  for (const box of groups(view.box)) {
    const bounds = whole.ele('gmd:geographicElement').ele('gmd:EX_GeographicBoundingBox');
    typed(bounds, 'gmd:extentTypeCode', 'gco:Boolean', 'true');
    typed(bounds, 'gmd:westBoundLongitude', 'gco:Decimal', box.west);
    typed(bounds, 'gmd:eastBoundLongitude', 'gco:Decimal', box.east);
    typed(bounds, 'gmd:southBoundLatitude', 'gco:Decimal', box.south);
    typed(bounds, 'gmd:northBoundLatitude', 'gco:Decimal', box.north);
  }
  if (!has(view.box)) descriptions(whole, (view.places ?? []) as readonly string[]);
  for (const group of groups(view.geometry)) geometry(whole, group);
  const temporal = (): XMLBuilder => whole.ele('gmd:temporalElement').ele('gmd:EX_TemporalExtent').ele('gmd:extent');
  for (const period of groups(view.period)) {
    const time = temporal().ele('gml:TimePeriod', { 'gml:id': String(period.id) });
    if (has(period.begin)) time.ele('gml:beginPosition').txt(String(period.begin));
    else time.ele('gml:beginPosition', { indeterminatePosition: 'unknown' });
    if (has(period.end)) time.ele('gml:endPosition').txt(String(period.end));
    else time.ele('gml:endPosition', { indeterminatePosition: 'now' });
  }
  for (const instant of groups(view.instant)) {
    temporal()
      .ele('gml:TimeInstant', { 'gml:id': String(instant.id) })
      .ele('gml:timePosition')
      .txt(String(instant.at));
  }
  for (const range of groups(view.vertical)) {
    const vertical = whole.ele('gmd:verticalElement').ele('gmd:EX_VerticalExtent');
    if (has(range.minimum)) typed(vertical, 'gmd:minimumValue', 'gco:Real', range.minimum);
    else vertical.ele('gmd:minimumValue', { 'gco:nilReason': 'unknown' });
    typed(vertical, 'gmd:maximumValue', 'gco:Real', range.maximum);
    vertical.ele('gmd:verticalCRS', { 'xlink:href': 'http://www.opengis.net/def/crs/EPSG/0/5714' });
  }
}

function identification(root: XMLBuilder, view: View): void {
  const data = root.ele('gmd:identificationInfo').ele('gmd:MD_DataIdentification');
  citation(data, view);
  freeText(data, 'gmd:abstract', view.abstract);
  code(data, 'gmd:status', 'MD_ProgressCode', view.status);
  for (const group of groups(view.contacts)) party(data.ele('gmd:pointOfContact'), group);
  const maintenance = data.ele('gmd:resourceMaintenance').ele('gmd:MD_MaintenanceInformation');
  code(maintenance, 'gmd:maintenanceAndUpdateFrequency', 'MD_MaintenanceFrequencyCode', view.maintenance);
  for (const image of groups(view.images)) {
    const graphic = data.ele('gmd:graphicOverview').ele('gmd:MD_BrowseGraphic');
    text(graphic, 'gmd:fileName', image.href);
    text(graphic, 'gmd:fileDescription', image.role);
    text(graphic, 'gmd:fileType', image.type);
  }
  allKeywords(data, view);
  constraints(data, view);
  if (has(view.parent)) {
    const aggregate = data.ele('gmd:aggregationInfo').ele('gmd:MD_AggregateInformation');
    text(aggregate.ele('gmd:aggregateDataSetIdentifier').ele('gmd:MD_Identifier'), 'gmd:code', view.parent);
    code(aggregate, 'gmd:associationType', 'DS_AssociationTypeCode', 'largerWorkCitation');
  }
  code(data, 'gmd:spatialRepresentationType', 'MD_SpatialRepresentationTypeCode', view.spatialRepresentation);
  if (has(view.resolution)) {
    const distance = data.ele('gmd:spatialResolution').ele('gmd:MD_Resolution').ele('gmd:distance');
    distance.ele('gco:Distance', { uom: 'm' }).txt(String(view.resolution));
  }
  language(data, 'gmd:language', view.language, view.languageName);
  code(data, 'gmd:characterSet', 'MD_CharacterSetCode', 'utf8');
  for (const topic of list(view.topics)) typed(data, 'gmd:topicCategory', 'gmd:MD_TopicCategoryCode', topic);
  extent(data, view);
  text(data, 'gmd:supplementalInformation', view.supplement);
}

function distribution(root: XMLBuilder, view: View): void {
  const whole = root.ele('gmd:distributionInfo').ele('gmd:MD_Distribution');
  const format = whole.ele('gmd:distributionFormat').ele('gmd:MD_Format');
  const known = groups(view.format)[0];
  if (known === undefined) {
    format.ele('gmd:name', { 'gco:nilReason': 'unknown' });
    format.ele('gmd:version', { 'gco:nilReason': 'unknown' });
  } else {
    anchor(format.ele('gmd:name'), String(known.fileType), known.name);
    format.ele('gmd:version', { 'gco:nilReason': 'inapplicable' });
  }
  for (const group of groups(view.distributors)) {
    party(whole.ele('gmd:distributor').ele('gmd:MD_Distributor').ele('gmd:distributorContact'), group);
  }
  if (groups(view.links).length === 0 && !has(view.transferSize)) return;
  const transfer = whole.ele('gmd:transferOptions').ele('gmd:MD_DigitalTransferOptions');
  typed(transfer, 'gmd:transferSize', 'gco:Real', view.transferSize);
  for (const link of groups(view.links)) {
    const online = transfer.ele('gmd:onLine').ele('gmd:CI_OnlineResource');
    online.ele('gmd:linkage').ele('gmd:URL').txt(String(link.href));
    text(online, 'gmd:protocol', link.protocol);
    text(online, 'gmd:name', link.title);
    text(online, 'gmd:description', link.type);
    code(online, 'gmd:function', 'CI_OnLineFunctionCode', link.function);
  }
}

function quality(root: XMLBuilder, view: View, level: string): void {
  const whole = root.ele('gmd:dataQualityInfo').ele('gmd:DQ_DataQuality');
  code(whole.ele('gmd:scope').ele('gmd:DQ_Scope'), 'gmd:level', 'MD_ScopeCode', level);
  const result = whole
    .ele('gmd:report')
    .ele('gmd:DQ_DomainConsistency')
    .ele('gmd:result')
    .ele('gmd:DQ_ConformanceResult');
  const regulation = result.ele('gmd:specification').ele('gmd:CI_Citation');
  anchor(
    regulation.ele('gmd:title'),
    'http://data.europa.eu/eli/reg/2010/1089',
    'Commission Regulation (EU) No 1089/2010',
  );
  date(regulation, 'gco:Date', '2010-12-08', 'publication');
  text(result, 'gmd:explanation', 'Not evaluated.');
  result.ele('gmd:pass', { 'gco:nilReason': 'unknown' });
  if (groups(view.lineage).length > 0)
    freeText(whole.ele('gmd:lineage').ele('gmd:LI_Lineage'), 'gmd:statement', view.lineage);
}

/** The document of a data set, of a series where the view says so, without XML declaration. */
export function iso19139ByBuilder(view: View): string {
  const level = String(view.level);
  const root = create().ele('http://www.isotc211.org/2005/gmd', 'gmd:MD_Metadata', {
    'xmlns:gmd': 'http://www.isotc211.org/2005/gmd',
    'xmlns:gco': 'http://www.isotc211.org/2005/gco',
    'xmlns:gmx': 'http://www.isotc211.org/2005/gmx',
    'xmlns:srv': 'http://www.isotc211.org/2005/srv',
    'xmlns:gml': 'http://www.opengis.net/gml/3.2',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation':
      'http://www.isotc211.org/2005/gmd http://schemas.opengis.net/iso/19139/20070417/gmd/gmd.xsd ' +
      'http://www.isotc211.org/2005/gmx http://schemas.opengis.net/iso/19139/20070417/gmx/gmx.xsd',
  });
  text(root, 'gmd:fileIdentifier', view.identifier);
  language(root, 'gmd:language', view.language, view.languageName);
  code(root, 'gmd:characterSet', 'MD_CharacterSetCode', 'utf8');
  text(root, 'gmd:parentIdentifier', view.parent);
  code(root, 'gmd:hierarchyLevel', 'MD_ScopeCode', level);
  if (level !== 'dataset') text(root, 'gmd:hierarchyLevelName', view.levelName);
  for (const group of groups(view.metadataContacts)) party(root.ele('gmd:contact'), group);
  typed(root, 'gmd:dateStamp', 'gco:DateTime', view.updated);
  text(root, 'gmd:metadataStandardName', 'ISO 19115:2003/19139');
  text(root, 'gmd:metadataStandardVersion', '1.0');
  text(root, 'gmd:dataSetURI', view.uri);
  for (const other of groups(view.otherLocale)) {
    const locale = root.ele('gmd:locale').ele('gmd:PT_Locale', { id: String(other.id) });
    language(locale, 'gmd:languageCode', other.language, other.languageName);
    code(locale, 'gmd:characterEncoding', 'MD_CharacterSetCode', 'utf8');
  }
  if (has(view.epsg)) {
    const system = root
      .ele('gmd:referenceSystemInfo')
      .ele('gmd:MD_ReferenceSystem')
      .ele('gmd:referenceSystemIdentifier');
    anchor(
      system.ele('gmd:RS_Identifier').ele('gmd:code'),
      `http://www.opengis.net/def/crs/EPSG/0/${String(view.epsg)}`,
      `EPSG:${String(view.epsg)}`,
    );
  }
  identification(root, view);
  distribution(root, view);
  quality(root, view, level);
  return root.end({ headless: true });
}
