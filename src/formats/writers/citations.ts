// Citations for reference managers: BibTeX (biblatex's @dataset), RIS, CSL-JSON 1.0. Texts in the view's language where the record has them.
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { type Citation, citationOf } from './citation-parts.ts';
import { cleanText } from './text.ts';

/** The formats `bibtex`, `ris`, `csl`. */
export function createCitations(): readonly RecordFormat[] {
  const format = (
    id: string,
    title: string,
    mediaType: string,
    extension: string,
    write: (citation: Citation) => string,
  ): RecordFormat => ({
    id,
    title,
    mediaType,
    extension,
    purpose: 'citation',
    write: (record: CatalogRecord, view: RecordView) => write(citationOf(record, view)),
  });
  return [
    format('bibtex', 'BibTeX', 'application/x-bibtex', 'bib', bibtex),
    format('ris', 'RIS', 'application/x-research-info-systems', 'ris', ris),
    format('csl', 'CSL-JSON', 'application/vnd.citationstyles.csl+json', 'csl', csl),
  ];
}

function bibtex(citation: Citation): string {
  const [year = ''] = citation.day.split('-');
  const entries: readonly (readonly [string, string | null])[] = [
    // Double braces: the name of an organisation is not taken apart into given and family names.
    ['author', citation.creators.map((name) => `{${bibtexText(name)}}`).join(' and ')],
    ['title', bibtexText(citation.title)],
    ['year', year],
    ['date', citation.day],
    ['publisher', bibtexText(citation.publisher)],
    ['version', citation.version === null ? null : bibtexText(citation.version)],
    ['doi', citation.doi === null ? null : bibtexAddress(citation.doi)],
    ['url', bibtexAddress(citation.address)],
    ['language', citation.language === 'fr' ? 'french' : 'english'],
    ['keywords', bibtexText(citation.keywords.join(', '))],
    ['abstract', bibtexText(citation.abstract)],
  ];
  const lines = entries
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `  ${name} = {${value}}`);
  return `@dataset{${citation.identifier.replace(/[^A-Za-z0-9:._-]/g, '-')},\n${lines.join(',\n')}\n}\n`;
}

/** Characters that TeX would take for its own; a lone brace would end the field. */
function bibtexText(text: string): string {
  return flat(text).replace(/[\\{}#$%&_^~]/g, (c) => TEX[c] ?? c);
}

/** Addresses are read verbatim, but braces would end the field. */
function bibtexAddress(address: string): string {
  return flat(address).replace(/[{}\\]/g, (c) => encodeURIComponent(c));
}

const TEX: { readonly [character: string]: string } = {
  '\\': '\\textbackslash ',
  '{': '\\textbraceleft ',
  '}': '\\textbraceright ',
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\textasciicircum ',
  '~': '\\textasciitilde ',
};

function ris(citation: Citation): string {
  const [year = '', month = '', day = ''] = citation.day.split('-');
  const tags: readonly (readonly [string, string | null])[] = [
    ['TY', 'DATA'],
    ['TI', citation.title],
    ...citation.creators.map((name) => ['AU', name] as const),
    ['PY', year],
    ['DA', `${year}/${month}/${day}`],
    ['PB', citation.publisher],
    ['ET', citation.version],
    ['DO', citation.doi],
    ['UR', citation.address],
    ['ID', citation.identifier],
    ['LA', citation.language],
    ...citation.keywords.map((keyword) => ['KW', keyword] as const),
    ['AB', citation.abstract],
  ];
  const lines = tags
    .filter(([, value]) => value !== null && flat(value) !== '')
    .map(([tag, value]) => `${tag}  - ${flat(value ?? '')}`);
  return `${lines.join('\r\n')}\r\nER  - \r\n`;
}

function csl(citation: Citation): string {
  const [year = 0, month = 1, day = 1] = citation.day.split('-').map(Number);
  return JSON.stringify([
    {
      id: citation.identifier,
      type: 'dataset',
      title: citation.title,
      author: citation.creators.map((literal) => ({ literal })),
      issued: { 'date-parts': [[year, month, day]] },
      publisher: citation.publisher,
      ...(citation.version === null ? {} : { version: citation.version }),
      ...(citation.doi === null ? {} : { DOI: citation.doi }),
      URL: citation.address,
      language: citation.language,
      abstract: citation.abstract,
      ...(citation.keywords.length === 0 ? {} : { keyword: citation.keywords.join(', ') }),
      license: citation.licence,
    },
  ]);
}

/** One line, without characters that a text file cannot hold. */
function flat(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
