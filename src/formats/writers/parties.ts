// Who stands behind a record, for documents about publications: creators, the publisher, and the schemes of organisations' identifiers.
import type { Contact, Role } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Site } from '../../model/site.ts';

/** Roles whose holders made the data, or had them made. */
export const CREATOR_ROLES: readonly Role[] = ['author', 'originator', 'principalInvestigator', 'owner'];

/** Each organisation once, in the order of the record. */
export function distinct(contacts: readonly Contact[]): readonly Contact[] {
  return [...new Map([...contacts].reverse().map((contact) => [contact.organisation, contact])).values()].reverse();
}

/** The record's publisher, else its distributor, else the site's organisation. */
export function publisherOf(record: CatalogRecord, site: Site): Contact {
  const inRole = (role: Role) => record.contacts.find((contact) => contact.role === role);
  return inRole('publisher') ?? inRole('distributor') ?? site.organisation;
}

/** ROR, ISNI or another scheme with addresses; undefined where there is no address. */
export function organisationScheme(
  identifier: string | undefined,
): { readonly scheme: string; readonly schemeUri: string } | undefined {
  if (identifier === undefined) return undefined;
  if (/^https?:\/\/(www\.)?isni\.org\//.test(identifier)) return { scheme: 'ISNI', schemeUri: 'https://isni.org' };
  if (/^https?:\/\/ror\.org\//.test(identifier)) return { scheme: 'ROR', schemeUri: 'https://ror.org' };
  const origin = /^https?:\/\/[^/]+/.exec(identifier)?.[0];
  return origin === undefined ? undefined : { scheme: 'URL', schemeUri: origin };
}
