// The addresses below /erddap, and what the API description says of them.
import { describeParameters, type ParameterTable } from '../../http/parameters.ts';
import type { ParameterDoc, Route, RouteDoc } from '../../http/protocol.ts';
import { CATEGORIES } from './catalogue-lists.ts';
import { ALL_TYPES } from './file-types.ts';
import { LIST_TYPES } from './lists.ts';
import { ADVANCED, PAGING, SEARCH } from './search.ts';

export interface Handlers {
  readonly start: Route['handle'];
  readonly version: Route['handle'];
  readonly index: Route['handle'];
  readonly search: Route['handle'];
  readonly advanced: Route['handle'];
  readonly info: Route['handle'];
  readonly categories: Route['handle'];
  readonly dataSet: Route['handle'];
  readonly form: Route['handle'];
}

const inPath = (name: string, description: string, options?: readonly string[]): ParameterDoc => ({
  name,
  in: 'path',
  required: true,
  description,
  ...(options === undefined ? {} : { schema: { type: 'string', enum: options } }),
});
const LIST_TYPE = inPath('type', 'Type of the answer', LIST_TYPES);
const DATA_SET = inPath('dataset', 'Name of an observation service');
const LISTS = ['text/csv', 'text/tab-separated-values', 'application/json', 'application/x-jsonlines', 'text/html'];

const list = (summary: string, table: ParameterTable | null, ...path: readonly ParameterDoc[]): RouteDoc => ({
  summary,
  parameters: [...path, LIST_TYPE, ...(table === null ? [] : describeParameters(table))],
  produces: LISTS,
});

const ROWS: RouteDoc = {
  summary:
    'Rows of an observation service. The query is var,var&constraint&function: constraints are variable, operator (= != =~ < <= > >=) and value; functions distinct(), orderBy("…") and its family; times also as now-7days and max(time)-1day',
  parameters: [DATA_SET, inPath('type', 'Type of the answer', ALL_TYPES)],
  produces: [
    ...[
      'text/csv',
      'text/tab-separated-values',
      'application/json',
      'application/x-jsonlines',
      'application/geo+json',
      'text/html',
    ],
    ...[
      'text/plain',
      'application/octet-stream',
      'application/x-netcdf',
      'application/vnd.apache.parquet',
      'image/png',
      'image/svg+xml',
    ],
  ],
};

export function routesOf(handlers: Handlers): readonly Route[] {
  const get = (path: string, doc: RouteDoc, handle: Route['handle']): Route => ({ method: 'GET', path, doc, handle });
  const page = (summary: string): RouteDoc => ({ summary, produces: ['text/html'] });
  const category = inPath('category', 'Attribute', CATEGORIES);
  return [
    get('/erddap', page('Data sets of tabledap, for people'), handlers.start),
    get('/erddap/index.html', page('Data sets of tabledap, for people'), handlers.start),
    get('/erddap/version', { summary: 'Version of the interface', produces: ['text/plain'] }, handlers.version),
    get('/erddap/info/index.:type', list('All data sets', PAGING), handlers.index),
    get(
      '/erddap/info/:dataset/index.:type',
      list('Variables and attributes of a data set', null, DATA_SET),
      handlers.info,
    ),
    get('/erddap/search/index.:type', list('Data sets that have the words', SEARCH), handlers.search),
    get(
      '/erddap/search/advanced.:type',
      list('Data sets by words, attributes, place and time', ADVANCED),
      handlers.advanced,
    ),
    get(
      '/erddap/categorize/index.:type',
      list('Attributes by which data sets are categorised', null),
      handlers.categories,
    ),
    get(
      '/erddap/categorize/:category/index.:type',
      list('Values of an attribute', null, category),
      handlers.categories,
    ),
    get(
      '/erddap/categorize/:category/:value/index.:type',
      list(
        'Data sets with a value of an attribute',
        null,
        category,
        inPath('value', 'A value as the list of values has it'),
      ),
      handlers.categories,
    ),
    get('/erddap/tabledap/index.:type', list('All data sets of tabledap', PAGING), handlers.index),
    get('/erddap/tabledap/:dataset.:type', ROWS, handlers.dataSet),
    get(
      '/erddap/tabledap/:dataset',
      {
        summary: 'Leads to the page of the data set',
        parameters: [DATA_SET],
        produces: ['text/html'],
        responses: { '302': 'The page' },
      },
      handlers.form,
    ),
  ];
}
