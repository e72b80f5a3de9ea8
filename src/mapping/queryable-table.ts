// The properties that every record can be asked for, and the names by which the dialects know them: csw:Record and Dublin Core
// (OGC 07-006r1), the ISO application profile (07-045), OGC API Records (20-004r1), STAC. What each one reads is in `storage/filter-columns.ts`.
import type { SortKey } from '../model/query.ts';
import type { QueryableType } from '../model/queryable.ts';
import { LEVELS, PRODUCT_LEVELS } from '../model/record.ts';
import type { Localised } from '../model/text.ts';

export interface CommonQueryable {
  readonly name: string;
  readonly type: QueryableType;
  readonly title: Localised;
  readonly aliases: readonly string[];
  readonly sort?: SortKey;
  readonly unit?: string;
  readonly values?: readonly string[];
  /** Members of the JSON Schema beyond those that follow from the type. */
  readonly schema?: { readonly [member: string]: unknown };
}

const one = (
  name: string,
  type: QueryableType,
  en: string,
  fr: string,
  aliases: string,
  more: Partial<CommonQueryable> = {},
): CommonQueryable => ({ name, type, title: { en, fr }, aliases: aliases.split(' ').filter(Boolean), ...more });

/** A bare alias and the local name of a qualified one both count; where two entries have the same, the first one does. */
export const COMMON_QUERYABLES: readonly CommonQueryable[] = [
  one(
    'anytext',
    'words',
    'All words of the record',
    'Tous les mots de la notice',
    'csw:AnyText apiso:AnyText dc:anyText dct:anyText ows:AnyText any',
  ),
  one(
    'id',
    'text',
    'Identifier',
    'Identifiant',
    'dc:identifier apiso:Identifier apiso:ResourceIdentifier gmd:fileIdentifier mdb:metadataIdentifier csw:identifier',
    { sort: 'identifier', schema: { 'x-ogc-role': 'id' } },
  ),
  one('title', 'text', 'Title', 'Titre', 'dc:title apiso:Title gmd:title csw:title', { sort: 'title' }),
  one(
    'alternateTitle',
    'text',
    'Title in the other language',
    'Titre dans l’autre langue',
    'dct:alternative apiso:AlternateTitle gmd:alternateTitle',
  ),
  one(
    'description',
    'text',
    'Abstract',
    'Résumé',
    'dct:abstract apiso:Abstract gmd:abstract dc:description csw:abstract abstract',
  ),
  one(
    'type',
    'texts',
    'Level, or type of resource (DCMI)',
    'Niveau, ou type de ressource (DCMI)',
    'dc:type apiso:Type csw:type gmd:hierarchyLevel level',
    {
      values: LEVELS,
      schema: { type: 'string' },
    },
  ),
  one('keywords', 'texts', 'Keywords', 'Mots-clés', 'gmd:keyword keyword'),
  one(
    'subject',
    'texts',
    'Keywords, themes and topics',
    'Mots-clés, thèmes et catégories',
    'dc:subject apiso:Subject csw:subject gmd:descriptiveKeywords',
  ),
  one('topic', 'texts', 'Topic category', 'Catégorie thématique', 'apiso:TopicCategory gmd:topicCategory'),
  one('service', 'text', 'Observation service', 'Service d’observation', 'collection os'),
  one('number', 'integer', 'Number within the service', 'Numéro dans le service', ''),
  one(
    'parent',
    'text',
    'Identifier of the series',
    'Identifiant de la série',
    'apiso:ParentIdentifier gmd:parentIdentifier dc:relation dct:isPartOf apiso:Relation csw:association',
  ),
  one('doi', 'text', 'DOI', 'DOI', 'sci:doi'),
  one('version', 'text', 'Version', 'Version', 'apiso:Edition gmd:edition'),
  one(
    'time',
    'period',
    'Period of the data',
    'Période des données',
    'datetime dct:temporal apiso:TempExtent gmd:EX_TemporalExtent',
  ),
  one(
    'begin',
    'instant',
    'Begin of the data',
    'Début des données',
    'apiso:TempExtent_begin start_datetime gml:beginPosition csw:TempExtent_begin timestart',
    { sort: 'begin', schema: { 'x-ogc-role': 'primary-interval-start' } },
  ),
  one(
    'end',
    'instant',
    'End of the data',
    'Fin des données',
    'apiso:TempExtent_end end_datetime gml:endPosition csw:TempExtent_end timeend',
    { sort: 'end', schema: { 'x-ogc-role': 'primary-interval-end' } },
  ),
  one(
    'geometry',
    'geometry',
    'Place of the data',
    'Lieu des données',
    'ows:BoundingBox ows:WGS84BoundingBox apiso:BoundingBox csw:BoundingBox bbox geom the_geom footprint gmd:EX_GeographicBoundingBox',
  ),
  one(
    'place',
    'text',
    'Place as the service names it',
    'Lieu tel que le service le nomme',
    'dct:spatial dc:coverage apiso:GeographicDescriptionCode',
  ),
  one('elevation', 'number', 'Elevation', 'Altitude', '', { sort: 'elevation', unit: 'm' }),
  one('crs', 'texts', 'Reference system', 'Système de référence', 'apiso:CRS dct:conformsTo proj:code'),
  one(
    'spatialResolution',
    'number',
    'Resolution on the ground',
    'Résolution au sol',
    'apiso:DistanceValue gmd:distance gsd',
    { unit: 'm' },
  ),
  one(
    'updated',
    'instant',
    'Last change of the record',
    'Dernière modification de la notice',
    'dct:modified apiso:Modified apiso:RevisionDate gmd:dateStamp csw:modified',
    { sort: 'updated' },
  ),
  one(
    'created',
    'instant',
    'Date of creation of the data',
    'Date de création des données',
    'dct:created apiso:CreationDate',
  ),
  one(
    'published',
    'instant',
    'Date of publication of the data',
    'Date de publication des données',
    'dct:issued apiso:PublicationDate',
  ),
  one(
    'date',
    'instant',
    'Date of publication, else of creation, else of the last change',
    'Date de publication, sinon de création, sinon de la dernière modification',
    'dc:date csw:date gmd:date',
    { sort: 'date' },
  ),
  one('format', 'texts', 'Format of the data', 'Format des données', 'dc:format apiso:Format formats gmd:MD_Format', {
    sort: 'format',
  }),
  one('acquisition', 'integer', 'Kind of acquisition', 'Type d’acquisition', ''),
  one('productLevel', 'text', 'Product level', 'Niveau de produit', 'processing:level', { values: PRODUCT_LEVELS }),
  one('instrument', 'texts', 'Instrument', 'Instrument', 'apiso:Instrument instruments'),
  one('platform', 'text', 'Platform', 'Plate-forme', 'apiso:Platform'),
  one('access', 'text', 'Access', 'Accès', 'dct:accessRights apiso:AccessConstraints'),
  one('authorization', 'integer', 'Access level', 'Niveau d’accès', ''),
  one(
    'hasSecurityConstraints',
    'boolean',
    'Data for known users only',
    'Données réservées aux utilisateurs connus',
    'apiso:HasSecurityConstraints',
  ),
  one(
    'license',
    'texts',
    'Licence (SPDX identifier, address or title)',
    'Licence (identifiant SPDX, adresse ou titre)',
    'dct:license dc:rights apiso:ConditionApplyingToAccessAndUse licence',
  ),
  one(
    'language',
    'texts',
    'Language of the record (ISO 639)',
    'Langue de la notice (ISO 639)',
    'dc:language apiso:Language apiso:ResourceLanguage gmd:language',
  ),
  one(
    'organisation',
    'texts',
    'Organisations of the contacts',
    'Organisations des contacts',
    'apiso:OrganisationName gmd:organisationName contacts',
  ),
  one('creator', 'texts', 'Creators', 'Créateurs', 'dc:creator apiso:Creator'),
  one('publisher', 'texts', 'Publishers', 'Éditeurs', 'dc:publisher apiso:Publisher'),
  one('contributor', 'texts', 'Contributors', 'Contributeurs', 'dc:contributor apiso:Contributor'),
  one('lineage', 'text', 'Lineage', 'Généalogie', 'dct:provenance dc:source apiso:Lineage gmd:statement'),
];
