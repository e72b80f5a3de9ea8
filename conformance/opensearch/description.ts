// The description document (OpenSearch 1.1 draft 6) and what its template says: parameters by their full names, filled as a client fills them.
import type { Answer, Http } from '../kit/http.ts';
import { must } from '../kit/requirement.ts';
import type { Doc } from '../kit/xml.ts';

/** Values by full names: `geo:box`, `searchTerms`, `time:start`. */
export type Values = { readonly [parameter: string]: string | number };

export interface Template {
  readonly type: string;
  readonly rel: string;
  readonly parameters: ReadonlySet<string>;
  /** Address with the values in it; every other optional parameter stands there empty, as clients leave it. */
  readonly fill: (values: Values) => string;
}

/** Templates of a description document. */
export function templatesOf(description: Doc): readonly Template[] {
  return description.nodes('/os:OpenSearchDescription/os:Url').map((url) => {
    const template = url.text('@template');
    const parameters = new Set([...template.matchAll(/\{([^}?]+)\??\}/g)].map((match) => match[1] ?? ''));
    return {
      type: url.text('@type'),
      rel: url.text('@rel') || 'results',
      parameters,
      fill: (values) =>
        template.replaceAll(/\{([^}?]+)(\??)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? ''))),
    };
  });
}

export const findTemplate = (templates: readonly Template[], type: string, rel = 'results'): Template | undefined =>
  templates.find((template) => template.type === type && template.rel === rel);

export interface Facts {
  readonly description: Answer;
  readonly templates: readonly Template[];
  /** The Atom search over data sets: of a collection with a place and a time, where the root document has none. */
  readonly search: Template;
  readonly searchDescription: Answer;
  /** The first entries of everything. */
  readonly feed: Answer;
}

/** An Atom answer of a search; a Fault unless it is one, with the numbers that every answer has. */
export async function feedOf(http: Http, template: Template, values: Values): Promise<Answer> {
  const answer = await http.get(template.fill(values));
  must(answer.status === 200, `status 200 expected, ${answer.status} found`, answer);
  must(
    answer.media === 'application/atom+xml',
    `Content-Type application/atom+xml expected, "${answer.type}" found`,
    answer,
  );
  const feed = answer.xml();
  must(feed.name === 'feed' && feed.namespace === 'http://www.w3.org/2005/Atom', 'the answer is no Atom feed', answer);
  return answer;
}

export const total = (feed: Answer): number => Number(feed.xml().text('/atom:feed/os:totalResults') || Number.NaN);
export const entries = (feed: Answer): readonly Doc[] => feed.xml().nodes('/atom:feed/atom:entry');
export const identifiers = (feed: Answer): readonly string[] => feed.xml().all('/atom:feed/atom:entry/dc:identifier');

/** Latitude and longitude of the first entry that has a point, west south east north of those that have a polygon. */
export function placesOf(entry: Doc): readonly (readonly [latitude: number, longitude: number])[] {
  const numbers = entry
    .all('georss:point | georss:polygon | georss:line | georss:box | .//gml31:pos | .//gml31:posList')
    .join(' ')
    .split(/\s+/)
    .filter((text) => text !== '')
    .map(Number);
  const places: [number, number][] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) places.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
  return places;
}
