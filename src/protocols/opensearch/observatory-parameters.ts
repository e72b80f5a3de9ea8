// Parameters for what every record of an observatory has: the nearest EO name (OGC 13-026r9), else a name of our own.
import { oneOf, text } from '../../http/parameter-kinds.ts';
import { LEVELS, PRODUCT_LEVELS } from '../../model/record.ts';
import { doc, type ParameterSet } from './search-parameter.ts';
import { elevationRange, sortOrder, updatedWindow, valueList } from './values.ts';

export const OBSERVATORY = {
  levels: {
    name: 'level',
    template: 'vobs:level',
    parse: valueList(oneOf(LEVELS)),
    choices: { facet: 'level' },
    doc: doc(
      'Kind of record; below a collection: dataset by default',
      "Type d'enregistrement ; dans une collection : dataset par défaut",
    ),
  },
  services: {
    name: 'parentIdentifier',
    template: 'eo:parentIdentifier',
    parse: valueList(text(300)),
    choices: { list: 'services' },
    doc: doc(
      'Collection: identifier or short name of an observation service',
      "Collection : identifiant ou nom court d'un service d'observation",
    ),
  },
  platforms: {
    name: 'platform',
    template: 'eo:platform',
    parse: valueList(text(200)),
    choices: { list: 'platforms' },
    doc: doc('Site or platform of the instruments', 'Site ou plateforme des instruments'),
  },
  instruments: {
    name: 'instrument',
    template: 'eo:instrument',
    parse: valueList(text(200)),
    choices: { facet: 'instrument' },
    doc: doc('Instrument', 'Instrument'),
  },
  productLevels: {
    name: 'processingLevel',
    template: 'eo:processingLevel',
    parse: valueList(oneOf(PRODUCT_LEVELS)),
    choices: { facet: 'productLevel' },
    doc: doc('raw, validated, or product for the public', 'brut (raw), validé (validated) ou produit (product)'),
  },
  formats: {
    name: 'format',
    template: 'vobs:format',
    parse: valueList(text(40)),
    choices: { facet: 'format' },
    doc: doc('Storage format of the data', 'Format de stockage des données'),
  },
  acquisitions: {
    name: 'acquisition',
    template: 'vobs:acquisition',
    parse: valueList(text(40)),
    choices: { facet: 'acquisition' },
    doc: doc('How the data were acquired', "Mode d'acquisition des données"),
  },
  access: {
    name: 'access',
    template: 'vobs:access',
    parse: valueList(text(40)),
    choices: { facet: 'authorization' },
    doc: doc('Who may take the data', 'Qui peut prendre les données'),
  },
  elevation: {
    name: 'elevation',
    template: 'vobs:elevation',
    parse: elevationRange,
    doc: doc('Metres above sea level: n, [a,b], [a or b]', 'Mètres au-dessus de la mer : n, [a,b], [a ou b]'),
  },
  updated: {
    name: 'updated',
    aliases: ['modificationDate'],
    template: 'eo:modificationDate',
    parse: updatedWindow,
    doc: doc(
      'Last change of the record: a date, [a,b], [a or b], or a/b',
      "Dernière modification de l'enregistrement : une date, [a,b], [a ou b], ou a/b",
    ),
  },
  sort: {
    name: 'sortKeys',
    template: 'sru:sortKeys',
    parse: sortOrder,
    doc: doc(
      'Order: key,schema,1 (ascending) or 0; keys updated, start, end, title, identifier, elevation; newest change first by default',
      'Ordre : clé,schéma,1 (croissant) ou 0 ; clés updated, start, end, title, identifier, elevation ; dernière modification en tête par défaut',
    ),
  },
  after: {
    name: 'after',
    template: null,
    parse: text(4000),
    paging: true,
    doc: doc('Token of a next page, from a next link', "Jeton de page suivante, tiré d'un lien next"),
  },
} as const satisfies ParameterSet;
