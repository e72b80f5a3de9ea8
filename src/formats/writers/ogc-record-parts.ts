// Contacts and themes as OGC API Records 1.0 writes them (20-004r1, clauses 8.2.8 and 8.2.9); a record and a catalogue have the same.
import type { Contact, ThemeReference } from '../../model/description.ts';
import { inLanguage, type Language } from '../../model/text.ts';

/** Register of the ISO 19115 topic categories. */
const TOPICS = 'http://inspire.ec.europa.eu/metadata-codelist/TopicCategory';

interface Described {
  readonly themes: readonly ThemeReference[];
  readonly topics: readonly string[];
}

/** A thesaurus and the term in it: what stands before and behind the last `/` or `#`. */
function splitUri(uri: string): readonly [scheme: string, id: string] {
  const at = Math.max(uri.lastIndexOf('/'), uri.lastIndexOf('#'));
  return at > uri.indexOf('//') + 1 && at < uri.length - 1 ? [uri.slice(0, at), uri.slice(at + 1)] : [uri, uri];
}

/** Concepts by thesaurus. */
export function recordThemes({ themes, topics }: Described, language: Language): readonly object[] {
  const schemes = new Map<string, object[]>();
  const add = (scheme: string, concept: object): void => {
    const known = schemes.get(scheme);
    if (known === undefined) schemes.set(scheme, [concept]);
    else known.push(concept);
  };
  for (const theme of themes) {
    const [scheme, id] = splitUri(theme.uri);
    add(scheme, { id, title: inLanguage(theme.label, language), url: theme.uri });
  }
  for (const topic of topics) add(TOPICS, { id: topic, url: `${TOPICS}/${topic}` });
  return [...schemes].map(([scheme, concepts]) => ({ concepts, scheme }));
}

const HTTP = /^https?:\/\//;

function contactObject(contact: Contact, roles: readonly string[]): object {
  const { organisation, email, url, identifier, address } = contact;
  return {
    ...(identifier === undefined ? {} : { identifier }),
    organization: organisation,
    ...(email === undefined ? {} : { emails: [{ value: email }] }),
    ...(address === undefined
      ? {}
      : {
          addresses: [
            {
              ...(address.street === undefined ? {} : { deliveryPoint: [address.street] }),
              ...(address.city === undefined ? {} : { city: address.city }),
              ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
              ...(address.country === undefined ? {} : { country: address.country }),
            },
          ],
        }),
    roles,
    ...(url !== undefined && HTTP.test(url) ? { links: [{ rel: 'about', type: 'text/html', href: url }] } : {}),
  };
}

/** An organisation once, with all its roles. */
export function recordContacts(contacts: readonly Contact[]): readonly object[] {
  const merged = new Map<string, { readonly contact: Contact; readonly roles: string[] }>();
  for (const contact of contacts) {
    const { role, ...rest } = contact;
    const key = JSON.stringify(rest);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { contact, roles: [role] });
    else if (!known.roles.includes(role)) known.roles.push(role);
  }
  return [...merged.values()].map(({ contact, roles }) => contactObject(contact, roles));
}
