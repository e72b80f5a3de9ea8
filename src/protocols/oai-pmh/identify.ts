// Identify (OAI-PMH 2.0, 4.2), ListMetadataFormats (4.4) and ListSets (4.6): what the repository is, and what can be asked of it.
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Site } from '../../model/site.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Identifiers } from './identifiers.ts';
import type { OfferedPrefix } from './prefixes.ts';
import type { Sets } from './sets.ts';

export interface Repository {
  readonly baseUrl: string;
  readonly site: Site;
  readonly email: string;
  readonly identifiers: Identifiers;
  /** Identifier of a record, as an example. */
  readonly sample: string;
}

const schema = (namespace: string, location: string): string =>
  `xmlns="${namespace}" xsi:schemaLocation="${namespace} ${location}"`;

/** The description of the form of our identifiers (oai-identifier 2.0). */
function identifierDescription({ identifiers, sample }: Repository): string {
  if (!identifiers.isRegistrable) return '';
  const name = schema(
    'http://www.openarchives.org/OAI/2.0/oai-identifier',
    'http://www.openarchives.org/OAI/2.0/oai-identifier.xsd',
  );
  return `<description><oai-identifier ${name}><scheme>oai</scheme><repositoryIdentifier>${xmlText(identifiers.domain)}</repositoryIdentifier><delimiter>:</delimiter><sampleIdentifier>${xmlText(identifiers.print(sample))}</sampleIdentifier></oai-identifier></description>`;
}

/** Under which licence the metadata are given (rights manifest of the OAI rights guidelines): the site's own. */
function rightsDescription({ site }: Repository): string {
  const name = schema(
    'http://www.openarchives.org/OAI/2.0/rights/',
    'http://www.openarchives.org/OAI/2.0/rightsManifest.xsd',
  );
  return `<description><rightsManifest ${name} appliesTo="http://www.openarchives.org/OAI/2.0/entity#metadata"><rights><rightsReference ref="${xmlAttribute(site.licence.url)}"/></rights></rightsManifest></description>`;
}

/** The address for questions: of the point of contact, else of the organisation. Throws where there is none, for the protocol demands one. */
export function adminEmail(site: Site): string {
  const contacts = [
    ...site.contacts.filter(({ role }) => role === 'pointOfContact'),
    site.organisation,
    ...site.contacts,
  ];
  const email = contacts.find((contact) => contact.email !== undefined)?.email;
  if (email === undefined) throw new Error('OAI-PMH needs an e-mail address of a contact in site.json');
  return email;
}

/** `earliest`: lower bound of all datestamps. */
export function identifyElement(repository: Repository, earliest: string, language: Language): string {
  const { baseUrl, site, email } = repository;
  return [
    `<Identify><repositoryName>${xmlText(inLanguage(site.title, language))}</repositoryName>`,
    `<baseURL>${xmlText(baseUrl)}</baseURL><protocolVersion>2.0</protocolVersion>`,
    `<adminEmail>${xmlText(email)}</adminEmail><earliestDatestamp>${earliest}</earliestDatestamp>`,
    '<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity><compression>gzip</compression><compression>br</compression>',
    `${identifierDescription(repository)}${rightsDescription(repository)}</Identify>`,
  ].join('');
}

export function formatsElement(prefixes: Iterable<OfferedPrefix>): string {
  const formats = [...prefixes].map(
    ({ prefix, namespace, schema: location }) =>
      `<metadataFormat><metadataPrefix>${xmlText(prefix)}</metadataPrefix><schema>${xmlText(location)}</schema><metadataNamespace>${xmlText(namespace)}</metadataNamespace></metadataFormat>`,
  );
  return `<ListMetadataFormats>${formats.join('')}</ListMetadataFormats>`;
}

/** A set's description is the abstract of its observation service, in Dublin Core. */
function setDescription(text: string): string {
  const name = schema('http://www.openarchives.org/OAI/2.0/oai_dc/', 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd');
  return `<setDescription><dc ${name}><description xmlns="http://purl.org/dc/elements/1.1/">${xmlText(text)}</description></dc></setDescription>`;
}

/** All sets in one answer: there are as many as the mappings name, not as many as records. */
export function setsElement(sets: Sets, language: Language): string {
  const elements = sets.all.map(({ spec, name, description }) => {
    const described = description === undefined ? '' : setDescription(inLanguage(description, language));
    return `<set><setSpec>${xmlText(spec)}</setSpec><setName>${xmlText(inLanguage(name, language))}</setName>${described}</set>`;
  });
  return `<ListSets>${elements.join('')}</ListSets>`;
}
