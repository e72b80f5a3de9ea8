// OpenSearch 1.1 with the Geo and Time extensions (OGC 10-032r8). What is claimed follows from the templates of the description document.

import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { answers } from './answers.ts';
import { entries, type Facts, feedOf, findTemplate, type Template, templatesOf } from './description.ts';
import { descriptionDocument } from './description-document.ts';
import { geoTime } from './geo-time.ts';

/** Classes by the parameters that a template must have. */
const BY_PARAMETERS: { readonly [name: string]: readonly string[] } = {
  core: ['geo:box'],
  A4: ['geo:geometry'],
  A5: ['geo:lat', 'geo:lon', 'geo:radius'],
  A6: ['geo:box'],
  A7: ['geo:relation'],
  A8: ['geo:uid'],
  A9: ['geo:name'],
  A10: ['time:start', 'time:end'],
  A11: ['time:relation'],
};

async function discover(target: Target) {
  const { http } = target;
  const address = target.door('opensearch', '/opensearch/osdd.xml');
  const description = await http.once(address);
  if (description.status === 404) return { absent: `no description document at ${address}` };
  const templates = templatesOf(description.xml());
  const found = (await searchOf(target, templates)) ?? {
    search: findTemplate(templates, 'application/atom+xml'),
    searchDescription: description,
  };
  const { search, searchDescription } = found;
  if (search === undefined) throw new Error('no Url of type application/atom+xml for results');
  const claims = new Set(['description', 'answers']);
  for (const [name, parameters] of Object.entries(BY_PARAMETERS))
    if (parameters.every((parameter) => search.parameters.has(parameter))) claims.add(name);
  if (findTemplate(templates, 'application/atom+xml', 'collection') !== undefined) claims.add('two-step');
  if (templates.some(({ rel }) => rel === 'suggestions')) claims.add('suggestions');
  const feed = await feedOf(http, search, { count: 20 });
  return { claims, facts: { description, templates, search, searchDescription, feed } satisfies Facts };
}

/** The Atom search of the collection with a place that has most entries, up to some thousand: found by the two steps of OGC 13-026. */
async function searchOf({ http }: Target, templates: readonly Template[]) {
  const collections = findTemplate(templates, 'application/atom+xml', 'collection');
  if (findTemplate(templates, 'application/atom+xml') !== undefined || collections === undefined) return undefined;
  let best: { readonly search: Template; readonly searchDescription: Awaited<ReturnType<typeof http.get>> } | undefined;
  let most = -1;
  for (const entry of entries(await feedOf(http, collections, { count: 30 }))) {
    const searchDescription = await http.get(entry.text("atom:link[@rel='search']/@href"));
    if (searchDescription.status !== 200) continue;
    const search = findTemplate(templatesOf(searchDescription.xml()), 'application/atom+xml');
    if (search === undefined) continue;
    const feed = await feedOf(http, search, { count: 1 });
    const size = Number(feed.xml().text('/atom:feed/os:totalResults'));
    if (size > most && size <= 2000 && feed.xml().holds('//georss:point')) {
      best = { search, searchDescription };
      most = size;
    }
  }
  return best;
}

export const opensearch = runnable<Facts>({
  name: 'opensearch',
  title: 'OpenSearch 1.1 draft 6, OGC OpenSearch Geo and Time 1.0 (10-032r8)',
  classes: {
    description: 'Description document',
    answers: 'Answers and pages',
    core: 'Geo and Time, Core (box)',
    A4: 'A.4 geometry',
    A5: 'A.5 latitude, longitude, radius',
    A6: 'A.6 intersects',
    A7: 'A.7 spatial relations',
    A8: 'A.8 identifier',
    A9: 'A.9 name of a place',
    A10: 'A.10 period',
    A11: 'A.11 temporal relations',
    'two-step': 'Two-step search',
    suggestions: 'Suggestions 1.1',
  },
  discover,
  requirements: [...descriptionDocument, ...geoTime, ...answers],
});
