// The capabilities documents, section by section: OWS 1.1 for WPS 1.0.0 (05-007r7, 8.3), OWS 2.0 for WPS 2.0 (14-065r2, GetCapabilities). In 1.0.0 nothing but
// the service and the processes has an Identifier, Title or Abstract: clients pair them by their order in the document.
import { owsServiceProvider } from '../../formats/writers/ows-provider.ts';
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import type { ProcessDescription } from '../../model/process.ts';
import type { Site } from '../../model/site.ts';
import { inLanguage, type Language, type Localised } from '../../model/text.ts';
import {
  DIALECTS,
  JOB_CONTROL,
  LANGUAGE_TAGS,
  OPERATIONS,
  type Operation,
  type Path,
  TRANSMISSION,
  type Version,
  XLINK,
} from './vocabulary.ts';

export interface CapabilitiesParts {
  readonly site: Site;
  readonly links: Links;
  readonly processes: readonly ProcessDescription[];
}

const TITLE: Localised = { en: 'data processing', fr: 'traitement de données' };
const ABSTRACT: Localised = {
  en: 'Conversion, statistics, extraction and comparison of observations, of this catalogue’s records or of files sent along.',
  fr: 'Conversion, statistiques, extraction et comparaison d’observations, des notices de ce catalogue ou de fichiers joints.',
};

const words = (name: string, text: string): string => `<ows:${name}>${xmlText(text)}</ows:${name}>`;

function keywordsOf(processes: readonly ProcessDescription[]): string {
  const all = [...new Set(processes.flatMap(({ keywords }) => keywords))];
  return all.length === 0 ? '' : `<ows:Keywords>${all.map((each) => words('Keyword', each)).join('')}</ows:Keywords>`;
}

function identification(version: Version, { site, processes }: CapabilitiesParts, language: Language): string {
  return (
    `<ows:ServiceIdentification>${words('Title', `${inLanguage(site.title, language)}: ${inLanguage(TITLE, language)}`)}` +
    `${words('Abstract', inLanguage(ABSTRACT, language))}${keywordsOf(processes)}` +
    `<ows:ServiceType>WPS</ows:ServiceType><ows:ServiceTypeVersion>${version}</ows:ServiceTypeVersion>` +
    '<ows:Fees>NONE</ows:Fees><ows:AccessConstraints>NONE</ows:AccessConstraints></ows:ServiceIdentification>'
  );
}

function operations(version: Version, path: Path, links: Links): string {
  const address = links.url(path);
  const post = `<ows:Post xlink:href="${xmlAttribute(address)}"/>`;
  // Clients of version 1.0.0 append their pairs to this address as it stands.
  const get = `<ows:Get xlink:href="${xmlAttribute(version === '1.0.0' ? `${address}?` : address)}"/>`;
  const rows = OPERATIONS[version].map((name: Operation) => {
    const hasPairs = version === '1.0.0' || name !== 'Execute';
    return `<ows:Operation name="${name}"><ows:DCP><ows:HTTP>${hasPairs ? get : ''}${post}</ows:HTTP></ows:DCP></ows:Operation>`;
  });
  return `<ows:OperationsMetadata>${rows.join('')}</ows:OperationsMetadata>`;
}

function offerings1({ processes }: CapabilitiesParts, language: Language): string {
  const rows = processes.map(
    ({ id, version, title, abstract }) =>
      `<wps:Process wps:processVersion="${xmlAttribute(version)}">${words('Identifier', id)}` +
      `${words('Title', inLanguage(title, language))}${words('Abstract', inLanguage(abstract, language))}</wps:Process>`,
  );
  return `<wps:ProcessOfferings>${rows.join('')}</wps:ProcessOfferings>`;
}

function languages1(): string {
  const tags = Object.values(LANGUAGE_TAGS).map((tag) => `<ows:Language>${tag}</ows:Language>`);
  return `<wps:Languages><wps:Default>${tags[0]}</wps:Default><wps:Supported>${tags.join('')}</wps:Supported></wps:Languages>`;
}

function contents2({ processes }: CapabilitiesParts, language: Language): string {
  const rows = processes.map(({ id, version, title, abstract, keywords }) => {
    const list = keywords.map((each) => words('Keyword', each)).join('');
    return (
      `<wps:ProcessSummary jobControlOptions="${JOB_CONTROL}" outputTransmission="${TRANSMISSION}" processVersion="${xmlAttribute(version)}">` +
      `${words('Title', inLanguage(title, language))}${words('Abstract', inLanguage(abstract, language))}` +
      `${list === '' ? '' : `<ows:Keywords>${list}</ows:Keywords>`}${words('Identifier', id)}</wps:ProcessSummary>`
    );
  });
  return `<wps:Contents>${rows.join('')}</wps:Contents>`;
}

/** Sections that a request of version 2.0 may choose (OGC 06-121r9, 7.3.3). `Contents` stands in every document: its schema wants it. */
export const SECTIONS = ['ServiceIdentification', 'ServiceProvider', 'OperationsMetadata', 'Languages', 'Contents'];

/** The sections of a version at an address in a language, in their order. */
export function capabilitiesSections(
  version: Version,
  path: Path,
  language: Language,
  parts: CapabilitiesParts,
): ReadonlyMap<string, string> {
  const { links, site } = parts;
  const first: readonly (readonly [string, string])[] = [
    ['ServiceIdentification', identification(version, parts, language)],
    ['ServiceProvider', owsServiceProvider(site.organisation, links.url('/'))],
    ['OperationsMetadata', operations(version, path, links)],
  ];
  if (version === '1.0.0')
    return new Map([...first, ['Contents', offerings1(parts, language)], ['Languages', languages1()]]);
  const tags = Object.values(LANGUAGE_TAGS).map((tag) => `<ows:Language>${tag}</ows:Language>`);
  return new Map([
    ...first,
    ['Languages', `<ows:Languages>${tags.join('')}</ows:Languages>`],
    ['Contents', contents2(parts, language)],
  ]);
}

/** The document around sections, without XML declaration. */
export function capabilitiesDocument(
  version: Version,
  sections: string,
  updateSequence: string,
  language: Language,
): string {
  const { wps, ows } = DIALECTS[version];
  return (
    `<wps:Capabilities xmlns:wps="${wps}" xmlns:ows="${ows}" xmlns:xlink="${XLINK}" service="WPS" version="${version}" ` +
    `${version === '1.0.0' ? `xml:lang="${LANGUAGE_TAGS[language]}" ` : ''}updateSequence="${updateSequence}">${sections}</wps:Capabilities>`
  );
}
