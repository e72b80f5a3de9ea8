// Atom answer of a search (RFC 4287 with the OpenSearch elements of OpenSearch 1.1 section 4.5 and OGC 10-032r8).
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { RecordFormat } from '../../model/format.ts';
import type { Answer } from './answer.ts';
import { NAMESPACES, OSDD_TYPE, ownNamespace } from './vocabulary.ts';

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `os:Query role="request"` with an attribute for each used parameter, by its literal name in the template. */
export function queryElement(echo: Answer['echo']): string {
  const attributes = echo.map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`).join('');
  return `<os:Query role="request"${attributes}/>`;
}

/** Declarations of the prefixes that os:Query and the elements of a page use. */
export function declarations(base: string, echo: Answer['echo']): string {
  const used = new Set(echo.map(([name]) => name.split(':')).flatMap(([prefix, local]) => (local ? [prefix] : [])));
  const { os, geo, time, eo, sru } = NAMESPACES;
  let text = ` xmlns:os="${os}" xmlns:geo="${geo}" xmlns:time="${time}"`;
  if (used.has('eo')) text += ` xmlns:eo="${eo}"`;
  if (used.has('sru')) text += ` xmlns:sru="${sru}"`;
  if (used.has('vobs')) text += ` xmlns:vobs="${xmlAttribute(ownNamespace(base))}"`;
  return text;
}

/** Numbers of the page; count and place are those of the request. */
export function pageElements(answer: Answer): string {
  return (
    `<os:totalResults>${answer.total}</os:totalResults>` +
    `<os:startIndex>${answer.startIndex}</os:startIndex>` +
    `<os:itemsPerPage>${answer.itemsPerPage}</os:itemsPerPage>` +
    queryElement(answer.echo)
  );
}

function link(rel: string, type: string, href: string, title = ''): string {
  const label = title === '' ? '' : ` title="${xmlAttribute(title)}"`;
  return `<link rel="${rel}" type="${type}" href="${xmlAttribute(href)}"${label}/>`;
}

function feedLinks(answer: Answer): string {
  let text = '';
  for (const page of answer.pages) text += link(page.rel, 'application/atom+xml', page.href);
  text += link('search', OSDD_TYPE, answer.description, answer.shortName);
  text += link('alternate', 'text/html', answer.inFormat('html'));
  return text + link('alternate', 'application/geo+json', answer.inFormat('geojson'));
}

const SHARED = [
  ` xmlns="${NAMESPACES.atom}"`,
  ` xmlns:dc="${NAMESPACES.dc}"`,
  ` xmlns:georss="${NAMESPACES.georss}"`,
  ` xmlns:gml="${NAMESPACES.gml}"`,
];

/** Gives the function that takes from an entry the declarations that the feed makes for all. */
function createBare(): (entry: string) => string {
  let [opening, bare] = ['', ''];
  return (entry) => {
    if (opening === '' || !entry.startsWith(opening)) {
      opening = entry.slice(0, entry.indexOf('>') + 1);
      bare = SHARED.reduce((text, declaration) => text.replace(declaration, ''), opening);
    }
    return bare + entry.slice(opening.length);
  };
}

/** The feed. `entry`: the record format that writes an `atom:entry`; `base`: the base URL. */
export function writeAtom(answer: Answer, entry: RecordFormat['write'], base: string): string {
  const { author } = answer;
  let text =
    `${XML_DECLARATION}<feed${SHARED.join('')}` +
    `${declarations(base, answer.echo)} xml:lang="${answer.language}">` +
    `<id>${xmlText(answer.id)}</id><title>${xmlText(answer.title)}</title><subtitle>${xmlText(answer.subtitle)}</subtitle>` +
    `<updated>${answer.updated}</updated><author><name>${xmlText(author.name)}</name>` +
    `${author.uri ? `<uri>${xmlText(author.uri)}</uri>` : ''}${author.email ? `<email>${xmlText(author.email)}</email>` : ''}</author>` +
    `<generator>vobs</generator><rights>${xmlText(answer.rights)}</rights>` +
    `${feedLinks(answer)}${pageElements(answer)}\n`;
  const bare = createBare();
  for (const record of answer.records) text += `${bare(entry(record, answer.view))}\n`;
  return `${text}</feed>\n`;
}
