// The larger parts of an ISO 19139 document: parties, keywords, constraints, links.
import type { Contact, Link, LinkRole, Role, ThemeReference } from '../../model/description.ts';
import { ROLES } from '../../model/description.ts';
import type { Language } from '../../model/text.ts';
import { attributeOf, elementsOf, type XmlElement } from '../syntax/xml.ts';
import { iso, type Locales, propertyCode, propertyLink, propertyText, propertyTexts } from './iso-text.ts';
import type { ReadRecord } from './read-record.ts';

/** Organisations alone: a party that names only a person is left out. */
export function readContacts(properties: readonly XmlElement[]): readonly Contact[] {
  return properties.flatMap((property) => {
    const party = iso.first(property, 'gmd:CI_ResponsibleParty');
    const at = (path: string): string | null => propertyText(iso.first(party, path));
    const organisation = at('gmd:organisationName');
    if (party === undefined || organisation === null) return [];
    const role = propertyCode(iso.first(party, 'gmd:role'));
    const address = 'gmd:contactInfo/gmd:CI_Contact/gmd:address/gmd:CI_Address';
    const place = present({
      street: at(`${address}/gmd:deliveryPoint`),
      city: at(`${address}/gmd:city`),
      postalCode: at(`${address}/gmd:postalCode`),
      country: at(`${address}/gmd:country`),
    });
    const contact: Contact = {
      organisation,
      role: ROLES.includes(role as Role) ? (role as Role) : 'pointOfContact',
      ...present({
        email: at(`${address}/gmd:electronicMailAddress`),
        url: at('gmd:contactInfo/gmd:CI_Contact/gmd:onlineResource/gmd:CI_OnlineResource/gmd:linkage'),
        identifier: attributeOf(party, 'uuid') ?? null,
      }),
      ...(Object.keys(place).length === 0 ? {} : { address: place }),
    };
    return [contact];
  });
}

/** Terms with an address are themes, those of type `place` places, all others keywords. */
export function readKeywords(
  identification: XmlElement | undefined,
  main: Language,
  locales: Locales,
): Pick<ReadRecord, 'keywords' | 'places' | 'themes'> {
  const keywords: string[] = [];
  const places: string[] = [];
  const themes: ThemeReference[] = [];
  for (const block of iso.all(identification, 'gmd:descriptiveKeywords/gmd:MD_Keywords')) {
    const isPlace = propertyCode(iso.first(block, 'gmd:type')) === 'place';
    for (const keyword of iso.all(block, 'gmd:keyword')) {
      const texts = propertyTexts(keyword, main, locales);
      const text = texts[main] ?? propertyText(keyword);
      const uri = propertyLink(keyword);
      if (text === null) continue;
      if (isPlace) places.push(text);
      else if (uri !== null) themes.push({ label: texts, uri });
      else keywords.push(text);
    }
  }
  return { keywords, places, themes };
}

/** Licence and access level. The level follows the classification, else the INSPIRE term; our own code, where it stands, is exact. */
export function readConstraints(identification: XmlElement | undefined): Pick<ReadRecord, 'licence' | 'authorization'> {
  let licence: ReadRecord['licence'] = null;
  let authorization: number | null = null;
  for (const legal of iso.all(identification, 'gmd:resourceConstraints/gmd:MD_LegalConstraints')) {
    const others = iso.all(legal, 'gmd:otherConstraints');
    const link = others.map(propertyLink).find((each) => each !== null) ?? null;
    if (iso.first(legal, 'gmd:accessConstraints') !== undefined) authorization ??= levelOfTerm(link);
    if (iso.first(legal, 'gmd:useConstraints') === undefined || licence !== null) continue;
    const anchor = others.find((each) => propertyLink(each) !== null);
    const text = others.find((each) => propertyLink(each) === null) ?? iso.first(legal, 'gmd:useLimitation');
    licence = { id: propertyText(anchor), title: propertyText(text), url: link };
  }
  const classification = propertyCode(
    iso.first(identification, 'gmd:resourceConstraints/gmd:MD_SecurityConstraints/gmd:classification'),
  );
  if (classification === 'unclassified') authorization = 0;
  else if (classification === 'restricted') authorization = 1;
  else if (classification !== null) authorization = 3;
  return { licence, authorization };
}

/** The INSPIRE code list LimitationsOnPublicAccess: no limitation, or one of the reasons of Article 13. */
function levelOfTerm(uri: string | null): number | null {
  if (uri?.endsWith('/noLimitations')) return 0;
  return uri?.includes('/INSPIRE_Directive_Article13_1') ? 1 : null;
}

const PROTOCOLS: { readonly [protocol: string]: LinkRole } = {
  'WWW:DOWNLOAD-1.0-http--download': 'data',
  'WWW:LINK-1.0-http--link': 'landing',
  DOI: 'doi',
  OpenSearch: 'search',
  'WWW:LINK-1.0-http--related': 'related',
};
const FUNCTIONS: { readonly [code: string]: LinkRole } = { download: 'data', search: 'search' };

/** Online resources and images. A protocol that is not the usual one of its role is kept. */
export function readLinks(root: XmlElement, identification: XmlElement | undefined): readonly Link[] {
  const links = iso
    .all(root, 'gmd:distributionInfo/**/gmd:onLine/gmd:CI_OnlineResource')
    .flatMap((resource): Link[] => {
      const at = (name: string): string | null => propertyText(iso.first(resource, name));
      const href = at('gmd:linkage');
      if (href === null) return [];
      const protocol = at('gmd:protocol');
      const description = at('gmd:description');
      const code = propertyCode(iso.first(resource, 'gmd:function'));
      const known = protocol !== null && Object.hasOwn(PROTOCOLS, protocol) ? PROTOCOLS[protocol] : undefined;
      const role = known ?? (code === null ? undefined : FUNCTIONS[code]) ?? 'related';
      const type = description !== null && /^[a-z]+\/[\w.+-]+(;.*)?$/.test(description) ? description : null;
      return [
        { role, href, ...present({ type, title: at('gmd:name'), protocol: known === undefined ? protocol : null }) },
      ];
    });
  const images = iso.all(identification, 'gmd:graphicOverview/gmd:MD_BrowseGraphic').flatMap((image): Link[] => {
    const href = propertyText(iso.first(image, 'gmd:fileName'));
    const role = propertyText(iso.first(image, 'gmd:fileDescription')) === 'thumbnail' ? 'thumbnail' : 'quicklook';
    return href === null ? [] : [{ role, href, ...present({ type: propertyText(iso.first(image, 'gmd:fileType')) }) }];
  });
  return [...links, ...images];
}

/** Languages by the id of their PT_Locale. */
export function readLocales(root: XmlElement, languageOf: (code: string | null) => Language | null): Locales {
  const locales = new Map<string, Language>();
  for (const locale of iso.all(root, 'gmd:locale/gmd:PT_Locale')) {
    const language = languageOf(propertyCode(iso.first(locale, 'gmd:languageCode')));
    const id = locale.attributes.find((attribute) => attribute.name === 'id')?.value;
    if (language !== null && id !== undefined) locales.set(id, language);
  }
  return locales;
}

/** The metadata element itself, alone or within the answer of a protocol. */
export function findMetadata(root: XmlElement): XmlElement | undefined {
  if (iso.is(root, 'gmd:MD_Metadata') || iso.is(root, 'gmi:MI_Metadata')) return root;
  return elementsOf(root)
    .map(findMetadata)
    .find((found) => found !== undefined);
}

function present<K extends string>(values: { readonly [P in K]: string | null }): { readonly [P in K]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as { [P in K]?: string };
}
