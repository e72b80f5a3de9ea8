// The description documents of the facade (OpenSearch 1.1 section 4.4, Parameter extension 1.0): one results Url for Atom and one for JSON.
// Kept plain, as suites want it: one Language, one rel per Url, no type twice.
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { XML_DECLARATION } from './atom.ts';
import type { Options } from './options.ts';
import type { RestoParameter } from './parameter.ts';
import type { Scope } from './request.ts';
import { scopePath } from './search-document.ts';
import { ANSWERS, NAMESPACES, OSDD_TYPE } from './vocabulary.ts';

const element = (name: string, text: string, longest: number): string =>
  text === ''
    ? ''
    : `  <${name}>${xmlText(text.length > longest ? `${text.slice(0, longest - 1)}…` : text)}</${name}>\n`;

function parameterElement(parameter: RestoParameter, options: Options, language: Language): string {
  const bound = (name: string, value: number | undefined) => (value === undefined ? '' : ` ${name}="${value}"`);
  const attributes =
    `name="${xmlAttribute(parameter.name)}" value="{${parameter.template}}" minimum="0"` +
    `${bound('minInclusive', parameter.minimum)}${bound('maxInclusive', parameter.maximum)}` +
    `${parameter.pattern === undefined ? '' : ` pattern="${xmlAttribute(parameter.pattern)}"`}` +
    ` title="${xmlAttribute(inLanguage(parameter.doc, language))}"`;
  const choices = (options.get(parameter.name) ?? []).map(
    (value) => `<parameters:Option value="${xmlAttribute(value)}"/>`,
  );
  return `    <parameters:Parameter ${attributes}${choices.length === 0 ? '/>' : `>${choices.join('')}</parameters:Parameter>`}\n`;
}

/** Keywords as NCNames separated by blanks, 256 characters in all. */
function tagsOf(scope: Scope, { services }: Mappings): string {
  const keywords = scope.collection?.service.keywords ?? services.flatMap((service) => service.keywords);
  const words = keywords.map((keyword) =>
    inLanguage(keyword, 'en')
      .normalize('NFD')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, ''),
  );
  let text = scope.collection?.name ?? 'geophysics';
  for (const word of new Set(words)) if (word !== '' && text.length + word.length < 256) text += ` ${word}`;
  return text;
}

/** The OSDD of a scope. */
export function writeDescription(
  scope: Scope,
  options: Options,
  mappings: Mappings,
  url: (path: string) => string,
  language: Language,
): string {
  const { site } = mappings;
  const service = scope.collection?.service;
  const title = inLanguage(service?.title ?? site.title, language);
  const offered = Object.values(scope.parameters).filter(({ template }) => template !== null);
  const described = offered.map((parameter) => parameterElement(parameter, options, language)).join('');
  const query = offered.map(({ name, template }) => `${encodeURIComponent(name)}={${template}?}`).join('&');
  const base = url(scopePath(scope));
  // Atom first: every client reads it.
  const urls = [...ANSWERS]
    .reverse()
    .map(
      ({ id, mediaType }) =>
        `  <Url rel="results" type="${mediaType}" indexOffset="1" pageOffset="1"\n` +
        `    template="${xmlAttribute(`${base}/search.${id}?${query}`)}">\n${described}  </Url>\n`,
    );
  const namespaces = Object.entries(NAMESPACES).map(
    ([prefix, uri]) => ` xmlns${prefix === 'os' ? '' : `:${prefix}`}="${uri}"`,
  );
  return (
    `${XML_DECLARATION}<OpenSearchDescription${namespaces.join('')}>\n` +
    element('ShortName', scope.collection?.name ?? site.shortName, 16) +
    element('Description', inLanguage(service?.abstract ?? site.description, language), 1024) +
    element('Tags', tagsOf(scope, mappings), 256) +
    urls.join('') +
    `  <Url rel="self" type="${OSDD_TYPE}" template="${xmlAttribute(`${base}/describe.xml`)}"/>\n` +
    element('Contact', site.organisation.email ?? '', 256) +
    element('LongName', title, 48) +
    '  <Query role="example" count="1"/>\n' +
    element('Developer', site.organisation.organisation, 64) +
    element('Attribution', `${site.attribution}, ${(service ?? site).licence.title}`, 256) +
    `  <SyndicationRight>open</SyndicationRight>\n  <Language>${language}</Language>\n` +
    '  <InputEncoding>UTF-8</InputEncoding>\n  <OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n'
  );
}
