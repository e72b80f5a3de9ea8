// Which of our own things an address names: it is then read here, with the caller's rights, and no request is sent to ourselves.

export type OwnThing =
  | {
      readonly kind: 'record';
      readonly key: { readonly service: string; readonly id: number } | { readonly identifier: string };
    }
  | { readonly kind: 'rows'; readonly service: string }
  | { readonly kind: 'file'; readonly asset: string }
  | { readonly kind: 'result'; readonly job: string; readonly output: string };

const UUID = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';

type Reader = readonly [pattern: RegExp, read: (groups: readonly string[]) => OwnThing];

const numbered = ([service = '', id = '']: readonly string[]): OwnThing => ({
  kind: 'record',
  key: { service, id: Number(id) },
});

/** Paths of design section 5 below which data of a record can be had. */
const READERS: readonly Reader[] = [
  [/^\/(?:data|id|id\/record|quicklook)\/([a-z0-9_-]+)\/(\d{1,9})(?:\.\w+)?$/, numbered],
  [/^\/([a-z0-9_-]+)\/data\/id\/(\d{1,9})(?:\/\w+)?$/, numbered],
  [
    /^\/(?:records|collections\/[a-z0-9_-]+\/items)\/([^/]+)$/,
    ([identifier = '']) => ({ kind: 'record', key: { identifier } }),
  ],
  [/^\/(?:data|id)\/([a-z0-9_-]+)$/, ([service = '']) => ({ kind: 'rows', service })],
  [new RegExp(`^/files/(${UUID})(?:/[^/]*)?$`), ([asset = '']) => ({ kind: 'file', asset: asset.toLowerCase() })],
  [
    new RegExp(`^/jobs/(${UUID})/results/([A-Za-z0-9_.-]+)(?:/[^/]*)?$`),
    ([job = '', output = '']) => ({ kind: 'result', job: job.toLowerCase(), output }),
  ],
];

/** The path below the base URL; null: another site's. Addresses that begin with `/` are ours. */
export function ownPath(href: string, baseUrl: string): string | null {
  const base = new URL(baseUrl);
  const url = URL.canParse(href, `${baseUrl}/`) ? new URL(href, `${baseUrl}/`) : null;
  const prefix = base.pathname.replace(/\/$/, '');
  if (url === null || url.origin !== base.origin) return null;
  if (href.startsWith('/') && !href.startsWith('//') && !url.pathname.startsWith(`${prefix}/`)) return url.pathname;
  return url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : null;
}

/** null: the path names nothing whose data can be had. */
export function ownThing(path: string): OwnThing | null {
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return null;
  }
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(plain);
    if (match !== null) return read(match.slice(1));
  }
  return null;
}
