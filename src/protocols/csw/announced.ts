// What both capabilities documents say of the catalogue beside its operations: constraints of the service and queryables by their names.
import type { Links } from '../../http/links.ts';
import type { Queryables } from '../../model/queryable.ts';
import type { Path } from './call.ts';
import type { Domain } from './operation-table.ts';
import type { OutputSchemas } from './output-schemas.ts';
import { DEFAULT_RECORDS, MOST_RECORDS } from './vocabulary.ts';

export interface AnnouncedParts {
  readonly links: Links;
  readonly queryables: Queryables;
  readonly schemas: OutputSchemas;
}

/** Additions of INSPIRE and of servers to the ISO application profile (OGC 07-045). */
const ADDITIONS = new Set(
  (
    'Degree AccessConstraints OtherConstraints Classification ConditionApplyingToAccessAndUse Lineage ResponsiblePartyRole SpecificationTitle ' +
    'SpecificationDate SpecificationDateType Creator Publisher Contributor Relation Platform Instrument'
  ).split(' '),
);
const CORE = [
  'dc:title',
  'dct:alternative',
  'dct:abstract',
  'dc:subject',
  'csw:AnyText',
  'dc:identifier',
  'dc:type',
  'dc:format',
  'dc:relation',
  'dc:date',
  'dct:modified',
  'dct:created',
  'dct:issued',
  'dct:spatial',
  'dc:creator',
  'dc:publisher',
  'dc:contributor',
  'dc:language',
  'dc:rights',
  'dct:accessRights',
  'dct:temporal',
  'ows:BoundingBox',
];

/** The queryables as clients look for them: the core, the ISO profile's, and further ones with the services' own fields. */
export function announcedQueryables(queryables: Queryables): {
  readonly core: readonly string[];
  readonly iso: readonly string[];
  readonly additional: readonly string[];
} {
  const profile = queryables.all.flatMap(({ aliases }) => aliases).filter((alias) => alias.startsWith('apiso:'));
  const isAddition = (alias: string): boolean => ADDITIONS.has(alias.slice(6));
  const fields = queryables.all.filter(({ field }) => field !== null).map(({ name }) => name);
  return {
    core: CORE.filter((name) => queryables.resolve(name) !== undefined),
    iso: profile.filter((alias) => !isAddition(alias)),
    additional: [...profile.filter(isAddition), ...fields],
  };
}

/** Constraints of GetRecords in both versions. */
export function queryableConstraints(queryables: Queryables): readonly Domain[] {
  const { core, iso, additional } = announcedQueryables(queryables);
  return [
    { name: 'SupportedDublinCoreQueryables', values: core },
    { name: 'SupportedISOQueryables', values: iso },
    { name: 'AdditionalQueryables', values: additional },
  ];
}

/** Names by which records can be sorted. */
export function sortables({ all }: Queryables): readonly string[] {
  return all.flatMap(({ sort, name, aliases }) =>
    sort === null ? [] : [aliases.find((alias) => /^dct?:/.test(alias)) ?? name],
  );
}

/** Constraints of the whole service in both versions. */
export function serviceConstraints({ links, schemas }: AnnouncedParts): readonly Domain[] {
  const iso = schemas.all.map(({ uri }) => uri).filter((uri) => /isotc211|standards\.iso\.org/.test(uri));
  return [
    { name: 'MaxRecordDefault', values: [String(DEFAULT_RECORDS)] },
    { name: 'MaxRecords', values: [String(MOST_RECORDS)] },
    { name: 'PostEncoding', values: ['XML', 'SOAP'] },
    { name: 'IsoProfiles', values: iso },
    { name: 'OpenSearchDescriptionDocument', values: [links.url('/csw/osdd.xml')] },
  ].filter(({ values }) => values.length > 0);
}

export const addressOf = (links: Links, path: Path): string => links.url(path);
