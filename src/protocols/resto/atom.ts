// The Atom answers of the facade: a feed around the entries of the record format `atom` (RFC 4287, OpenSearch 1.1 section 4.5).
import { hoistDeclarations } from '../../formats/writers/bare-element.ts';
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { RecordFormat } from '../../model/format.ts';
import { inLanguage } from '../../model/text.ts';
import type { FeatureView } from './feature.ts';
import { type Found, pageLinks } from './search-document.ts';
import { ATOM_TYPE, NAMESPACES } from './vocabulary.ts';

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `os:Query` with the used parameters by their names in the templates. */
function queryElement({ scope, asked }: Found): string {
  const attributes = asked.applied.flatMap(([key, value]) => {
    const parameter = Object.values(scope.parameters).find(
      ({ name, aliases }) => name === key || aliases?.includes(key),
    );
    return parameter?.template ? [` ${parameter.template}="${xmlAttribute(value)}"`] : [];
  });
  return `<os:Query role="request"${[...new Set(attributes)].join('')}/>`;
}

/** The feed of a search. `now`: RFC 3339, when there is no record to take the date from. */
export function searchFeed(
  found: Found,
  entry: RecordFormat['write'],
  view: FeatureView,
  site: Mappings['site'],
  now: string,
): string {
  const { scope, asked, page } = found;
  const links = pageLinks(found, view.url, 'atom', ATOM_TYPE);
  const self = links[0]?.href ?? '';
  const title = inLanguage(scope.collection?.service.title ?? site.title, view.language);
  const updated = page.records
    .map((record) => record.updated)
    .sort()
    .at(-1);
  const namespaces = Object.entries(NAMESPACES).filter(([prefix]) => prefix !== 'parameters');
  const bound = new Map<string, string>([['', 'http://www.w3.org/2005/Atom'], ...namespaces]);
  const { declarations, elements } = hoistDeclarations(
    page.records.map((record) => entry(record, view)),
    bound,
  );
  const own = namespaces.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  const { email } = site.organisation;
  return (
    `${XML_DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom"${own}${declarations} xml:lang="${view.language}">` +
    `<id>${xmlText(self)}</id><title>${xmlText(title)}</title><updated>${updated ?? now}</updated>` +
    `<author><name>${xmlText(site.organisation.organisation)}</name>${email ? `<email>${xmlText(email)}</email>` : ''}</author>` +
    `<generator>vobs</generator>` +
    links.map(({ rel, type, href }) => `<link rel="${rel}" type="${type}" href="${xmlAttribute(href)}"/>`).join('') +
    `<os:totalResults>${page.total ?? 0}</os:totalResults><os:startIndex>${asked.paging.start}</os:startIndex>` +
    `<os:itemsPerPage>${asked.paging.count}</os:itemsPerPage>${queryElement(found)}\n` +
    `${elements.map((element) => `${element}\n`).join('')}</feed>\n`
  );
}
