// Parameters of the Geo and Time extensions (OGC 10-032r8), by their literal names.
import { parseBox } from '../../formats/syntax/box.ts';
import { parseDateTime } from '../../formats/syntax/datetime.ts';
import { parseDecimal } from '../../formats/syntax/number.ts';
import { parseWkt } from '../../formats/syntax/wkt.ts';
import { decimal } from '../../formats/writers/text.ts';
import { oneOf, text } from '../../http/parameter-kinds.ts';
import { SPATIAL_RELATIONS, TIME_RELATIONS } from '../../model/query.ts';
import { doc, type ParameterSet } from './search-parameter.ts';

/** Metres around a point when none are asked. */
export const DEFAULT_RADIUS = 10_000;
/** Half the circumference of the Earth, metres. */
const FARTHEST = 20_037_509;

/** Without exponents, which the schema of os:Query does not know. */
const echoBox = (value: string): string =>
  parseBox(value)
    .map((degrees) => decimal(degrees))
    .join(',');
const echoDate = (value: string): string => parseDateTime(value).text;
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?$';
const BOX = '^-?[0-9]+(\\.[0-9]+)?(,-?[0-9]+(\\.[0-9]+)?){3}$';

export const GEO_TIME = {
  uid: {
    name: 'uid',
    template: 'geo:uid',
    parse: text(300),
    doc: doc('Identifier (dc:identifier) of one record', "Identifiant (dc:identifier) d'un enregistrement"),
  },
  box: {
    name: 'box',
    template: 'geo:box',
    parse: parseBox,
    echo: echoBox,
    pattern: BOX,
    doc: doc(
      'west,south,east,north in degrees (WGS 84); west greater than east crosses the antimeridian',
      "ouest,sud,est,nord en degrés (WGS 84) ; un ouest supérieur à l'est franchit l'antiméridien",
    ),
  },
  geometry: {
    name: 'geometry',
    template: 'geo:geometry',
    parse: parseWkt,
    doc: doc('Well-known text, longitude latitude in degrees', 'Well-known text, longitude latitude en degrés'),
  },
  lat: {
    name: 'lat',
    template: 'geo:lat',
    parse: (value: string) => parseDecimal(value, { min: -90, max: 90 }),
    minimum: -90,
    maximum: 90,
    doc: doc('Latitude of a point in degrees, together with lon', "Latitude d'un point en degrés, avec lon"),
  },
  lon: {
    name: 'lon',
    template: 'geo:lon',
    parse: (value: string) => parseDecimal(value, { min: -180, max: 180 }),
    minimum: -180,
    maximum: 180,
    doc: doc('Longitude of a point in degrees, together with lat', "Longitude d'un point en degrés, avec lat"),
  },
  radius: {
    name: 'radius',
    template: 'geo:radius',
    parse: (value: string) => parseDecimal(value, { above: 0, max: FARTHEST }),
    above: 0,
    maximum: FARTHEST,
    doc: doc(
      `Distance in metres from the point (${DEFAULT_RADIUS} by default) or from the named place`,
      `Distance en mètres au point (${DEFAULT_RADIUS} par défaut) ou au lieu nommé`,
    ),
  },
  relation: {
    name: 'georel',
    template: 'geo:relation',
    parse: oneOf(SPATIAL_RELATIONS),
    choices: { fixed: SPATIAL_RELATIONS },
    doc: doc(
      'intersects (default): common point; contains: the record lies inside the asked area; disjoint: apart',
      "intersects (par défaut) : point commun ; contains : l'enregistrement est dans la zone demandée ; disjoint : à part",
    ),
  },
  place: {
    name: 'name',
    template: 'geo:name',
    parse: text(200),
    doc: doc('Name of a place of the gazetteer', "Nom d'un lieu du répertoire"),
  },
  start: {
    name: 'start',
    template: 'time:start',
    parse: parseDateTime,
    echo: echoDate,
    pattern: DATE,
    doc: doc('Begin of the period, RFC 3339, UTC without zone', 'Début de la période, RFC 3339, UTC sans fuseau'),
  },
  end: {
    name: 'end',
    template: 'time:end',
    parse: parseDateTime,
    echo: echoDate,
    pattern: DATE,
    doc: doc(
      'End of the period, RFC 3339; a date without time lasts until the end of its day',
      "Fin de la période, RFC 3339 ; une date sans heure va jusqu'à la fin du jour",
    ),
  },
  timeRelation: {
    name: 'timerel',
    template: 'time:relation',
    parse: oneOf(TIME_RELATIONS),
    choices: { fixed: TIME_RELATIONS },
    doc: doc(
      'intersects (default): overlap; during: the record lies inside the period; contains: it covers the period; disjoint; equals',
      "intersects (par défaut) : chevauche ; during : l'enregistrement est dans la période ; contains : il la couvre ; disjoint ; equals",
    ),
  },
} as const satisfies ParameterSet;
