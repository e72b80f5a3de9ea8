// What EPOS is told: one DDSS of an observation service with everything that its description needs, and its addresses.
import type { Contact } from '../../model/description.ts';
import type { Box } from '../../model/geometry.ts';
import type { EposService, OldParameter, Service } from '../../model/service.ts';
import type { Site } from '../../model/site.ts';

export const PROFILES = ['v3', 'v1'] as const;
export type Profile = (typeof PROFILES)[number];

/** One DDSS. */
export interface Described {
  readonly service: Service;
  readonly epos: EposService;
  /** Parameters of the address that answers. */
  readonly parameters: readonly OldParameter[];
  /** When the records of the service last changed, `YYYY-MM-DDThh:mm:ssZ`. */
  readonly modified: string;
}

export interface Publisher {
  readonly site: Site;
  /** Absolute address of one of our paths. */
  readonly url: (path: string) => string;
}

/** File name of the description: `WP11-DDSS-024-voldorad.ttl`. */
export function fileOf({ ddss, file }: EposService): string {
  return `${ddss}-${file}.ttl`;
}

/** The strings of 2019 have no scheme; as addresses they get one, `dct:identifier` keeps the string. */
export function addressOf(identifier: string): string {
  return /^[a-z]+:/.test(identifier) ? identifier : `https://${identifier}`;
}

/** Parameters of the old address that a template belongs to. */
export function parametersOf(service: Service, { address }: EposService): readonly OldParameter[] {
  return service.old.templates.find(({ path }) => path === address)?.parameters ?? service.old.parameters;
}

/** Who publishes, as an address. */
export function publisherAddress({ site, url }: Publisher): string {
  const { identifier } = site.organisation;
  return identifier !== undefined && /^https?:/.test(identifier) ? identifier : url(`/id/org/${site.identifierPrefix}`);
}

/** The desk that answers; no person. */
export function contactAddress({ site, url }: Publisher): string {
  return url(`/id/org/${site.identifierPrefix}#contact`);
}

/** `https://isni.org/isni/0000000109416043` → its scheme and the number. */
export function organisationIdentifier(
  contact: Contact,
  fallback: string,
): { readonly scheme: string; readonly value: string } {
  const found = /^https?:\/\/(?:www\.)?(isni|ror)\.org\/(?:isni\/)?([^/]+)$/.exec(contact.identifier ?? '');
  if (found !== null) return { scheme: (found[1] ?? '').toUpperCase(), value: found[2] ?? '' };
  return { scheme: 'URL', value: contact.identifier ?? fallback };
}

/** Begin of the earliest data set. */
export function beginOf({ epos }: Described): string | null {
  return epos.datasets.reduce<string | null>(
    (first, { begin }) => (begin !== null && (first === null || begin < first) ? begin : first),
    null,
  );
}

/** The declared extent of the service. */
export function extentOf({ service }: Described): Box | null {
  return service.extent.bbox;
}
