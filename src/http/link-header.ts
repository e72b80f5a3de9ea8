// The Link header (RFC 8288, 3): targets are made safe for a header, titles beyond ASCII are written as RFC 8187 wants.

export interface HeaderLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly hreflang?: string | undefined;
}

/** A lone surrogate, which has no UTF-8, becomes U+FFFD. */
const encode = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

/** Percent-encodes what may not stand in a header or would end the target: controls, blanks, `<>"` and everything beyond ASCII. */
function safeTarget(href: string): string {
  return href.replace(/[^\x21\x23-\x3b\x3d\x3f-\x7e]+/g, (text) => encode(text));
}

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function titlePart(title: string): string {
  if (/^[\x20-\x7e]*$/.test(title)) return `title=${quoted(title)}`;
  const encoded = encode(title).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `title*=UTF-8''${encoded}`;
}

/** Value of one Link header for all links, in their order; empty text for none. */
export function linkHeader(links: readonly HeaderLink[]): string {
  return links
    .map(({ rel, href, type, title, hreflang }) =>
      [
        `<${safeTarget(href)}>`,
        `rel=${quoted(rel)}`,
        ...(type ? [`type=${quoted(type)}`] : []),
        ...(hreflang ? [`hreflang=${quoted(hreflang)}`] : []),
        ...(title ? [titlePart(title)] : []),
      ].join('; '),
    )
    .join(', ');
}
