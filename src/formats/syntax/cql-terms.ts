// Values of classic CQL: attributes, literals, sums, WKT, dates without quotes, periods with durations.
import type { Arithmetic, MomentTerm, Term } from '../../model/filter.ts';
import type { CqlReader } from './cql-text.ts';
import { parseDateTime, printDateTime } from './datetime.ts';
import { excerpt } from './excerpt.ts';
import { atCharacter, filterFault, type Place } from './filter-faults.ts';
import { checkedInterval, momentOf } from './filter-terms.ts';
import { endOfGeometry, GEOMETRY_NAMES, parseFilterWkt, unclosedGeometry } from './filter-wkt.ts';

/** Functions that only fold a text. */
const FOLDING: ReadonlySet<string> = new Set(['lower', 'upper', 'strtolowercase', 'strtouppercase', 'casei']);

/** @throws SyntaxFault */
export function cqlTerm(reader: CqlReader): Term {
  return binary(reader, ['+', '-'], (inner) => binary(inner, ['*', '/'], signed));
}

function binary(reader: CqlReader, operators: readonly Arithmetic[], part: (reader: CqlReader) => Term): Term {
  const { cursor, builder } = reader;
  const place = cursor.place();
  let left = part(reader);
  for (;;) {
    const operator = operators.find((each) => cursor.isSign(each));
    // A slash after a date is the middle of a period.
    if (operator === undefined || left.kind === 'moment') return left;
    cursor.next();
    const here = cursor.place();
    const right = builder.wanted(part(reader), 'number', here);
    left = { kind: 'arithmetic', operator, left: builder.wanted(left, 'number', place), right };
  }
}

function signed(reader: CqlReader): Term {
  const { cursor, builder } = reader;
  const minus = cursor.isSign('-');
  if (!minus && !cursor.isSign('+')) return operand(reader);
  cursor.next();
  const term = builder.wanted(
    cursor.deeper(() => signed(reader)),
    'number',
    cursor.place(),
  );
  if (!minus) return term;
  if (term.kind === 'number') return { kind: 'number', value: -term.value + 0 };
  return { kind: 'arithmetic', operator: '*', left: { kind: 'number', value: -1 }, right: term };
}

function operand(reader: CqlReader): Term {
  const { cursor, builder, namespaces } = reader;
  const token = cursor.peek();
  const place = cursor.place();
  switch (token.kind) {
    case 'text':
      cursor.next();
      return { kind: 'text', value: token.value };
    case 'number':
      cursor.next();
      if (!Number.isFinite(Number(token.value)))
        throw filterFault(place, 'the number is too large', 'le nombre est trop grand');
      return { kind: 'number', value: Number(token.value) };
    case 'date':
      cursor.next();
      return momentOf(token.value, place);
    case 'quoted':
      cursor.next();
      return builder.property(token.value, place, namespaces);
    case 'name':
      return named(reader, token.value, place);
    default:
      if (!cursor.skipSign('(')) throw cursor.wrong('a value or a condition', 'une valeur ou une condition');
      return cursor.deeper(() => {
        const inner = cqlTerm(reader);
        cursor.takeSign(')');
        return inner;
      });
  }
}

function named(reader: CqlReader, name: string, place: Place): Term {
  const { cursor, builder, namespaces } = reader;
  const { at } = cursor.peek();
  if (name.toUpperCase() === 'SRID' && cursor.isSign('=', 1)) return withSrid(reader, place);
  if (cursor.isSign('(', 1) || (cursor.isWord('Z', 1) && cursor.isSign('(', 2))) {
    if (GEOMETRY_NAMES.has(name.toUpperCase())) {
      const end = endOfGeometry(cursor.text, at);
      if (end === -1) throw unclosedGeometry(place);
      cursor.skipTo(end);
      return { kind: 'geometry', geometry: parseFilterWkt(cursor.text.slice(at, end), place) };
    }
    if (!FOLDING.has(name.toLowerCase()))
      throw filterFault(
        place,
        `the function ${excerpt(name)} is not offered`,
        `la fonction ${excerpt(name)} n'est pas proposée`,
      );
    cursor.next();
    cursor.takeSign('(');
    const term = cursor.deeper(() => cqlTerm(reader));
    cursor.takeSign(')');
    return builder.folded(term, { case: true, accents: false }, place);
  }
  cursor.next();
  if (/^(true|false)$/i.test(name)) return { kind: 'truth', value: /^t/i.test(name) };
  return builder.property(name, place, namespaces);
}

