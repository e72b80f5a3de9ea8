// What is wrong with a row before any statement sees it: a single value that the database refuses would fail its whole batch.
import type { MetadataInput } from '../mapping/row.ts';
import { LEVELS, PRODUCT_LEVELS } from '../model/record.ts';
import { LANGUAGES, type Localised } from '../model/text.ts';
import { checkFootprint } from './check-footprint.ts';
import { CONTENT_COLUMNS } from './row-columns.ts';

/** One fault: the column, and what is allowed. */
export interface InputFault {
  readonly name: string;
  readonly detail: Localised;
}

type Column = keyof MetadataInput;
type Add = (name: string, en: string, fr: string) => void;

const SMALLINT = 32_767;
const INT = 2_147_483_647;
const MOST_CHARACTERS: { readonly [C in Column]?: number } = {
  name: 150,
  description: 200,
  identifier: 500,
  platform: 200,
};
const LONGEST_TEXT = 100_000;
const MOST_VALUES = 200;

/**
 * All faults of a row; `knownSystems` are the EPSG codes that the database can transform (`readKnownSystems`).
 * A position that lies outside its system is found later, by the writer itself.
 */
export function checkInput(row: MetadataInput, knownSystems: ReadonlySet<number>): readonly InputFault[] {
  const faults: InputFault[] = [];
  const add: Add = (name, en, fr) => faults.push({ name, detail: { en, fr } });
  checkTexts(row, add);
  checkNumbers(row, add);
  checkMoments(row, add);
  checkPosition(row, knownSystems, add);
  if (row.footprint) checkFootprint(row.footprint, (en, fr) => add('footprint', en, fr));
  return faults;
}

function checkTexts(row: MetadataInput, add: Add): void {
  const oneOf = (name: Column, values: readonly string[]) => {
    const value = row[name];
    if (value !== undefined && value !== null && !values.includes(value as string))
      add(name, `must be one of ${values.join(', ')}`, `doit être l'une des valeurs ${values.join(', ')}`);
  };
  oneOf('level', LEVELS);
  oneOf('product_level', PRODUCT_LEVELS);
  oneOf('lang', LANGUAGES);
  for (const name of Object.keys(CONTENT_COLUMNS) as (keyof typeof CONTENT_COLUMNS)[]) {
    const value = row[name];
    if (value === undefined || value === null || typeof value === 'number') continue;
    // Unpaired surrogates and NUL have no place in PostgreSQL text.
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (/\p{Surrogate}|\0|\\u0000|\\ud[89a-f]/u.test(text))
      add(name, 'holds characters that are no text', 'contient des caractères qui ne sont pas du texte');
    const most = MOST_CHARACTERS[name] ?? LONGEST_TEXT;
    if (text.length > most && [...text].length > most)
      add(name, `is longer than ${most} characters`, `dépasse ${most} caractères`);
    if (Array.isArray(value) && value.length > MOST_VALUES)
      add(name, `has more than ${MOST_VALUES} values`, `a plus de ${MOST_VALUES} valeurs`);
  }
  if (row.identifier !== undefined && row.identifier.trim() === '') add('identifier', 'is empty', 'est vide');
}

function checkNumbers(row: MetadataInput, add: Add): void {
  const integer = (name: Column, minimum: number, maximum: number) => {
    const value = row[name];
    if (value === undefined || value === null) return;
    if (!Number.isInteger(value) || (value as number) < minimum || (value as number) > maximum)
      add(name, `must be an integer from ${minimum} to ${maximum}`, `doit être un entier de ${minimum} à ${maximum}`);
  };
  integer('id', 0, INT);
  integer('authorization_', 0, 3);
  integer('acquisition', -SMALLINT, SMALLINT);
  integer('format', -SMALLINT, SMALLINT);
  integer('elevation', -INT, INT);
  integer('elevation_max', -INT, INT);
  integer('epsg', 0, INT);
  for (const name of ['latitude', 'longitude', 'resolution_m'] as const) {
    const value = row[name];
    if (value !== undefined && value !== null && !Number.isFinite(value))
      add(name, 'must be a number', 'doit être un nombre');
  }
}

function checkMoments(row: MetadataInput, add: Add): void {
  for (const name of ['date_b', 'date_e', 'data_created', 'data_published', 'embargo_until'] as const) {
    const value = row[name];
    if (value !== undefined && value !== null && !isDate(value))
      add(name, 'must be a day that exists, YYYY-MM-DD', 'doit être un jour qui existe, AAAA-MM-JJ');
  }
  for (const name of ['time_b', 'time_e'] as const) {
    const value = row[name];
    if (value !== undefined && value !== null && !/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/.test(value))
      add(name, 'must be a time of day, hh:mm:ss', 'doit être une heure du jour, hh:mm:ss');
  }
  if (row.updated_at !== undefined && !isInstant(row.updated_at))
    add('updated_at', 'must be YYYY-MM-DDThh:mm:ssZ', 'doit être AAAA-MM-JJThh:mm:ssZ');
}

/** A day of the proleptic Gregorian calendar, years 0001 to 9999. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
    isDate(text.slice(0, 10)) &&
    !Number.isNaN(Date.parse(text))
  );
}

function checkPosition(row: MetadataInput, knownSystems: ReadonlySet<number>, add: Add): void {
  const { latitude, longitude } = row;
  const epsg = row.epsg ?? 0;
  if (((latitude ?? null) === null) !== ((longitude ?? null) === null))
    add(
      (latitude ?? null) === null ? 'latitude' : 'longitude',
      'is missing beside the other coordinate',
      "manque à côté de l'autre coordonnée",
    );
  if (epsg !== 0 && epsg !== 4326 && !knownSystems.has(epsg)) {
    add('epsg', `${epsg} is no reference system that can be transformed`, `${epsg} n'est pas un système connu`);
    return;
  }
  if (epsg !== 0 && epsg !== 4326) return;
  if (typeof latitude === 'number' && Math.abs(latitude) > 90)
    add('latitude', 'must be -90 to 90 degrees', 'doit être de -90 à 90 degrés');
  if (typeof longitude === 'number' && Math.abs(longitude) > 180)
    add('longitude', 'must be -180 to 180 degrees', 'doit être de -180 à 180 degrés');
}
