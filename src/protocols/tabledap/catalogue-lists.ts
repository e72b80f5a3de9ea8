// What the lists say: the data sets (index, search), the variables and attributes of one (info), the values of an attribute (categorize).
import type { Attribute } from '../../model/table.ts';
import type { Language } from '../../model/text.ts';
import { attributeType, numberText } from './dap-text.ts';
import type { DataSet } from './data-set.ts';
import type { DataType } from './data-types.ts';
import type { List } from './lists.ts';

/** Absolute address of a path of ours. */
export type Url = (path: string) => string;

/** Columns of a list of data sets; programs look for them by name. Those that we have nothing for are empty. */
const DATA_SET_COLUMNS = [
  'griddap',
  'Subset',
  'tabledap',
  'Make A Graph',
  'wms',
  'files',
  'Title',
  'Summary',
  'FGDC',
  'ISO 19115',
  'Info',
  'Background Info',
  'RSS',
  'Email',
  'Institution',
  'Dataset ID',
] as const;

const text = (value: Attribute | undefined): string => (typeof value === 'string' ? value : '');

function dataSetRow({ id, globals }: DataSet, url: Url): readonly string[] {
  const cells: Readonly<Partial<Record<(typeof DATA_SET_COLUMNS)[number], string>>> = {
    tabledap: url(`/erddap/tabledap/${id}`),
    'Make A Graph': url(`/erddap/tabledap/${id}.largePng`),
    Title: text(globals.title),
    Summary: text(globals.summary),
    'ISO 19115': url(`/id/${id}?f=iso19115-3`),
    Info: url(`/erddap/info/${id}/index.csv`),
    'Background Info': text(globals.infoUrl),
    Institution: text(globals.institution),
    'Dataset ID': id,
  };
  return DATA_SET_COLUMNS.map((name) => cells[name] ?? '');
}

export function dataSetList(sets: readonly DataSet[], url: Url, language: Language): List {
  return {
    title: language === 'fr' ? 'Jeux de données' : 'Data sets',
    columns: DATA_SET_COLUMNS,
    rows: sets.map((set) => dataSetRow(set, url)),
  };
}

const TYPE_NAMES: Readonly<Record<DataType, string>> = {
  byte: 'byte',
  short: 'short',
  int: 'int',
  float: 'float',
  double: 'double',
  String: 'String',
};

function attributeRows(
  variable: string,
  attributes: { readonly [name: string]: Attribute },
  type: DataType,
): readonly (readonly string[])[] {
  return Object.entries(attributes).map(([name, value]) => {
    const kind = attributeType(name, value, type);
    const shown =
      typeof value === 'string'
        ? value
        : (typeof value === 'number' ? [value] : value).map((each) => numberText(each, kind)).join(', ');
    return ['attribute', variable, name, TYPE_NAMES[kind], shown];
  });
}

/** The attributes of the data set as those of `NC_GLOBAL`, then each variable with its own. */
export function infoList({ id, globals, variables }: DataSet): List {
  const rows = [
    ...attributeRows('NC_GLOBAL', globals, 'double'),
    ...variables.flatMap(({ column, type, attributes }) => [
      ['variable', column.name, '', TYPE_NAMES[type], ''],
      ...attributeRows(column.name, attributes, type),
    ]),
  ];
  return { title: id, columns: ['Row Type', 'Variable Name', 'Attribute Name', 'Data Type', 'Value'], rows };
}

/** By what data sets are categorised: attributes of the whole, of variables, and the variables' names. */
const GLOBAL_CATEGORIES = ['cdm_data_type', 'institution', 'keywords'] as const;
const VARIABLE_CATEGORIES = ['ioos_category', 'long_name', 'standard_name', 'variableName'] as const;
export const CATEGORIES: readonly string[] = [...GLOBAL_CATEGORIES, ...VARIABLE_CATEGORIES].sort();

/** Stands for a data set that has no value. */
const NONE = '_null';

/** The value as a part of an address: lower case, whatever is no letter or digit an underscore. */
export function categoryName(value: string): string {
  const name = value
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return name === '' || value === NONE ? NONE : name;
}

/** All values that the data set has of the category; `_null` where it has none. */
export function categoryValues(set: DataSet, category: string): readonly string[] {
  if (category === 'keywords') return text(set.globals.keywords).split(',').map(categoryName);
  if ((GLOBAL_CATEGORIES as readonly string[]).includes(category)) return [categoryName(text(set.globals[category]))];
  const values = set.variables.map(({ column, attributes }) =>
    category === 'variableName' ? column.name : text(attributes[category]),
  );
  return [...new Set(values.map(categoryName))];
}

export function categoryList(url: Url): List {
  return {
    title: 'categorize',
    columns: ['Categorize', 'URL'],
    rows: CATEGORIES.map((name) => [name, url(`/erddap/categorize/${name}/index.csv`)]),
  };
}

export function categoryValueList(sets: readonly DataSet[], category: string, url: Url): List {
  const values = [...new Set(sets.flatMap((set) => categoryValues(set, category)))].sort();
  return {
    title: category,
    columns: ['Category', 'URL'],
    rows: values.map((value) => [value, url(`/erddap/categorize/${category}/${encodeURIComponent(value)}/index.csv`)]),
  };
}
