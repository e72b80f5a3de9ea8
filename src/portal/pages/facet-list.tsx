/** @jsxRuntime automatic @jsxImportSource preact */
// Facets with counts as links that narrow the search, and the conditions in force as links that drop them.
import type { FacetName, Facets } from '../../model/query.ts';
import { inLanguage, type Localised } from '../../model/text.ts';
import type { Page } from '../page.ts';
import { PAGING, type SearchRequest } from '../search-request.ts';

/** Facet → the parameter that its value sets; a year sets the period. */
const PARAMETERS = {
  service: 'service',
  productLevel: 'product',
  level: 'level',
  format: 'format',
  acquisition: 'acquisition',
  authorization: 'access',
  instrument: 'instrument',
} as const satisfies { readonly [F in FacetName]?: string };
type LinkedFacet = keyof typeof PARAMETERS;
const SHOWN = Object.keys(PARAMETERS) as LinkedFacet[];
export const FACETS_OF_SEARCH: readonly FacetName[] = [...SHOWN, 'year'];
const MOST_VALUES = 16;
/** Facets that need no click; the others are folded. */
const OPEN: ReadonlySet<string> = new Set<FacetName>(['service', 'productLevel']);

type Pair = readonly [string, string];

/** Address of the search with other pairs; the paging starts again. */
function searchWith(page: Page, change: (pairs: readonly Pair[]) => readonly Pair[]): string {
  const kept = page.asked.query.filter(([name, value]) => value !== '' && !PAGING.some((paging) => paging === name));
  const query = new URLSearchParams(change(kept).map(([name, value]) => [name, value]));
  if (page.chosenLanguage) query.append('lang', page.chosenLanguage);
  const text = query.toString();
  return page.to('/search').split('?')[0] + (text === '' ? '' : `?${text}`);
}

/** What a value of a parameter is called. */
function valueLabel(page: Page, parameter: string, value: string): string {
  const { t, say, mappings } = page;
  const code = (list: readonly { readonly code: number; readonly label: Localised }[]) =>
    say.text(list.find((entry) => String(entry.code) === value)?.label) || value;
  const words: { readonly [key: string]: string } = { ...t.productLevels, ...t.levels };
  switch (parameter) {
    case 'service':
      return say.text(mappings.services.find((service) => service.name === value)?.title) || value;
    case 'format':
      return code(mappings.codes.format);
    case 'acquisition':
      return code(mappings.codes.acquisition);
    case 'access':
      return code(mappings.codes.authorization);
    case 'instrument': {
      const all = mappings.services.flatMap((service) => service.instruments);
      return say.text(all.find((instrument) => instrument.id === value)?.title) || value;
    }
    case 'product':
    case 'level':
      return words[value] ?? value;
    case 'start':
    case 'end':
      return /^\d{4}-\d{2}-\d{2}/.test(value) ? say.moment(value.slice(0, 10)) : value;
    default:
      return value;
  }
}

/** What a parameter is called on the page; its own name where it has no control. */
export function parameterLabel(page: Page, parameter: string, request: SearchRequest): string {
  const { t } = page;
  const fixed: { readonly [name: string]: string } = {
    q: t.words,
    service: t.service,
    start: t.from,
    end: t.to,
    west: t.westSide,
    south: t.southSide,
    east: t.eastSide,
    north: t.northSide,
    place: t.place,
    product: t.productLevel,
    level: t.level,
    format: t.format,
    acquisition: t.acquisition,
    access: t.access,
    instrument: t.instrument,
    timerel: t.timeRelation,
  };
  const [, name = '', bound] = /^f\.(.+?)(?:\.(min|max))?$/.exec(parameter) ?? [];
  const field = request.service?.fields.find((entry) => entry.name === name);
  if (!field) return fixed[parameter] ?? parameter;
  return `${inLanguage(field.label, page.language)}${bound ? ` ${bound === 'min' ? t.atLeast : t.atMost}` : ''}`;
}

const NOT_CONDITIONS = new Set<string>([...PAGING, 'sort', 'count', 'lang']);

/** The conditions in force, each with a link that drops it. */
export function Conditions({ page, request }: { page: Page; request: SearchRequest }) {
  const { t } = page;
  const all = [...request.given]
    .filter(([name]) => !NOT_CONDITIONS.has(name))
    .flatMap(([name, values]) => values.map((value) => [name, value] as const));
  if (all.length === 0) return null;
  return (
    <section class="in-force" aria-label={t.conditionsInForce}>
      <ul class="chips">
        {all.map(([name, value]) => {
          const words = `${parameterLabel(page, name, request)}${t.colon} ${valueLabel(page, name, value)}`;
          return (
            <li>
              <a
                href={searchWith(page, (pairs) => pairs.filter(([n, v]) => n !== name || v !== value))}
                aria-label={t.dropCondition(words)}
              >
                {words} <span aria-hidden="true">×</span>
              </a>
            </li>
          );
        })}
        <li>
          <a class="plain" href={page.to('/search')}>
            {t.clearAll}
          </a>
        </li>
      </ul>
    </section>
  );
}

function Group({
  page,
  title,
  open,
  children,
}: {
  page: Page;
  title: string;
  open: boolean;
  children: readonly { href: string; label: string; count: number; chosen?: boolean }[];
}) {
  return (
    <details class="facet" open={open}>
      <summary>{title}</summary>
      <ul>
        {children.map((entry) => (
          <li>
            <a href={entry.href} aria-current={entry.chosen ? 'true' : undefined}>
              {entry.label}
            </a>{' '}
            <span class="quiet">{page.say.number(entry.count)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Facets that still tell something: those with at least two values. */
export function FacetList({ page, request, facets }: { page: Page; request: SearchRequest; facets: Facets }) {
  const { t } = page;
  const years = [...(facets.year ?? [])].sort((a, b) => b.value.localeCompare(a.value)).slice(0, MOST_VALUES);
  const groups = SHOWN.flatMap((facet) => {
    const parameter = PARAMETERS[facet];
    const values = (facets[facet] ?? []).slice(0, MOST_VALUES);
    if (values.length < 2) return [];
    // Another service has other fields.
    const replaced = (name: string) => name === parameter || (facet === 'service' && name.startsWith('f.'));
    const entries = values.map(({ value, count }) => ({
      href: searchWith(page, (pairs) => [...pairs.filter(([name]) => !replaced(name)), [parameter, value]]),
      chosen: request.given.get(parameter)?.includes(value) === true,
      label: valueLabel(page, parameter, value),
      count,
    }));
    return [{ title: parameterLabel(page, parameter, request), open: OPEN.has(facet), entries }];
  });
  if (groups.length === 0 && years.length < 2) return null;
  return (
    <section class="facets" aria-labelledby="narrow">
      <h2 id="narrow">{t.narrow}</h2>
      {groups.map((group) => (
        <Group page={page} title={group.title} open={group.open}>
          {group.entries}
        </Group>
      ))}
      {years.length > 1 && (
        <Group page={page} title={t.year} open={false}>
          {years.map(({ value, count }) => ({
            href: searchWith(page, (pairs) => [
              ...pairs.filter(([name]) => name !== 'start' && name !== 'end'),
              ['start', `${value}-01-01`],
              ['end', `${value}-12-31`],
            ]),
            label: value,
            count,
          }))}
        </Group>
      )}
    </section>
  );
}
