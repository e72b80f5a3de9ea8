// The description documents (OSDD): OpenSearch 1.1 section 4.4, Parameter extension 1.0, OGC 10-032r8, two-step search of OGC 13-026r9.
// Kept plain, as suites want it: one Language, one rel per Url, no type twice, attributes of extensions namespaced.
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { shortNameOf } from './answer.ts';
import { XML_DECLARATION } from './atom.ts';
import type { Choices } from './choices.ts';
import type { Table } from './request.ts';
import { type Scope, scopePath } from './scope.ts';
import type { SearchParameter } from './search-parameter.ts';
import { ANSWERS, NAMESPACES, OSDD_TYPE, ownNamespace, SUGGESTIONS_TYPE } from './vocabulary.ts';

const WKT_KINDS = ['POINT', 'LINESTRING', 'POLYGON', 'MULTIPOINT', 'MULTILINESTRING', 'MULTIPOLYGON'] as const;

export interface DescriptionParts {
  readonly mappings: Mappings;
  readonly links: Links;
}

/** At most so many characters, cut at a word. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const shorter = text.slice(0, longest - 1);
  return `${shorter.slice(0, Math.max(shorter.lastIndexOf(' '), longest / 2)).trimEnd()}…`;
}

function element(name: string, text: string): string {
  return text === '' ? '' : `  <${name}>${xmlText(text)}</${name}>\n`;
}

/** Keywords as NCNames separated by blanks, 256 characters in all. */
function tags(scope: Scope, { site, services }: Mappings): string {
  const keywords = scope.kind === 'service' ? scope.service.keywords : services.flatMap((service) => service.keywords);
  const words = [
    scope.kind === 'service' ? scope.service.name : site.identifierPrefix,
    'geophysics',
    ...keywords.map((keyword) => inLanguage(keyword, 'en')),
  ].map((word) =>
    word
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .trim()
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, ''),
  );
  let text = '';
  for (const word of new Set(words)) {
    if (word !== '' && text.length + word.length < 256) text += `${text === '' ? '' : ' '}${word}`;
  }
  return text;
}

function parameterElement(parameter: SearchParameter<unknown>, choices: Choices, language: Language): string {
  const number = (name: string, value: number | undefined): string =>
    value === undefined ? '' : ` ${name}="${value}"`;
  const options = (choices.get(parameter.name) ?? []).map(
    ({ value, label }) =>
      `<param:Option value="${xmlAttribute(value)}"${label === value ? '' : ` label="${xmlAttribute(cut(label, 512))}"`}/>`,
  );
  const profiles =
    parameter.template === 'geo:geometry'
      ? WKT_KINDS.map((kind) => `<atom:link rel="profile" href="http://www.opengis.net/wkt/${kind}" title="${kind}"/>`)
      : [];
  const attributes =
    `name="${xmlAttribute(parameter.name)}" value="{${parameter.template}}" minimum="0"` +
    `${number('minInclusive', parameter.minimum)}${number('minExclusive', parameter.above)}${number('maxInclusive', parameter.maximum)}` +
    `${parameter.pattern === undefined ? '' : ` pattern="${xmlAttribute(parameter.pattern)}"`}` +
    ` title="${xmlAttribute(cut(inLanguage(parameter.doc, language), 1024))}"`;
  const content = [...profiles, ...options].join('');
  return `    <param:Parameter ${attributes}${content === '' ? '/>' : `>${content}</param:Parameter>`}\n`;
}

/** One Url with its parameters. `fixed`: query pairs that clients keep; their parameters are not offered again. */
function searchUrl(
  address: string,
  rel: string,
  type: string,
  parameters: readonly SearchParameter<unknown>[],
  described: string,
  fixed = '',
): string {
  const query = parameters.map(({ name, template }) => `${encodeURIComponent(name)}={${template}?}`);
  const template = `${address}?${[...(fixed === '' ? [] : [fixed]), ...query].join('&')}`;
  return (
    `  <Url rel="${rel}" type="${type}" indexOffset="1" pageOffset="1" param:method="GET"\n` +
    `    template="${xmlAttribute(template)}">\n${described}  </Url>\n`
  );
}

function urls(scope: Scope, { links }: DescriptionParts, table: Table, choices: Choices, language: Language): string {
  const base = links.url(scopePath(scope));
  const all = Object.values<SearchParameter<unknown>>(table).filter(({ template }) => template !== null);
  const described = all.map((parameter) => parameterElement(parameter, choices, language)).join('');
  let text = '';
  for (const { id, mediaType } of ANSWERS) {
    if (scope.kind === 'site' && id === 'atom') {
      const offered = all.filter(({ name }) => name !== 'level');
      const elements = offered.map((parameter) => parameterElement(parameter, choices, language)).join('');
      text += searchUrl(`${base}/search.atom`, 'collection', mediaType, offered, elements, 'level=series');
    } else {
      text += searchUrl(`${base}/search.${id}`, 'results', mediaType, all, described);
    }
  }
  text += `  <Url rel="suggestions" type="${SUGGESTIONS_TYPE}" template="${xmlAttribute(`${base}/suggest?q={searchTerms}`)}"/>\n`;
  return `${text}  <Url rel="self" type="${OSDD_TYPE}" template="${xmlAttribute(`${base}/osdd.xml`)}"/>\n`;
}

/** The OSDD of a scope. `example`: a word that finds something there; null: none is known. */
export function writeDescription(
  scope: Scope,
  parts: DescriptionParts,
  table: Table,
  choices: Choices,
  example: string | null,
  language: Language,
): string {
  const { site } = parts.mappings;
  const own = scope.kind === 'service' ? scope.service : null;
  const title = inLanguage(own?.title ?? site.title, language);
  const licence = own?.licence ?? site.licence;
  const { os, geo, time, eo, sru, param, atom } = NAMESPACES;
  const query =
    example === null
      ? '  <Query role="example" count="1"/>\n'
      : `  <Query role="example" searchTerms="${xmlAttribute(example)}" title="${xmlAttribute(cut(`${title}: ${example}`, 256))}"/>\n`;
  return (
    `${XML_DECLARATION}<OpenSearchDescription xmlns="${os}"\n    xmlns:geo="${geo}" xmlns:time="${time}"\n    xmlns:eo="${eo}" xmlns:sru="${sru}"\n` +
    `    xmlns:param="${param}" xmlns:atom="${atom}"\n    xmlns:vobs="${xmlAttribute(ownNamespace(parts.links.base))}">\n` +
    element('ShortName', shortNameOf(scope, parts.mappings)) +
    element('Description', cut(inLanguage(own?.abstract ?? site.description, language), 1024)) +
    element('Tags', tags(scope, parts.mappings)) +
    urls(scope, parts, table, choices, language) +
    element('Contact', site.organisation.email ?? '') +
    element('LongName', cut(title, 48)) +
    query +
    element('Developer', cut(site.organisation.organisation, 64)) +
    element('Attribution', cut(`${site.attribution}, ${licence.title}`, 256)) +
    '  <SyndicationRight>open</SyndicationRight>\n  <AdultContent>false</AdultContent>\n' +
    `  <Language>${language}</Language>\n  <InputEncoding>UTF-8</InputEncoding>\n  <OutputEncoding>UTF-8</OutputEncoding>\n` +
    '</OpenSearchDescription>\n'
  );
}
