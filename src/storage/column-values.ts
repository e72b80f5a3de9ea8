// How the driver reads column values: no Date objects (they lose the day, the zone and the precision), and int8 as a number where it is one.
import pg from 'pg';

const { builtins } = pg.types;
const asText = (value: string): string => value;

const OURS = new Map<number, (value: string) => unknown>([
  [builtins.INT8, (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)],
  [builtins.DATE, asText],
  [builtins.TIME, asText],
  [builtins.TIMESTAMP, asText],
  [builtins.TIMESTAMPTZ, asText],
  [builtins.INTERVAL, asText],
  // Arrays of date and of timestamptz: arrays of text.
  [1182, pg.types.getTypeParser(1009, 'text')],
  [1185, pg.types.getTypeParser(1009, 'text')],
]);

/** `types` of a pg client or pool. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && OURS.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};
