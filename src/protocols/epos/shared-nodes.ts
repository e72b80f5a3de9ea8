// Nodes that both profiles write alike: who publishes and who answers, the themes, where the data are. Texts have no language tag, because
// the shapes of EPOS want xsd:string.
import { boxGeometry } from '../../formats/writers/antimeridian.ts';
import { iri, type Name, type Node, node, type Term, text, typed } from '../../formats/writers/rdf.ts';
import { decimal } from '../../formats/writers/text.ts';
import { wellKnownText } from '../../formats/writers/wkt-text.ts';
import type { Box } from '../../model/geometry.ts';
import { inLanguage, type Localised } from '../../model/text.ts';
import {
  contactAddress,
  type Described,
  organisationIdentifier,
  type Profile,
  type Publisher,
  publisherAddress,
} from './described.ts';

export type Property = readonly [Name, readonly Term[]];

/** English, which the portal speaks; else what there is. */
export const words = (label: Localised | undefined): readonly Term[] => text(inLanguage(label, 'en'));
/** A moment or a day. */
export const moment = (value: string | null): readonly Term[] =>
  typed(value, value?.includes('T') ? 'xsd:dateTime' : 'xsd:date');
export const uri = (value: string | undefined): readonly Term[] => typed(value, 'xsd:anyURI');

/** Addresses of the terms: version 3 writes `category:`, version 1 what the files of 2019 had. */
export function termAddress(name: string, profile: Profile): string {
  return `${profile === 'v3' ? 'category' : 'epos'}:${name}`;
}

/** Publisher and contact. */
export function publisherNodes(publisher: Publisher): readonly Node[] {
  const { site, url } = publisher;
  const { organisation, email, address } = site.organisation;
  const identifier = organisationIdentifier(site.organisation, url('/'));
  const contact = contactAddress(publisher);
  return [
    node(
      publisherAddress(publisher),
      ['schema:Organization'],
      [
        [
          'schema:identifier',
          [
            node(
              null,
              ['schema:PropertyValue'],
              [
                ['schema:propertyID', text(identifier.scheme)],
                ['schema:value', text(identifier.value)],
              ],
            ),
          ],
        ],
        ['schema:legalName', text(organisation)],
        ['schema:url', uri(site.organisation.url ?? url('/'))],
        ['schema:email', text(email)],
        ['schema:address', postalAddress(address)],
        ['schema:contactPoint', iri(contact)],
      ],
    ),
    node(
      contact,
      ['schema:ContactPoint'],
      [
        ['schema:contactType', text('scientificContact')],
        ['schema:email', text(email)],
        ['schema:availableLanguage', [...text('en'), ...text('fr')]],
      ],
    ),
  ];
}

/** Complete or not at all: the shapes want all four parts. */
function postalAddress(address: Publisher['site']['organisation']['address']): readonly Term[] {
  const { street, city, postalCode, country } = address ?? {};
  if (!street || !city || !postalCode || !country) return [];
  return [
    node(
      null,
      ['schema:PostalAddress'],
      [
        ['schema:streetAddress', text(street)],
        ['schema:addressLocality', text(city)],
        ['schema:postalCode', text(postalCode)],
        ['schema:addressCountry', text(country)],
      ],
    ),
  ];
}

/** The theme of a DDSS and the scheme that it belongs to. */
export function themeNodes({ epos }: Described, profile: Profile): readonly Node[] {
  const { id, label, definition, scheme } = epos.theme;
  const title = scheme.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return [
    node(
      termAddress(scheme, profile),
      ['skos:ConceptScheme'],
      [
        ['dct:title', text(title)],
        ['dct:description', text(`${title}: the concepts by which EPOS orders its services`)],
      ],
    ),
    node(
      termAddress(id, profile),
      ['skos:Concept'],
      [
        ['skos:prefLabel', words(label)],
        ['skos:definition', words(definition)],
        ['skos:inScheme', iri(termAddress(scheme, profile))],
      ],
    ),
  ];
}

/** A point where the box is one; longitude first. */
export function boxText(box: Box): string {
  return wellKnownText(boxGeometry(box));
}

export function centreText([west, south, east, north]: Box): string {
  const middle = (west + (west > east ? east + 360 : east)) / 2;
  const longitude = middle > 180 ? middle - 360 : middle;
  return `POINT(${rounded(longitude)} ${rounded((south + north) / 2)})`;
}

const rounded = (value: number): string => decimal(Math.round(value * 1e6) / 1e6);

/** The DDSS number, as every file names it. */
export function ddssIdentifier({ epos }: Described): Node {
  return node(
    null,
    ['adms:Identifier'],
    [
      ['adms:schemeAgency', text('DDSS-ID')],
      ['skos:notation', text(epos.ddss)],
    ],
  );
}
