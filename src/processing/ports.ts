// The kinds of inputs and outputs that processes declare, each with what `run` is given for it.
import type {
  ComplexKind,
  InputDescription,
  LiteralKind,
  LiteralType,
  MediaFormat,
  PortKind,
} from '../model/process.ts';
import type { Localised } from '../model/text.ts';
import { JSON_FORMAT, TABLE_INPUTS } from './formats.ts';
import { type LiteralValues, readLiteral } from './literals.ts';
import { schemaOf } from './port-schema.ts';
import type { Given, GivenBox, InputPort, OutputPort, Source } from './process.ts';

export interface Words {
  readonly title: Localised;
  readonly abstract: Localised;
}

type Limits = Pick<LiteralKind, 'allowed' | 'minimum' | 'maximum' | 'longest' | 'unit' | 'isList'>;
type Occurs = Pick<InputDescription, 'minOccurs' | 'maxOccurs'>;

const ONE: Occurs = { minOccurs: 1, maxOccurs: 1 };
const AT_MOST_ONE: Occurs = { minOccurs: 0, maxOccurs: 1 };

function port<Value>(
  type: PortKind,
  words: Words,
  occurs: Occurs,
  take: InputPort<Value>['take'],
  isSource = false,
): InputPort<Value> {
  return { take, describe: (id) => ({ id, ...words, type, schema: schemaOf(type), ...occurs, isSource }) };
}

function read<T extends LiteralType>(type: LiteralKind, given: Given | undefined): LiteralValues[T] | null {
  return given?.kind === 'literal' ? (readLiteral(type, given.value) as LiteralValues[T]) : null;
}

/** A literal that must be given. */
export function required<const T extends LiteralType>(
  type: T,
  words: Words,
  limits: Limits = {},
): InputPort<LiteralValues[T]> {
  const kind: LiteralKind = { kind: 'literal', type, ...limits };
  return port(kind, words, ONE, ([given]) => read<T>(kind, given) as LiteralValues[T]);
}

/** A literal that may be left out: null. */
export function optional<const T extends LiteralType>(
  type: T,
  words: Words,
  limits: Limits = {},
): InputPort<LiteralValues[T] | null> {
  const kind: LiteralKind = { kind: 'literal', type, ...limits };
  return port(kind, words, AT_MOST_ONE, ([given]) => read<T>(kind, given));
}

/** A literal that has a value when it is left out. */
export function preset<const T extends LiteralType>(
  type: T,
  value: string | number | boolean,
  words: Words,
  limits: Limits = {},
): InputPort<LiteralValues[T]> {
  const kind: LiteralKind = { kind: 'literal', type, ...limits, default: value };
  return port(kind, words, AT_MOST_ONE, ([given]) =>
    given === undefined ? (readLiteral(kind, value) as LiteralValues[T]) : (read<T>(kind, given) as LiteralValues[T]),
  );
}

/** Several literals of one kind. */
export function several<const T extends LiteralType>(
  type: T,
  words: Words,
  most: number,
  limits: Limits = {},
): InputPort<readonly LiteralValues[T][]> {
  const kind: LiteralKind = { kind: 'literal', type, ...limits };
  return port(kind, words, { minOccurs: 0, maxOccurs: most }, (all) =>
    all.map((given) => read<T>(kind, given) as LiteralValues[T]),
  );
}

const sourceOf = (given: Given | undefined): Source | null => (given?.kind === 'source' ? given.source : null);

const tables: ComplexKind = { kind: 'complex', formats: TABLE_INPUTS, mostMegabytes: 50 };

/** A table: a record or a file of ours, an address, or its bytes in the request. */
export function source(words: Words): InputPort<Source> {
  return port(tables, words, ONE, ([given]) => sourceOf(given) as Source, true);
}

/** One table or several. */
export function sources(words: Words, most: number): InputPort<readonly Source[]> {
  return port(
    tables,
    words,
    { minOccurs: 1, maxOccurs: most },
    (all) => all.map((given) => sourceOf(given) as Source),
    true,
  );
}

/** A complex value in one of these formats. */
export function anyContent(words: Words, formats: readonly MediaFormat[]): InputPort<Source> {
  const type: ComplexKind = { kind: 'complex', formats, mostMegabytes: 50 };
  return port(type, words, ONE, ([given]) => sourceOf(given) as Source, true);
}

/** A complex value in one of these formats, or none. */
export function content(words: Words, formats: readonly MediaFormat[]): InputPort<Source | null> {
  return port({ kind: 'complex', formats, mostMegabytes: 50 }, words, AT_MOST_ONE, ([given]) => sourceOf(given), true);
}

/** The axis order of each: longitude first in CRS84 and in the bare form, latitude first in the others. */
const BOX_CRS = [
  'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  'urn:ogc:def:crs:OGC:1.3:CRS84',
  'EPSG:4326',
  'http://www.opengis.net/def/crs/EPSG/0/4326',
  'urn:ogc:def:crs:EPSG::4326',
];

export function optionalBox(words: Words, crs: readonly string[] = BOX_CRS): InputPort<GivenBox | null> {
  return port({ kind: 'box', crs }, words, AT_MOST_ONE, ([given]) => (given?.kind === 'box' ? given.box : null));
}

function output(type: PortKind, words: Words): OutputPort {
  return { describe: (id) => ({ id, ...words, type, schema: schemaOf(type) }) };
}

export const complexOutput = (words: Words, formats: readonly MediaFormat[]): OutputPort =>
  output({ kind: 'complex', formats }, words);

export const jsonOutput = (words: Words): OutputPort => complexOutput(words, [JSON_FORMAT]);

export const literalOutput = (
  type: LiteralType,
  words: Words,
  limits: Pick<Limits, 'isList' | 'unit'> = {},
): OutputPort => output({ kind: 'literal', type, ...limits }, words);

export const boxOutput = (words: Words, crs: readonly string[] = BOX_CRS): OutputPort =>
  output({ kind: 'box', crs }, words);

// Inputs that many processes have.

export const VARIABLES = several(
  'string',
  {
    title: { en: 'Variables', fr: 'Variables' },
    abstract: {
      en: 'Names of the variables that are wanted; none: all of them.',
      fr: 'Noms des variables voulues ; aucun : toutes.',
    },
  },
  100,
  { longest: 200 },
);

export const DATETIME = optional('dateTime', {
  title: { en: 'Period', fr: 'Période' },
  abstract: {
    en: 'An instant, a day, or an interval start/end with .. for an open end; both ends are included.',
    fr: 'Un instant, un jour, ou un intervalle début/fin avec .. pour une borne ouverte ; les deux bornes sont comprises.',
  },
});

export const BBOX = optionalBox({
  title: { en: 'Area', fr: 'Zone' },
  abstract: {
    en: 'A box; west greater than east crosses the antimeridian.',
    fr: 'Un rectangle ; un ouest plus grand que l’est franchit l’antiméridien.',
  },
});

export const INPUT: Words = {
  title: { en: 'Table', fr: 'Table' },
  abstract: {
    en: 'Rows or a file: a record of this catalogue, an address, or the content itself in any format that is read here.',
    fr: 'Des lignes ou un fichier : une notice de ce catalogue, une adresse, ou le contenu lui-même dans un format lu ici.',
  },
};
