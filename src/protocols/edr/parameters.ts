// Parameters of the queries (19-086r6, 8.2): declared once, read and described from the same table. What nobody declared is refused.

import { parseBox } from '../../formats/syntax/box.ts';
import { axisOrder } from '../../formats/syntax/crs.ts';
import { parseInterval } from '../../formats/syntax/datetime.ts';
import { parseLevels } from '../../formats/syntax/levels.ts';
import { parseWkt } from '../../formats/syntax/wkt.ts';
import type { Offer } from '../../http/negotiate.ts';
import { commaList, integer, oneOf, text } from '../../http/parameter-kinds.ts';
import { parameterTable } from '../../http/parameters.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Geometry } from '../../model/geometry.ts';
import { DATA_OFFERS, DOCUMENT_OFFERS, PLACES_OFFERS } from './vocabulary.ts';

/** A geometry of one of these types. Longitude latitude in degrees. */
function coordsOf<const Type extends Geometry['type']>(...types: readonly Type[]) {
  return (wkt: string): Extract<Geometry, { type: Type }> => {
    const geometry = parseWkt(wkt);
    if ((types as readonly string[]).includes(geometry.type)) return geometry as Extract<Geometry, { type: Type }>;
    const list = types.map((type) => type.toUpperCase()).join(', ');
    throw new SyntaxFault(`${list} is wanted here`, `${list} est attendu ici`);
  };
}

const CRS84_NAME =
  /^(?:crs:?84|ogc:crs84|https?:\/\/www\.opengis\.net\/def\/crs\/ogc\/1\.3\/crs84|urn:ogc:def:crs:ogc:(?:1\.3)?:crs84)$/i;

/** Longitude first. One system is offered; its own names and no other are taken. */
function crs(name: string): 'CRS84' {
  if (CRS84_NAME.test(name.trim()) && axisOrder(name) !== undefined) return 'CRS84';
  throw new SyntaxFault('only CRS84 is served', 'seul CRS84 est servi');
}

const formatOf = (offers: readonly Offer[]) => ({
  name: 'f',
  parse: text(100),
  doc: { en: 'Representation', fr: 'Représentation' },
  schema: { type: 'string', enum: offers.map(({ id }) => id) },
});

const COMMON = {
  lang: { name: 'lang', parse: text(10), doc: { en: 'Language: en or fr', fr: 'Langue : en ou fr' } },
};

const WHEN = {
  datetime: {
    name: 'datetime',
    parse: parseInterval,
    doc: {
      en: 'Date, date-time, or an interval a/b, a/.., ../b of them (UTC)',
      fr: 'Date, date-heure, ou un intervalle a/b, a/.., ../b (UTC)',
    },
  },
};

const METHODS = ['m4', 'minmax', 'lttb'] as const;

/** What every query of data has. */
const DATA = {
  ...COMMON,
  ...WHEN,
  names: {
    name: 'parameter-name',
    parse: commaList(text(100), 200),
    doc: {
      en: 'Parameters, separated by commas; absent: all',
      fr: 'Paramètres, séparés par des virgules ; absent : tous',
    },
  },
  z: {
    name: 'z',
    parse: parseLevels,
    doc: {
      en: 'Levels in metres: 850, 10,80,200, 100/550 or R20/100/50; where the collection has a vertical extent',
      fr: 'Niveaux en mètres : 850, 10,80,200, 100/550 ou R20/100/50 ; si la collection a une étendue verticale',
    },
  },
  crs: { name: 'crs', parse: crs, doc: { en: 'Reference system: CRS84', fr: 'Système de référence : CRS84' } },
  f: formatOf(DATA_OFFERS),
  points: {
    name: 'points',
    parse: integer(3, 100_000),
    doc: {
      en: 'For drawing: series with more rows are thinned to about so many; the history of the answer says how',
      fr: 'Pour le tracé : les séries qui ont plus de lignes sont réduites à ce nombre environ ; l’historique de la réponse le dit',
    },
    minimum: 3,
    maximum: 100_000,
  },
  thinning: {
    name: 'method',
    parse: oneOf(METHODS),
    options: METHODS,
    default: 'm4' as const,
    doc: {
      en: 'How: m4 and minmax keep extremes (m4 when none is asked), lttb keeps the shape',
      fr: 'Comment : m4 et minmax gardent les extrêmes (m4 à défaut), lttb garde la forme',
    },
  },
};

export const DOCUMENT = parameterTable({ ...COMMON, f: formatOf(DOCUMENT_OFFERS) });
export const API = parameterTable(COMMON);

export const POSITION = parameterTable({
  coords: {
    name: 'coords',
    parse: coordsOf('Point', 'MultiPoint'),
    required: true,
    doc: {
      en: 'POINT(longitude latitude) or MULTIPOINT: the nearest stations within 10 km',
      fr: 'POINT(longitude latitude) ou MULTIPOINT : les stations les plus proches à 10 km au plus',
    },
  },
  ...DATA,
});

export const AREA = parameterTable({
  coords: {
    name: 'coords',
    parse: coordsOf('Polygon', 'MultiPolygon'),
    required: true,
    doc: { en: 'POLYGON or MULTIPOLYGON, longitude latitude', fr: 'POLYGON ou MULTIPOLYGON, longitude latitude' },
  },
  ...DATA,
});

export const LOCATION = parameterTable(DATA);

export const LOCATIONS = parameterTable({
  ...COMMON,
  ...WHEN,
  bbox: {
    name: 'bbox',
    parse: parseBox,
    doc: { en: 'west,south,east,north in degrees', fr: 'ouest,sud,est,nord en degrés' },
  },
  crs: DATA.crs,
  f: formatOf(PLACES_OFFERS),
});
