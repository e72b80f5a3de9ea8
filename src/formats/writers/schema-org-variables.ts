// What was measured, for schema.org: the columns of a service's data rows, and a record's own values with their units.
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';

interface Variable {
  readonly '@type': 'PropertyValue';
  readonly name: string;
  readonly description?: string;
  readonly propertyID?: string;
  readonly unitText?: string;
  readonly value?: string | number | boolean | readonly (string | number)[];
}

const CF_NAMES = 'http://vocab.nerc.ac.uk/standard_name/';

/** Columns with a unit or a standard name, then numbers of the record itself; each name once. */
export function schemaOrgVariables(
  record: CatalogRecord,
  service: Pick<Service, 'data' | 'fields'> | undefined,
  language: Language,
): readonly Variable[] {
  const variables = new Map<string, Variable>();
  for (const column of service?.data?.columns ?? []) {
    if (column.unit === null && column.standardName === undefined) continue;
    variables.set(column.name, {
      '@type': 'PropertyValue',
      name: column.name,
      description: inLanguage(column.label, language),
      ...(column.standardName === undefined ? {} : { propertyID: `${CF_NAMES}${column.standardName}/` }),
      ...(column.unit === null ? {} : { unitText: column.unit }),
    });
  }
  for (const field of service?.fields ?? []) {
    const value = record.fields[field.name];
    if (value === undefined || value === null || value === '' || (field.type !== 'number' && field.type !== 'integer'))
      continue;
    variables.set(field.name, {
      ...variables.get(field.name),
      '@type': 'PropertyValue',
      name: field.name,
      description: inLanguage(field.label, language),
      ...(field.unit === undefined ? {} : { unitText: field.unit }),
      value,
    });
  }
  return [...variables.values()];
}
