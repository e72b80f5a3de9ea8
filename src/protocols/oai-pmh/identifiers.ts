// Identifiers of items, `oai:{domain}:{record}` (OAI identifier format 2.0): the record's own identifier stands behind the last part of ours.

export interface Identifiers {
  readonly print: (identifier: string) => string;
  /** The record's identifier; null when it cannot be one of ours. */
  readonly parse: (text: string) => string | null;
  readonly domain: string;
  /** Has the domain the form that the identifier format wants? An address of numbers or a name without a dot has not. */
  readonly isRegistrable: boolean;
}

const DOMAIN = /^[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z][A-Za-z0-9-]*)+$/;
const OTHERS = /[^\w\-.!~*'();/?:@&=+$,]/gu;

/** The domain is that of the public base URL: it must stay the same for as long as anybody harvests. */
export function createIdentifiers(baseUrl: string): Identifiers {
  const domain = new URL(baseUrl).hostname;
  const prefix = `oai:${domain}:`;
  const print = (identifier: string): string =>
    prefix + identifier.replace(OTHERS, (character) => encodeURIComponent(character));
  return {
    domain,
    isRegistrable: DOMAIN.test(domain),
    print,
    parse(text) {
      if (!text.startsWith(prefix)) return null;
      try {
        const identifier = decodeURIComponent(text.slice(prefix.length));
        return print(identifier) === text ? identifier : null;
      } catch {
        return null;
      }
    },
  };
}
