// Pages of records as search engines find them (robots.txt, sitemap) and the documents that each page offers beside itself.
import type { Answer, Http } from '../kit/http.ts';
import { must } from '../kit/requirement.ts';

export interface Offer {
  readonly type: string;
  readonly title: string;
  readonly href: string;
}
export interface Document extends Offer {
  readonly answer: Answer;
}
export interface RecordPage {
  readonly answer: Answer;
  readonly offers: readonly Offer[];
  /** JSON-LD of the page itself. */
  readonly jsonLd: readonly string[];
}
export interface Facts {
  readonly robots: Answer;
  readonly sitemaps: readonly Answer[];
  readonly pages: readonly RecordPage[];
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

function attributesOf(tag: string): { readonly [name: string]: string } {
  return Object.fromEntries(
    [...tag.matchAll(/([a-z:-]+)="([^"]*)"/gi)].map((match) => [
      String(match[1]).toLowerCase(),
      unescaped(match[2] ?? ''),
    ]),
  );
}

export function pageOf(answer: Answer): RecordPage {
  const links = [...answer.text.matchAll(/<link\b[^>]*>/gi)].map((match) => attributesOf(match[0]));
  const scripts = [...answer.text.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/gi)];
  return {
    answer,
    offers: links
      .filter(({ rel, type }) => rel === 'alternate' && type !== undefined && type !== 'text/html')
      .map(({ type = '', title = '', href = '' }) => ({ type, title, href: new URL(href, answer.sent.url).href })),
    jsonLd: scripts.map((match) => match[1] ?? ''),
  };
}

/** Follows redirects, as a robot does. */
export async function page(http: Http, address: string): Promise<Answer> {
  let at = address;
  for (let steps = 0; steps < 5; steps++) {
    const answer = await http.get(at, { Accept: 'text/html' });
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    at = new URL(location, at).href;
  }
  throw new Error(`too many redirects from ${address}`);
}

/** The documents of every page whose media type is one of these (and whose title, where several formats share a type, holds the word). */
export async function documents(
  http: Http,
  { pages }: Facts,
  types: readonly string[],
  word = '',
): Promise<readonly Document[]> {
  const found: Document[] = [];
  for (const { offers } of pages) {
    for (const offer of offers.filter(({ type, title }) => types.includes(type) && title.includes(word))) {
      const answer = await http.once(offer.href, { Accept: offer.type });
      must(answer.status === 200, `${offer.title}: status ${answer.status}`, answer);
      found.push({ ...offer, answer });
    }
  }
  return found;
}
