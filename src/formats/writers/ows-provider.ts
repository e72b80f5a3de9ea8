// Who offers an OGC web service: ServiceProvider of OWS Common 1.0 (05-008), 1.1 (06-121r3) and 2.0 (06-121r9), clause 7; the same in all three.
import type { Contact } from '../../model/description.ts';
import { xmlAttribute, xmlText } from './text.ts';

/** One `ows:ServiceProvider` element. `home`: address of the catalogue's own page. */
export function owsServiceProvider({ organisation, email, address, url }: Contact, home: string): string {
  const line = (name: string, text: string | undefined): string =>
    text === undefined ? '' : `<ows:${name}>${xmlText(text)}</ows:${name}>`;
  return (
    `<ows:ServiceProvider><ows:ProviderName>${xmlText(organisation)}</ows:ProviderName>` +
    `<ows:ProviderSite xlink:type="simple" xlink:href="${xmlAttribute(url ?? home)}"/>` +
    `<ows:ServiceContact><ows:IndividualName>${xmlText(organisation)}</ows:IndividualName><ows:ContactInfo><ows:Address>` +
    line('DeliveryPoint', address?.street) +
    line('City', address?.city) +
    line('PostalCode', address?.postalCode) +
    line('Country', address?.country) +
    line('ElectronicMailAddress', email) +
    `</ows:Address><ows:OnlineResource xlink:type="simple" xlink:href="${xmlAttribute(home)}"/></ows:ContactInfo>` +
    '<ows:Role>pointOfContact</ows:Role></ows:ServiceContact></ows:ServiceProvider>'
  );
}
