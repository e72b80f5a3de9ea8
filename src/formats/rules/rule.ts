// What a rule beyond the schema is, and what is told of a record that breaks it.
import type { IsoDocument } from './iso-document.ts';

export const PACKS = ['inspire', 'geonetwork', 'datacite'] as const;
export type Pack = (typeof PACKS)[number];

export interface Rule {
  /** Number that the source gives it: `C.17`, `M9`. */
  readonly id: string;
  readonly pack: Pack;
  /** What it demands. */
  readonly demands: string;
  /** Levels that it is asked of; absent: all. */
  readonly levels?: readonly string[];
  /** What is wrong, in words; empty: kept. */
  readonly faults: (document: IsoDocument) => readonly string[];
}

/** One rule that one record breaks. */
export interface RuleFault {
  readonly rule: string;
  readonly pack: Pack;
  readonly demands: string;
  readonly found: string;
}

export const DATA: readonly string[] = ['dataset', 'series'];
export const SERVICES: readonly string[] = ['service'];

/** The usual form of a rule: one thing that must hold. */
export function holds(condition: boolean, otherwise: string): readonly string[] {
  return condition ? [] : [otherwise];
}

/** A rule for each of several elements. */
export function eachOf<T>(items: readonly T[], fault: (item: T) => string | null): readonly string[] {
  return items.flatMap((item) => fault(item) ?? []);
}
