// Lists of metadata as ERDDAP gives them: a small table of texts in the same kinds of answers as the rows, without a line of units.
import { escapeHtml } from '../../formats/writers/text.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import { AppError } from '../../model/errors.ts';
import type { Chunk, Column, Table } from '../../model/table.ts';
import { NO_METADATA } from '../../model/table.ts';
import { JSON_TYPE, ROW_FILES } from './file-types.ts';
import type { Pieces } from './text-files.ts';

export interface List {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const OF_LISTS = ['csv', 'csvp', 'csv0', 'tsv', 'tsvp', 'tsv0', 'json', 'jsonlCSV', 'jsonlCSV1', 'jsonlKVP'];
export const LIST_TYPES: readonly string[] = [...OF_LISTS, 'html', 'htmlTable'].sort();

function column(name: string): Column {
  return {
    name,
    type: 'text',
    unit: null,
    standardName: null,
    label: {},
    missing: null,
    dimensions: [],
    attributes: {},
  };
}

function tableOf({ columns, rows }: List): { table: Table; chunks: AsyncIterable<Chunk> } {
  const chunk: Chunk = { rows: rows.length, values: columns.map((_, n) => rows.map((row) => row[n] ?? '')) };
  const chunks = async function* (): AsyncGenerator<Chunk> {
    yield chunk;
  };
  const table: Table = {
    metadata: NO_METADATA,
    columns: columns.map(column),
    dimensions: [],
    fixed: [],
    axis: null,
    rows: rows.length,
    repeatable: true,
    chunks,
  };
  return { table, chunks: chunks() };
}

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/.test(text);

function cell(text: string): string {
  const escaped = escapeHtml(text);
  return isAddress(text) ? `<a href="${escaped}">${escaped}</a>` : escaped;
}

/** The list as a table of HTML; addresses are links. */
export function listTable({ columns, rows }: List): string {
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${cell(text)}</td>`).join('')}</tr>`).join('\n');
  return `<table class="erd commonBGColor nowrap" border="1">\n<thead>\n<tr>${head}</tr>\n</thead>\n<tbody>\n${body}\n</tbody>\n</table>\n`;
}

async function textOf(pieces: Pieces): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Names alone stand above the rows: a list has no units. */
const PLAIN: Readonly<Record<string, string>> = { csv: 'csvp', tsv: 'tsvp' };

/** Throws AppError `invalid-parameter` for a type that lists do not have. */
export function checkListType(type: string): void {
  if (LIST_TYPES.includes(type)) return;
  const list = LIST_TYPES.map((each) => `.${each}`).join(', ');
  throw new AppError('invalid-parameter', {
    faults: [
      {
        parameter: `.${type.slice(0, 40)}`,
        detail: { en: `lists have the types: ${list}`, fr: `les listes ont les types : ${list}` },
      },
    ],
  });
}

/** Sends the list as anything but a page of the site. */
export async function sendList(ctx: AppContext, list: List, type: string): Promise<void> {
  ctx.set('Content-Language', ctx.state.language);
  if (type === 'htmlTable') {
    const title = escapeHtml(list.title);
    ctx.set('Content-Type', 'text/html;charset=UTF-8');
    sendText(
      ctx,
      `<!DOCTYPE html>\n<html lang="${ctx.state.language}">\n<head><meta charset="utf-8"><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n${listTable(list)}</body>\n</html>\n`,
    );
    return;
  }
  const file = ROW_FILES[PLAIN[type] ?? type];
  if (file === undefined) throw new AppError('not-found');
  const { table, chunks } = tableOf(list);
  ctx.set('Content-Type', type === 'json' ? JSON_TYPE : file.mediaType);
  sendText(ctx, await textOf(file.write(table, chunks)));
}
