// How far a reader of CQL2 JSON has come: where it is, how deep, and how much it has read (the limits that keep hostile values cheap).
import type { Arithmetic } from '../../model/filter.ts';
import type { FilterBuilder } from './filter-builder.ts';
import { atPointer, filterFault, type Place } from './filter-faults.ts';

export interface JsonReader {
  readonly builder: FilterBuilder;
  readonly pointer: string;
  readonly depth: number;
  /** Values read so far, of the whole filter. */
  readonly count: { read: number };
}

export type Call = { readonly op: string; readonly args: readonly unknown[] };

const DEEPEST = 60;
/** Conditions, terms, values of lists and the lists of operands: more than a tree within the limits needs. */
const MOST_VALUES = 5000;
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', 'div', '^']);

export const placeOf = (reader: JsonReader): Place => atPointer(reader.pointer === '' ? '/' : reader.pointer);

/** The reader one step further down. @throws SyntaxFault beyond 60 levels and 5000 values in all. */
export function below(reader: JsonReader, step: string | number): JsonReader {
  if (reader.depth >= DEEPEST)
    throw filterFault(
      placeOf(reader),
      `at most ${DEEPEST} levels of nesting are taken`,
      `au plus ${DEEPEST} niveaux d’imbrication`,
    );
  if (++reader.count.read > MOST_VALUES)
    throw filterFault(
      placeOf(reader),
      `at most ${MOST_VALUES} values are taken in all`,
      `au plus ${MOST_VALUES} valeurs en tout`,
    );
  return { ...reader, pointer: `${reader.pointer}/${step}`, depth: reader.depth + 1 };
}

/** `{"op": …, "args": […]}`; undefined: another kind of value. */
export function callOf(value: unknown): Call | undefined {
  if (typeof value !== 'object' || value === null || !('op' in value)) return undefined;
  const { op, args } = value as { readonly op: unknown; readonly args?: unknown };
  if (typeof op !== 'string') return undefined;
  return { op, args: Array.isArray(args) ? args : args === undefined ? [] : [args] };
}

export const isArithmetic = (op: string): op is Arithmetic => ARITHMETIC.has(op);
