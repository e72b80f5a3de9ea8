// /queryables and /sortables (19-079r2, clause 6; 20-004r1, clause 10): JSON Schemas of what a collection can be asked for, and ordered by.
import type { Queryable, Queryables } from '../../model/queryable.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Collection } from './collection.ts';
import { SCHEMA_DIALECT } from './vocabulary.ts';

/**
 * The queryables of a collection. `created` is left out: in a record of this standard it is the record's own date, in the table of all
 * dialects the data's.
 */
export function queryablesOf(queryables: Queryables, { service }: Collection): readonly Queryable[] {
  const all = service === null ? queryables.all : queryables.of(service.name);
  return all.filter(({ name }) => name !== 'created');
}

/** `id`: address of the document without its query. */
export function schemaDocument(
  id: string,
  title: string,
  queryables: readonly Queryable[],
  language: Language,
): { readonly [member: string]: unknown } {
  return {
    $schema: SCHEMA_DIALECT,
    $id: id,
    type: 'object',
    title,
    properties: Object.fromEntries(
      queryables.map(({ name, title: label, schema }) => [name, { title: inLanguage(label, language), ...schema }]),
    ),
    additionalProperties: false,
  };
}
