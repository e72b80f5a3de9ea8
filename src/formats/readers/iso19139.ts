// Reads ISO 19139 and ISO 19115-2 documents, ours and those of others: both namespaces of GML and of gmi, Anchor or text, code value or
// text, any prefix (as INSPIRE, GeoNetwork, pycsw and WMO write them).
import { SyntaxFault } from '../../model/errors.ts';
import type { Box } from '../../model/geometry.ts';
import type { CatalogRecord, Level } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement, type XmlLimits } from '../syntax/xml.ts';
import { readGeometry, readTime } from './gml.ts';
import { findMetadata, readConstraints, readContacts, readKeywords, readLinks, readLocales } from './iso-parts.ts';
import { readSupplement } from './iso-supplement.ts';
import { iso, propertyCode, propertyLink, propertyNumber, propertyText, propertyTexts } from './iso-text.ts';
import { datestampOf, momentOf } from './moment.ts';
import { doiOf, languageOf, type ReadRecord } from './read-record.ts';

/** Gives what the first gmd:MD_Metadata or gmi:MI_Metadata in the text says. Throws SyntaxFault when there is none or the XML is bad. */
export function readIso19139(text: string, limits?: XmlLimits): ReadRecord {
  const root = findMetadata(parseXml(text, limits));
  if (root === undefined)
    throw new SyntaxFault('No ISO 19139 metadata in the document.', 'Pas de métadonnées ISO 19139 dans le document.');
  return readMetadata(root);
}

/** As readIso19139, for an element that is parsed already. */
export function readMetadata(root: XmlElement): ReadRecord {
  const identification = iso.all(root, 'gmd:identificationInfo/*')[0];
  const citation = iso.first(identification, 'gmd:citation/gmd:CI_Citation');
  const lang = languageOf(propertyCode(iso.first(root, 'gmd:language'))) ?? 'en';
  const locales = readLocales(root, languageOf);
  const title = propertyTexts(iso.first(citation, 'gmd:title'), lang, locales);
  const abstract = propertyTexts(iso.first(identification, 'gmd:abstract'), lang, locales);
  const lineage = propertyTexts(
    iso.first(root, 'gmd:dataQualityInfo/*/gmd:lineage/gmd:LI_Lineage/gmd:statement'),
    lang,
    locales,
  );
  const supplement = readSupplement(propertyText(iso.first(identification, 'gmd:supplementalInformation')));
  const constraints = readConstraints(identification);
  const identifiers = readIdentifiers(citation);
  return {
    ...supplement,
    ...constraints,
    ...identifiers,
    ...readKeywords(identification, lang, locales),
    ...readExtent(identification),
    ...readDates(citation),
    authorization: supplement.authorization ?? constraints.authorization,
    level: levelOf(propertyCode(iso.first(root, 'gmd:hierarchyLevel')), identification),
    identifier: propertyText(iso.first(root, 'gmd:fileIdentifier')),
    parent: propertyText(iso.first(root, 'gmd:parentIdentifier')),
    version: propertyText(iso.first(citation, 'gmd:edition')),
    lang,
    title: title[lang] ?? null,
    abstract: abstract[lang] ?? null,
    translations: translationsOf(title, abstract, lang),
    epsg: readEpsg(root),
    topics: iso.all(identification, 'gmd:topicCategory').flatMap((topic) => propertyText(topic) ?? []),
    contacts: contactsOf(identification, citation),
    lineage: Object.keys(lineage).length === 0 ? null : lineage,
    resolutionMetres: readResolution(identification),
    maintenance: propertyCode(
      iso.first(
        identification,
        'gmd:resourceMaintenance/gmd:MD_MaintenanceInformation/gmd:maintenanceAndUpdateFrequency',
      ),
    ),
    status: propertyCode(iso.first(identification, 'gmd:status')),
    updated: datestampOf(propertyText(iso.first(root, 'gmd:dateStamp'))),
    links: readLinks(root, identification).filter(
      (link) => link.role !== 'doi' || doiOf(link.href) !== identifiers.doi,
    ),
  };
}

/** Who answers for the data; where nobody is named, who is cited for them. */
function contactsOf(identification: XmlElement | undefined, citation: XmlElement | undefined): ReadRecord['contacts'] {
  const contacts = readContacts(iso.all(identification, 'gmd:pointOfContact'));
  return contacts.length > 0 ? contacts : readContacts(iso.all(citation, 'gmd:citedResponsibleParty'));
}

function levelOf(code: string | null, identification: XmlElement | undefined): Level {
  if (code === 'service' || (identification !== undefined && iso.is(identification, 'srv:SV_ServiceIdentification')))
    return 'service';
  return code === 'series' || code?.endsWith('Series') || code === 'collectionSession' ? 'series' : 'dataset';
}

