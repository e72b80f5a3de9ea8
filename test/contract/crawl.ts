// Follows the own links of documents: pages, feeds, descriptions, records, JSON. A link is own when it begins with the base URL.

export interface Fetched {
  readonly status: number;
  readonly type: string;
  readonly location: string | null;
  readonly body: string;
}

export interface CrawlOptions {
  /** Without a slash at its end. */
  readonly base: string;
  readonly fetch: (address: string) => Promise<Fetched>;
  readonly start: readonly string[];
  readonly allowed: ReadonlySet<number>;
  /** Addresses of the same shape that are followed; those of `start` always are. */
  readonly perShape: number;
  /** Addresses of one path, whatever their query: conditions of a search combine without end. */
  readonly perPath: number;
  readonly parallel?: number;
}

export interface CrawlReport {
  readonly answers: ReadonlyMap<number, number>;
  readonly shapes: ReadonlySet<string>;
  /** `404 address, linked from document`. */
  readonly broken: readonly string[];
}

function decodeEntities(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

/**
 * A template filled as a client does: of OpenSearch, optional parameters empty, words and boxes with an example; of the old addresses, as
 * EPOS has them (`path/{startDate}{?a, b}`), a day in the path and nothing behind it.
 */
function fill(template: string): string {
  return template
    .replace(/\{\?.*$/, '')
    .replace(/\{\w*Date\}/g, '2016-06-29')
    .replace(/\{(?:[\w]+:)?\w+\?\}/g, '')
    .replace(/\{searchTerms\}/g, 'lava')
    .replace(/\{[^}]*\}/g, '1');
}

/** The queries of EDR are named without the place that every one of them wants. */
function withPlace(address: string): string {
  return address
    .replace(/(\/edr\/collections\/\w+\/position)$/, '$1?coords=POINT(3%2045.8)')
    .replace(/(\/edr\/collections\/\w+\/area)$/, '$1?coords=POLYGON((2%2044,4%2044,4%2046,2%2044))');
}

/** Own addresses in a document, absolute, without fragments. */
export function ownLinks(type: string, body: string, base: string): readonly string[] {
  const { origin, pathname } = new URL(base);
  const found = new Set<string>();
  if (type.startsWith('text/html')) {
    for (const [, attribute = ''] of body.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
      const address = decodeEntities(attribute);
      if (address.startsWith(`${pathname}/`)) found.add(origin + address);
      else if (address.startsWith(base)) found.add(address);
    }
  } else {
    // Content of a feed is HTML inside XML: decoded twice.
    const text = type.includes('json') ? body : decodeEntities(decodeEntities(body));
    // Cells of comma separated values touch each other.
    const end = type.startsWith('text/csv') ? ',' : '';
    const pattern = new RegExp(`${base.replace(/[.*+?^$|()[\]\\]/g, '\\$&')}(?=[/?#"'<\\s])[^\\s"'<>\\\\${end}]*`, 'g');
    for (const [address] of text.matchAll(pattern)) found.add(withPlace(fill(address).replace(/[.,;)}]+$/, '')));
  }
  return [...found].map((address) => address.split('#')[0] ?? '').filter((address) => address !== '');
}

/** Addresses that differ only in numbers and in values of their query have one shape; a format and a language stay. */
export function shapeOf(address: string): string {
  const { pathname, searchParams } = new URL(address);
  const names = [...new Set(searchParams.keys())].map((name) =>
    name === 'f' || name === 'lang' ? `${name}=${searchParams.get(name)}` : name,
  );
  return `${decodeURIComponent(pathname).replace(/\d+/g, '0')}?${names.sort().join('&')}`;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Follows breadth first from the start; gives what answered how, and every address that did not answer as it should. */
export async function crawl(options: CrawlOptions): Promise<CrawlReport> {
  const { base, allowed, perShape, perPath, parallel = 8 } = options;
  const answers = new Map<number, number>();
  const broken: string[] = [];
  const shapes = new Map<string, number>();
  const paths = new Map<string, number>();
  const known = new Set<string>(options.start);
  const queue: { readonly address: string; readonly from: string }[] = options.start.map((address) => ({
    address,
    from: 'start',
  }));

  const offer = (address: string, from: string): void => {
    if (known.has(address)) return;
    const shape = shapeOf(address);
    const [path = ''] = shape.split('?');
    if ((shapes.get(shape) ?? 0) >= perShape || (paths.get(path) ?? 0) >= perPath) return;
    count(shapes, shape);
    count(paths, path);
    known.add(address);
    queue.push({ address, from });
  };

  async function follow({ address, from }: { readonly address: string; readonly from: string }): Promise<void> {
    const answer = await options.fetch(address);
    count(answers, answer.status);
    if (!allowed.has(answer.status)) broken.push(`${answer.status} ${address}, linked from ${from}`);
    else if (answer.location?.startsWith(base)) offer(answer.location, address);
    else if (answer.status === 200) for (const link of ownLinks(answer.type, answer.body, base)) offer(link, address);
  }

  while (queue.length > 0) await Promise.all(queue.splice(0, parallel).map(follow));
  return { answers, shapes: new Set(shapes.keys()), broken };
}