/** `SRID=4326;POINT(…)`: longitude first whatever the system; only WGS 84 is taken. */
function withSrid(reader: CqlReader, place: Place): Term {
  const { cursor } = reader;
  cursor.next();
  cursor.next();
  const code = cursor.next().value;
  if (code !== '4326')
    throw filterFault(
      place,
      `SRID ${excerpt(code)}: only 4326 is taken`,
      `SRID ${excerpt(code)} : seul 4326 est accepté`,
    );
  cursor.takeSign(';');
  return operand(reader);
}

interface Side {
  readonly moment: MomentTerm | null;
  readonly duration: string | null;
}

/** `instant/instant`, `instant/duration`, `duration/instant`; in quotes too. @throws SyntaxFault */
export function cqlPeriod(reader: CqlReader): Term {
  const { cursor } = reader;
  const place = cursor.place();
  if (cursor.peek().kind === 'text') {
    const [start = '', end = '', ...more] = cursor.next().value.split('/');
    if (more.length > 0 || end === '') throw noPeriod(place);
    return periodOf(sideOf(start, place), sideOf(end, place), place);
  }
  const start = cursor.next();
  cursor.takeSign('/');
  const end = cursor.next();
  if (start.kind !== 'date' || end.kind !== 'date') throw noPeriod(place);
  return periodOf(sideOf(start.value, place), sideOf(end.value, atCharacter(end.at)), place);
}

function sideOf(text: string, place: Place): Side {
  return /^P/.test(text) ? { moment: null, duration: text } : { moment: momentOf(text, place), duration: null };
}

function noPeriod(place: Place): Error {
  return filterFault(
    place,
    'a period start/end is wanted, one side may be a duration',
    'une période début/fin est attendue, une borne peut être une durée',
  );
}

function periodOf(start: Side, end: Side, place: Place): Term {
  if (start.moment !== null && end.moment !== null) return checkedInterval(start.moment, end.moment, place);
  if (start.moment !== null && end.duration !== null)
    return checkedInterval(start.moment, moved(start.moment, end.duration, 1, place), place);
  if (start.duration !== null && end.moment !== null)
    return checkedInterval(moved(end.moment, start.duration, -1, place), end.moment, place);
  throw noPeriod(place);
}

const PARTS = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** The moment after (1) or before (-1) the duration; a day stays a day as long as the duration has no hours. */
function moved(moment: MomentTerm, duration: string, direction: 1 | -1, place: Place): MomentTerm {
  const match = PARTS.exec(duration);
  if (match === null || /^PT?$/.test(duration) || duration.endsWith('T')) throw noPeriod(place);
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part) => Number(part ?? 0) * direction);
  const date = new Date(parseDateTime(moment.value).start);
  date.setUTCFullYear(
    date.getUTCFullYear() + years!,
    date.getUTCMonth() + months!,
    date.getUTCDate() + weeks! * 7 + days!,
  );
  date.setTime(date.getTime() + (hours! * 3600 + minutes! * 60 + seconds!) * 1000);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999)
    throw filterFault(place, 'the period leaves the years 1 to 9999', 'la période sort des années 1 à 9999');
  const written = printDateTime(date.getTime());
  const whole = moment.value.length === 10 && !duration.includes('T');
  return { kind: 'moment', value: whole ? written.slice(0, 10) : written };
}
