// What was done to a table, in its own history, so that every encoding carries it.
import type { Table } from '../../model/table.ts';

/** `2024-05-02T08:00:00Z converted from NASA Ames 1001 flight.na by vobs`. `now`: milliseconds since 1970. */
export function withHistory(table: Table, now: number, step: string): Table {
  const line = `${new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')} ${step}`;
  return { ...table, metadata: { ...table.metadata, history: [...table.metadata.history, line] } };
}
