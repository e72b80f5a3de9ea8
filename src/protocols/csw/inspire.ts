// Extended capabilities of an INSPIRE discovery service (technical guidance for discovery services 3.1, scenario 2: the metadata elements themselves).
// They stand in ows:ExtendedCapabilities, whose content is free, so that the document stays valid against the schemas of CSW alone.
import { xmlText } from '../../formats/writers/text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { Language } from '../../model/text.ts';

const DS = 'http://inspire.ec.europa.eu/schemas/inspire_ds/1.0';
const COMMON = 'http://inspire.ec.europa.eu/schemas/common/1.0';
/** ISO 639-2/B. */
const CODES: { readonly [L in Language]: string } = { en: 'eng', fr: 'fre' };

export function inspireCapabilities(address: string, { site, services }: Mappings, language: Language): string {
  const dates = services.map(({ published }) => published.slice(0, 10)).sort();
  const date = dates.at(-1) ?? '2010-01-01';
  const element = (name: string, content: string): string =>
    `<inspire_common:${name}>${content}</inspire_common:${name}>`;
  const locator =
    element('URL', xmlText(`${address}?service=CSW&version=2.0.2&request=GetCapabilities`)) +
    element('MediaType', 'application/xml');
  const specification =
    `<inspire_common:Specification>${element('Title', 'Commission Regulation (EC) No 976/2009')}` +
    `${element('DateOfPublication', '2009-10-19')}</inspire_common:Specification>`;
  const contact =
    element('OrganisationName', xmlText(site.organisation.organisation)) +
    element('EmailAddress', xmlText(site.organisation.email ?? ''));
  const languages =
    element('DefaultLanguage', element('Language', CODES.en)) +
    element('SupportedLanguage', element('Language', CODES.fr));
  return (
    `<ows:ExtendedCapabilities><inspire_ds:ExtendedCapabilities xmlns:inspire_ds="${DS}" xmlns:inspire_common="${COMMON}">` +
    element('ResourceLocator', locator) +
    element('ResourceType', 'service') +
    element('TemporalReference', element('DateOfLastRevision', date)) +
    element('Conformity', specification + element('Degree', 'notEvaluated')) +
    element('MetadataPointOfContact', contact) +
    element('MetadataDate', date) +
    element('SpatialDataServiceType', 'discovery') +
    element('MandatoryKeyword', element('KeywordValue', 'infoCatalogueService')) +
    element('SupportedLanguages', languages) +
    element('ResponseLanguage', element('Language', CODES[language])) +
    '</inspire_ds:ExtendedCapabilities></ows:ExtendedCapabilities>'
  );
}
