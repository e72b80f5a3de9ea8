// From rows as a caller gives them to complete rows that the batch statement takes: numbers found or given, every row checked.
import type { MetadataInput } from '../mapping/row.ts';
import type { NumberedRow } from './batches.ts';
import { checkInput, type InputFault } from './check-input.ts';
import type { Queries } from './database.ts';
import { type CompleteRow, completeRow } from './row-columns.ts';
import { OUTSIDE, OWNERS, TAKE_NUMBERS } from './write-statements.ts';

export interface RefusedRow {
  /** Place in what the caller gave, from 0. */
  readonly index: number;
  readonly row: MetadataInput;
  readonly faults: readonly InputFault[];
}

export interface Known {
  /** EPSG codes that can be transformed. */
  readonly systems: ReadonlySet<number>;
  readonly services: ReadonlySet<string>;
}

export interface Resolved {
  readonly rows: readonly CompleteRow[];
  readonly refused: readonly RefusedRow[];
}

type Candidate = NumberedRow & { id: number | undefined };
type Refuse = (candidate: NumberedRow, name: string, en: string, fr: string) => void;

/** `series`: rows of number 0 are series records and the only ones allowed; else number 0 is refused. */
export async function resolveRows(
  queries: Queries,
  batch: readonly NumberedRow[],
  known: Known,
  prefix: string,
  series: boolean,
): Promise<Resolved> {
  const refused: RefusedRow[] = [];
  const refuse: Refuse = ({ index, row }, name, en, fr) =>
    refused.push({ index, row, faults: [{ name, detail: { en, fr } }] });
  const sound: Candidate[] = [];
  for (const candidate of batch) {
    const faults = checkInput(candidate.row, known.systems);
    if (faults.length > 0) refused.push({ ...candidate, faults });
    else if (!known.services.has(candidate.row.service))
      refuse(candidate, 'service', 'is no service of the catalogue', "n'est pas un service du catalogue");
    else if ((candidate.row.id === 0) !== series)
      refuse(candidate, 'id', '0 is the number of the series record alone', '0 est le numéro de la seule série');
    else sound.push({ ...candidate, id: candidate.row.id });
  }
  const inside = await withoutOutside(queries, sound, refuse);
  await giveNumbers(queries, inside);
  const rows: CompleteRow[] = [];
  const complete = inside.map((candidate) => ({ candidate, row: completeRow(candidate.row, candidate.id!, prefix) }));
  const owners = await ownersOf(
    queries,
    complete.map(({ row }) => row.identifier ?? ''),
  );
  for (const { candidate, row } of complete) {
    const key = keyOf(row.service, row.id);
    const owner = owners.get(row.identifier!);
    if (owner !== undefined && owner !== key) {
      refuse(
        candidate,
        'identifier',
        `${row.identifier} is another record's`,
        `${row.identifier} est à une autre fiche`,
      );
    } else {
      owners.set(row.identifier!, key);
      rows.push(row);
    }
  }
  return { rows, refused };
}

const keyOf = (service: string, id: number) => `${service} ${id}`;

async function ownersOf(queries: Queries, identifiers: readonly string[]): Promise<Map<string, string>> {
  if (identifiers.length === 0) return new Map();
  const rows = await queries.query<{ identifier: string; service: string; id: number }>('vobs_owners', OWNERS, [
    identifiers,
  ]);
  return new Map(rows.map((row) => [row.identifier, keyOf(row.service, row.id)]));
}

/** A projection can be asked for a point that it does not reach; only the database knows. */
async function withoutOutside(queries: Queries, candidates: Candidate[], refuse: Refuse): Promise<Candidate[]> {
  const projected = candidates.filter(
    ({ row }) => !row.footprint && typeof row.longitude === 'number' && ![0, 4326].includes(row.epsg ?? 0),
  );
  if (projected.length === 0) return candidates;
  const outside = await queries.query<{ place: number }>('vobs_outside', OUTSIDE, [
    projected.map(({ row }) => row.longitude),
    projected.map(({ row }) => row.latitude),
    projected.map(({ row }) => row.epsg),
  ]);
  const gone = new Set(outside.map(({ place }) => projected[place - 1]));
  for (const candidate of gone) {
    const { epsg } = candidate!.row;
    refuse(candidate!, 'longitude', `lies outside the system ${epsg}`, `est hors du système ${epsg}`);
  }
  return candidates.filter((candidate) => !gone.has(candidate));
}

/** A row without number is that of its identifier, if the catalogue has it; else it gets the next number of its service. */
async function giveNumbers(queries: Queries, candidates: readonly Candidate[]): Promise<void> {
  const unnumbered = candidates.filter((candidate) => candidate.id === undefined);
  if (unnumbered.length === 0) return;
  const owners = await ownersOf(
    queries,
    unnumbered.flatMap(({ row }) => row.identifier ?? []),
  );
  const fresh = new Map<string, Candidate[]>();
  for (const candidate of unnumbered) {
    const { service, identifier } = candidate.row;
    const owner = identifier === undefined ? undefined : owners.get(identifier);
    if (owner?.startsWith(`${service} `)) candidate.id = Number(owner.slice(service.length + 1));
    else fresh.set(service, [...(fresh.get(service) ?? []), candidate]);
  }
  for (const [service, list] of [...fresh].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const given = candidates.map(({ row }) => (row.service === service ? (row.id ?? 0) : 0));
    const values = [service, list.length, Math.max(...given)];
    const [taken] = await queries.query<{ last_id: number }>('vobs_take_numbers', TAKE_NUMBERS, values);
    for (const [place, candidate] of list.entries()) candidate.id = taken!.last_id - list.length + 1 + place;
  }
}
