// How the driver reads column values: no Date objects (they lose the day, the zone and the precision), and int8 as a number where it is one.
import pg from 'pg';

const { builtins } = pg.types;
const asText = (value: string): string => value;
/** The parser of text[], which the driver's list of type numbers leaves out. */
const textArray = (pg.types.getTypeParser as (oid: number) => (value: string) => unknown)(1009);

const OURS = new Map<number, (value: string) => unknown>([
  [builtins.INT8, (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)],
  [builtins.DATE, asText],
  [builtins.TIME, asText],
  [builtins.TIMESTAMP, asText],
  [builtins.TIMESTAMPTZ, asText],
  [builtins.INTERVAL, asText],
  // Arrays of date and of timestamptz: arrays of text.
  [1182, textArray],
  [1185, textArray],
]);

/** `types` of a pg client or pool. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && OURS.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};
