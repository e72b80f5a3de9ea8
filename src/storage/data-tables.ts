// The tables of rows, made and extended from the service files: `data_{service}`, with a partition for each year where time is in the natural
// key. Nothing is ever dropped or converted: a column that has left its file stays, a changed key or type is refused.
import type { Service } from '../model/service.ts';
import { type DataShape, dataShapes, lastWithout, quoted, type ShapeColumn } from './data-shape.ts';
import type { Database, Queries } from './database.ts';

/** Any number that no other program on the same database is likely to take. */
const LOCK = 1_870_105_003;

interface FoundColumn {
  readonly service: string;
  readonly name: string;
  readonly type: string;
  readonly size: string | null;
}

const FOUND = `SELECT substr(c.relname, 6) AS service, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  col_description(c.oid, a.attnum) AS size
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname = ANY ($1::text[]) ORDER BY c.relname, a.attnum`;
const KEYS = `SELECT substr(c.relname, 6) AS service, k.conname AS name,
  ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (number, place)
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.number ORDER BY u.place) AS key
FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1::text[])`;
const REGISTER = 'INSERT INTO rows_revision (service) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING';

/**
 * Makes the tables that are missing and adds new columns; gives the names of the services whose table changed. The services must be in the
 * database already. Throws an error that names the service and its file where the natural key or the type of a column differs.
 */
export async function syncDataTables(
  database: Database,
  services: readonly Pick<Service, 'name' | 'data'>[],
): Promise<readonly string[]> {
  const shapes = [...dataShapes(services).values()];
  if (shapes.length === 0 || (await changesOf(database, shapes)).length === 0) return [];
  return database.transaction(
    async (queries) => {
      await queries.query(null, `SELECT pg_advisory_xact_lock(${LOCK})`);
      const changes = await changesOf(queries, shapes);
      for (const { statements } of changes) for (const text of statements) await queries.query(null, text);
      await queries.query(null, REGISTER, [shapes.map(({ service }) => service)]);
      return changes.map(({ service }) => service);
    },
    { unlimited: true },
  );
}

interface TableChange {
  readonly service: string;
  readonly statements: readonly string[];
}

async function changesOf(queries: Queries, shapes: readonly DataShape[]): Promise<readonly TableChange[]> {
  const names = shapes.map(({ service }) => `data_${service}`);
  const columns = await queries.query<FoundColumn>(null, FOUND, [names]);
  const keys = await queries.query<{ service: string; key: readonly string[] }>(null, KEYS, [names]);
  return shapes.flatMap((shape) => {
    const { service } = shape;
    const found = columns.filter((column) => column.service === service);
    const key = keys.find((known) => known.service === service)?.key ?? [];
    const statements = found.length === 0 ? creation(shape) : extension(shape, found, key);
    return statements.length === 0 ? [] : [{ service, statements }];
  });
}

function definition({ name, sqlType, kind, inKey }: ShapeColumn): string {
  // Keys in the order of their characters' codes, the same on every machine.
  const order = kind === 'text' && inKey ? ' COLLATE "C"' : '';
  return `${quoted(name)} ${sqlType}${order}${inKey ? ' NOT NULL' : ''}`;
}

const sizeNote = (size: number): string => `values in a cell: ${size}`;

function comment({ table }: DataShape, { name, kind, size }: ShapeColumn): readonly string[] {
  return kind === 'numbers' ? [`COMMENT ON COLUMN ${table}.${quoted(name)} IS '${sizeNote(size)}'`] : [];
}

function creation(shape: DataShape): readonly string[] {
  const { table, columns, key, service } = shape;
  const list = [
    ...columns.map(definition),
    'vobs_since bigint NOT NULL',
    `PRIMARY KEY (${key.map(quoted).join(', ')})`,
  ];
  const partition = shape.partitioned && shape.time ? ` PARTITION BY RANGE (${quoted(shape.time.name)})` : '';
  const order = orderIndex(shape);
  return [
    `CREATE TABLE ${table} (${list.join(', ')})${partition}`,
    ...(order === null ? [] : [`CREATE INDEX ${quoted(`data_${service}_order`)} ON ${table} (${order})`]),
    ...columns.flatMap((column) => comment(shape, column)),
  ];
}

/** The order of the whole table, where the natural key alone does not give it. */
function orderIndex({ time, key }: DataShape): string | null {
  if (time === null) return null;
  const rest = key.filter((name) => name !== time.name).map(quoted);
  return [time.inKey ? quoted(time.name) : lastWithout(quoted(time.name), time), ...rest].join(', ');
}

function extension(shape: DataShape, found: readonly FoundColumn[], key: readonly string[]): readonly string[] {
  if (key.join() !== shape.key.join()) {
    refuse(shape, `the natural key is (${shape.key.join(', ')}), but its rows are kept by (${key.join(', ')})`);
  }
  return shape.columns.flatMap((column) => {
    const known = found.find(({ name }) => name === column.name);
    if (known === undefined) {
      return [`ALTER TABLE ${shape.table} ADD COLUMN ${definition(column)}`, ...comment(shape, column)];
    }
    if (known.type !== column.sqlType) {
      refuse(shape, `the column ${column.name} is '${column.sqlType}', but its rows have '${known.type}'`);
    }
    if (column.kind === 'numbers' && known.size !== sizeNote(column.size)) {
      refuse(shape, `a cell of the column ${column.name} has ${column.size} values, but its rows have ${known.size}`);
    }
    return [];
  });
}

function refuse({ service }: DataShape, reason: string): never {
  throw new Error(
    `the table data_${service} does not fit the service file of ${service}: ${reason}. Give the changed column a new name, or set the file back`,
  );
}

/** Makes the partitions of these years; readers are not held up. */
export async function ensureYears(queries: Queries, shape: DataShape, years: Iterable<number>): Promise<void> {
  for (const year of years) {
    const name = quoted(`data_${shape.service}_y${String(year).padStart(4, '0')}`);
    const day = (of: number) =>
      `'${String(of).padStart(4, '0')}-01-01${shape.time?.kind === 'day' ? '' : ' 00:00:00+00'}'`;
    // A table of its own that joins the others takes a weaker lock than one that is made as a part of them.
    await queries.query(null, `CREATE TABLE ${name} (LIKE ${shape.table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
    await queries.query(
      null,
      `ALTER TABLE ${shape.table} ATTACH PARTITION ${name} FOR VALUES FROM (${day(year)}) TO (${day(year + 1)})`,
    );
  }
}

/** Years that have a partition. */
export async function readYears(queries: Queries, shape: DataShape): Promise<Set<number>> {
  const rows = await queries.query<{ name: string }>(
    null,
    'SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass',
    [`public.${shape.table}`],
  );
  return new Set(rows.map(({ name }) => Number(name.slice(name.lastIndexOf('_y') + 2))));
}
