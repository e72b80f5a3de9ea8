// The small servers beside ours: bare SQL (the statements of the floor in a loop, no HTTP), and a koa handler that only runs the one-row SELECT
// with which ours answers 304. Run as `servers.ts bare-sql|koa-select …` in a process of their own.
import Koa from 'koa';
import pg from 'pg';
import { FLOOR_SQL } from './floor-sql.ts';

export interface SqlOrder {
  readonly name: string;
  readonly values: readonly (readonly unknown[])[];
  readonly clients: number;
  readonly milliseconds: number;
}

/** Statements a second of a pool of four, as the floor has, kept busy by so many callers. */
async function bareSql(
  pool: pg.Pool,
  order: SqlOrder,
): Promise<{ readonly requests: number; readonly milliseconds: number }> {
  const started = performance.now();
  let requests = 0;
  const caller = async () => {
    while (performance.now() - started < order.milliseconds) {
      const values = [...(order.values[requests++ % order.values.length] ?? [])];
      await pool.query({ name: order.name, text: FLOOR_SQL[order.name] ?? '', values });
    }
  };
  await Promise.all(Array.from({ length: order.clients }, caller));
  return { requests, milliseconds: performance.now() - started };
}

const [kind, url, port] = process.argv.slice(2);
if (kind === 'bare-sql') {
  const pool = new pg.Pool({ connectionString: url, max: 4, options: '-c plan_cache_mode=force_custom_plan' });
  process.on('message', (order: SqlOrder) => {
    bareSql(pool, order).then((result) => process.send?.(result));
  });
  process.send?.('ready');
}
if (kind === 'koa-select') {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const koa = new Koa();
  koa.use(async (ctx) => {
    const { rows } = await pool.query<{ revision: string }>({
      name: 'revision',
      text: 'SELECT revision::text FROM catalogue_revision',
    });
    ctx.set('ETag', `"${rows[0]?.revision}"`);
    ctx.status = 304;
  });
  koa.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
}
