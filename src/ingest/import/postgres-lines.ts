// The customer's table in another PostgreSQL: `postgres://host/database?table=schema.table`, read by a cursor, every column as text.
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { SourceLine } from './lines.ts';

const CHUNK = 1000;
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Rows numbered from 2, as if under a header. Dates come as `YYYY-MM-DD`, decimals with a point, whatever the server's settings. */
export async function* postgresLines(source: string): AsyncGenerator<SourceLine> {
  const url = new URL(source);
  const table = (url.searchParams.get('table') ?? 'metadata').split('.').map(quote).join('.');
  url.searchParams.delete('table');
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query("SET datestyle = 'ISO, YMD'; SET default_transaction_read_only = on");
    const head = await client.query(`SELECT * FROM ${table} LIMIT 0`);
    const names = head.fields.map((field) => field.name);
    const columns = names.map((name) => `${quote(name)}::text`).join(', ');
    const cursor = client.query(
      new Cursor<(string | null)[]>(`SELECT ${columns} FROM ${table}`, [], { rowMode: 'array' }),
    );
    let line = 2;
    for (let rows = await cursor.read(CHUNK); rows.length > 0; rows = await cursor.read(CHUNK)) {
      for (const row of rows) yield { line: line++, names, cells: row.map((cell) => cell ?? '') };
    }
  } finally {
    await client.end();
  }
}