function translationsOf(
  title: { readonly [L in Language]?: string },
  abstract: { readonly [L in Language]?: string },
  lang: Language,
): CatalogRecord['translations'] {
  const other: Language = lang === 'en' ? 'fr' : 'en';
  const texts: { title?: string; abstract?: string } = {};
  if (title[other] !== undefined) texts.title = title[other];
  if (abstract[other] !== undefined) texts.abstract = abstract[other];
  return Object.keys(texts).length === 0 ? {} : { [other]: texts };
}

function readIdentifiers(citation: XmlElement | undefined): Pick<ReadRecord, 'doi' | 'uri'> {
  let doi: string | null = null;
  let uri: string | null = null;
  for (const code of iso.all(citation, 'gmd:identifier/*/gmd:code')) {
    const text = propertyText(code) ?? undefined;
    const found = doiOf(text) ?? doiOf(propertyLink(code) ?? undefined);
    if (found !== null) doi ??= found;
    else if (text !== undefined && /^https?:\/\//.test(text)) uri ??= text;
  }
  return { doi, uri };
}

function readDates(citation: XmlElement | undefined): Pick<ReadRecord, 'created' | 'published'> {
  const dates = new Map<string | null, string | null>();
  for (const date of iso.all(citation, 'gmd:date/gmd:CI_Date')) {
    dates.set(propertyCode(iso.first(date, 'gmd:dateType')), momentOf(propertyText(iso.first(date, 'gmd:date'))));
  }
  return { created: dates.get('creation') ?? null, published: dates.get('publication') ?? null };
}

function readExtent(
  identification: XmlElement | undefined,
): Pick<ReadRecord, 'bbox' | 'geometry' | 'time' | 'elevation' | 'elevationMax'> {
  const extents = [
    ...iso.all(identification, 'gmd:extent/gmd:EX_Extent'),
    ...iso.all(identification, 'srv:extent/gmd:EX_Extent'),
  ];
  const all = (path: string): readonly XmlElement[] => extents.flatMap((extent) => iso.all(extent, path));
  const vertical = all('gmd:verticalElement/gmd:EX_VerticalExtent')[0];
  const minimum = propertyNumber(iso.first(vertical, 'gmd:minimumValue'));
  const maximum = propertyNumber(iso.first(vertical, 'gmd:maximumValue'));
  return {
    bbox:
      all('gmd:geographicElement/gmd:EX_GeographicBoundingBox')
        .map(readBox)
        .find((box) => box !== null) ?? null,
    geometry:
      all('gmd:geographicElement/gmd:EX_BoundingPolygon/gmd:polygon/*')
        .map((each) => readGeometry(each))
        .find((each) => each !== null) ?? null,
    time: readTime(all('gmd:temporalElement/*/gmd:extent/*')[0]),
    elevation: minimum,
    elevationMax: maximum === minimum ? null : maximum,
  };
}

function readBox(box: XmlElement): Box | null {
  const [west, south, east, north] = [
    'westBoundLongitude',
    'southBoundLatitude',
    'eastBoundLongitude',
    'northBoundLatitude',
  ].map((name) => propertyNumber(iso.first(box, `gmd:${name}`)));
  return west == null || south == null || east == null || north == null ? null : [west, south, east, north];
}

/** `…/EPSG/0/2154`, `urn:ogc:def:crs:EPSG::2154`, `EPSG:2154`, or `2154` with the code space EPSG. */
function readEpsg(root: XmlElement): number | null {
  const identifier = iso.first(
    root,
    'gmd:referenceSystemInfo/gmd:MD_ReferenceSystem/gmd:referenceSystemIdentifier/gmd:RS_Identifier',
  );
  const code = iso.first(identifier, 'gmd:code');
  const space = propertyText(iso.first(identifier, 'gmd:codeSpace')) ?? '';
  for (const text of [propertyLink(code), propertyText(code), `${space}:${propertyText(code) ?? ''}`]) {
    const match = /EPSG\D*(?:[\d.]*[:/])?(\d{4,6})$/i.exec(text ?? '');
    if (match !== null) return Number(match[1]);
  }
  return null;
}

function readResolution(identification: XmlElement | undefined): number | null {
  const distance = elementsOf(iso.first(identification, 'gmd:spatialResolution/gmd:MD_Resolution/gmd:distance'))[0];
  if (distance === undefined) return null;
  const value = Number(textOf(distance));
  const unit = attributeOf(distance, 'uom') ?? 'm';
  const metres = /(^|[#:])(m|metre|meter)s?$/i.test(unit)
    ? 1
    : /(^|[#:])(km|kilomet(re|er)s?)$/i.test(unit)
      ? 1000
      : Number.NaN;
  return Number.isFinite(value * metres) ? value * metres : null;
}
