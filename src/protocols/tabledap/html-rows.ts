// The rows as a table of HTML, for a browser and for programs that read tables of pages.
import { escapeHtml } from '../../formats/writers/text.ts';
import type { Chunk, Table } from '../../model/table.ts';
import type { Language } from '../../model/text.ts';
import { type CellStyle, lines, unitOf } from './cells.ts';
import type { Pieces } from './text-files.ts';

/** A browser stands so much; the other kinds of answers have no end. */
const MOST_CHARACTERS = 15_000_000;

const CELLS: CellStyle = { missing: '', number: String, time: (text) => text, text: escapeHtml };
const CUT = {
  en: 'The table is cut here; other kinds of answers have all rows.',
  fr: 'Le tableau est coupé ici ; les autres types de réponses ont toutes les lignes.',
};

export async function* htmlRows(
  table: Table,
  chunks: AsyncIterable<Chunk>,
  heading: string,
  language: Language,
): Pieces {
  const { columns } = table;
  const title = escapeHtml(heading);
  const names = columns.map(({ name }) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const units = columns.map((column) => `<td>${escapeHtml(unitOf(column))}</td>`).join('');
  yield `<!DOCTYPE html>\n<html lang="${language}">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<table class="erd commonBGColor nowrap" border="1">\n<thead>\n<tr>${names}</tr>\n<tr>${units}</tr>\n</thead>\n<tbody>\n`;
  let length = 0;
  for await (const chunk of chunks) {
    const text = lines(columns, chunk, CELLS, '</td><td>', '<tr><td>', '</td></tr>\n');
    length += text.length;
    yield text;
    if (length > MOST_CHARACTERS) break;
  }
  yield `</tbody>\n</table>\n${length > MOST_CHARACTERS ? `<p>${CUT[language]}</p>\n` : ''}</body>\n</html>\n`;
}
