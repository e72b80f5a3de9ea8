// Values of CQL2 JSON: properties, literals, intervals, GeoJSON, boxes, arithmetic (OGC 21-065r2, 10.3 and its schema).
import type { MomentTerm, PropertyTerm, Term } from '../../model/filter.ts';
import { below, callOf, isArithmetic, type JsonReader, placeOf } from './cql2-json-reader.ts';
import { boxTerm, dayTerm, momentTerm, timestampTerm } from './cql2-literals.ts';
import { filterFault, type Place } from './filter-faults.ts';
import { checkedInterval } from './filter-terms.ts';
import { parseGeoJsonGeometry } from './geojson.ts';

/** @throws SyntaxFault for what is no value. */
export function jsonTerm(value: unknown, reader: JsonReader): Term {
  const place = placeOf(reader);
  switch (typeof value) {
    case 'string':
      return { kind: 'text', value };
    case 'boolean':
      return { kind: 'truth', value };
    case 'number':
      if (!Number.isFinite(value)) break;
      return { kind: 'number', value: value + 0 };
  }
  if (Array.isArray(value)) return { kind: 'list', of: value.map((part, i) => jsonTerm(part, below(reader, i))) };
  if (typeof value === 'object' && value !== null) {
    const call = callOf(value);
    const term = call === undefined ? memberTerm(value, reader, place) : calledTerm(call, reader, place);
    if (term !== undefined) return term;
  }
  throw filterFault(place, 'a value of CQL2 JSON is wanted', 'une valeur de CQL2 JSON est attendue');
}

function memberTerm(value: object, reader: JsonReader, place: Place): Term | undefined {
  const member = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  const text = (name: string): string | undefined => {
    const found = member(name);
    return typeof found === 'string' ? found : undefined;
  };
  const property = text('property');
  if (property !== undefined) return reader.builder.property(property, place);
  const day = text('date');
  if (day !== undefined) return dayTerm(day, place);
  const timestamp = text('timestamp');
  if (timestamp !== undefined) return timestampTerm(timestamp, place);
  const moment = text('datetime');
  if (moment !== undefined) return momentTerm(moment, place) ?? undefined;
  const interval = member('interval');
  if (Array.isArray(interval) && interval.length === 2) {
    const at = below(reader, 'interval');
    return checkedInterval(endOf(interval[0], below(at, 0)), endOf(interval[1], below(at, 1)), place);
  }
  const box = member('bbox');
  if (Array.isArray(box) && box.every((part) => typeof part === 'number')) return boxTerm(box as number[], place);
  if (text('type') !== undefined) return { kind: 'geometry', geometry: parseGeoJsonGeometry(value, place) };
  return undefined;
}

function endOf(value: unknown, reader: JsonReader): MomentTerm | PropertyTerm | null {
  const place = placeOf(reader);
  if (typeof value === 'string') return momentTerm(value, place);
  const term = jsonTerm(value, reader);
  if (term.kind === 'moment') return term;
  if (term.kind === 'property' && reader.builder.wanted(term, 'time', place) === term) return term;
  throw filterFault(place, 'a date is wanted', 'une date est attendue');
}

function calledTerm(
  { op, args }: { readonly op: string; readonly args: readonly unknown[] },
  reader: JsonReader,
  place: Place,
): Term | undefined {
  const at = below(reader, 'args');
  const operand = (i: number): Term => jsonTerm(args[i], below(at, i));
  const name = op.toLowerCase();
  if (args.length === 1 && (name === 'casei' || name === 'accenti')) {
    const fold = { case: name === 'casei', accents: name === 'accenti' };
    return reader.builder.folded(operand(0), fold, place);
  }
  if (args.length !== 2 || !isArithmetic(name)) return undefined;
  return {
    kind: 'arithmetic',
    operator: name,
    left: reader.builder.wanted(operand(0), 'number', place),
    right: reader.builder.wanted(operand(1), 'number', place),
  };
}
