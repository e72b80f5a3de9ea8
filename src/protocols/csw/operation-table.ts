// The operations with their parameters and constraints, as data: the capabilities announce them and GetDomain answers from them.

import { RESULT_TYPES } from './get-records-request.ts';
import { OUTPUT_FORMATS } from './output-request.ts';
import type { OutputSchemas } from './output-schemas.ts';
import { SCHEMA_LANGUAGES } from './schema-languages.ts';
import { ELEMENT_SETS, OPERATIONS, type Operation, SECTIONS, VERSIONS, type Version, XML_TYPES } from './vocabulary.ts';

export interface Domain {
  readonly name: string;
  /** null: any value. */
  readonly values: readonly string[] | null;
}
export interface OperationRow {
  readonly name: Operation;
  readonly parameters: readonly Domain[];
}

const any = (name: string): Domain => ({ name, values: null });

function capabilities(version: Version): readonly Domain[] {
  const isThird = version === '3.0.0';
  return [
    { name: isThird ? 'Sections' : 'sections', values: isThird ? ['All', ...SECTIONS, 'Languages'] : SECTIONS },
    { name: 'AcceptVersions', values: VERSIONS },
    { name: 'AcceptFormats', values: isThird ? [...XML_TYPES].reverse() : XML_TYPES },
    any('updateSequence'),
    ...(isThird ? [{ name: 'AcceptLanguages', values: ['eng', 'fre'] }] : []),
  ];
}

/** Everything that is asked of records, in the order in which it is announced. */
export function operationTable(version: Version, schemas: OutputSchemas): readonly OperationRow[] {
  const isThird = version === '3.0.0';
  const typeNames = {
    name: 'typeNames',
    values: schemas
      .typeNames(version)
      .map(({ prefix, local }) => (isThird && prefix === 'csw' ? local : `${prefix}:${local}`)),
  };
  const hasAtom = schemas.of('http://www.w3.org/2005/Atom') !== undefined;
  const output: readonly Domain[] = [
    { name: 'outputFormat', values: isThird && hasAtom ? OUTPUT_FORMATS : XML_TYPES },
    { name: 'outputSchema', values: schemas.all.map(({ uri }) => uri) },
    { name: 'ElementSetName', values: ELEMENT_SETS },
  ];
  const languages = { name: isThird ? 'ConstraintLanguage' : 'CONSTRAINTLANGUAGE', values: ['FILTER', 'CQL_TEXT'] };
  const table: { readonly [O in Operation]: readonly Domain[] } = {
    GetCapabilities: capabilities(version),
    DescribeRecord: [
      { name: 'typeName', values: typeNames.values },
      { name: 'outputFormat', values: XML_TYPES },
      { name: 'schemaLanguage', values: SCHEMA_LANGUAGES },
    ],
    GetDomain: isThird
      ? [any('ValueReference'), any('ParameterName'), { name: 'resultType', values: ['available'] }]
      : [any('PropertyName'), any('ParameterName')],
    GetRecords: [
      typeNames,
      ...output,
      ...(isThird ? [] : [{ name: 'resultType', values: RESULT_TYPES }]),
      languages,
      any('ElementName'),
      any('SortBy'),
      any('startPosition'),
      any('maxRecords'),
      ...(isThird
        ? ['q', 'recordIds', 'bbox', 'geometry', 'relation', 'lat', 'lon', 'radius', 'time', 'trelation'].map(any)
        : []),
    ],
    GetRecordById: [any('id'), ...output],
    GetRepositoryItem: [any('id')],
  };
  return OPERATIONS[version].map((name) => ({ name, parameters: table[name] }));
}
