// Fills an empty catalogue with the demo rows through the one writer of records, in bulk.
import type { Mappings } from '../../mapping/mappings.ts';
import type { MetadataInput } from '../../mapping/row.ts';
import type { FileStore } from '../../model/file-store.ts';
import type { RecordWriter, WriteReport } from '../../storage/write-records.ts';
import { seedFiles } from './files.ts';
import { COUNTS, type Scale, seedRows } from './rows.ts';

export interface SeedOptions {
  readonly scale: Scale;
  /** The catalogue holds no data sets yet: the search index is then built at the end, which takes half the time. */
  readonly empty: boolean;
  /** Where the files of the records go; absent: the records have none. */
  readonly files?: FileStore;
  readonly progress?: (done: number, total: number) => void;
}

/** Records that `seedDemo` writes: those of the services that have a file. */
export function demoCount(mappings: Pick<Mappings, 'services'>, scale: Scale): number {
  return mappings.services.reduce((sum, { name }) => sum + (COUNTS[name]?.[scale] ?? 0), 0);
}

/**
 * Writes the demo rows of every service that has a file; the services and series must be in the database already. A second call changes
 * nothing. Throws where a row is refused: the demo's rows are all sound.
 */
export async function seedDemo(
  writer: Pick<RecordWriter, 'load' | 'write' | 'attach'>,
  mappings: Pick<Mappings, 'services'>,
  { scale, empty, files, progress }: SeedOptions,
): Promise<WriteReport> {
  const total = demoCount(mappings, scale);
  progress?.(0, total);
  const onProgress = (done: number): void => progress?.(done, total);
  const rows = demoInputs(mappings, scale);
  const assets = files === undefined ? [] : await seedFiles(files, demoInputs(mappings, scale));
  const report = empty ? await writer.load(rows, { onProgress, assets }) : await writer.write(rows, { onProgress });
  const [refused] = report.refused;
  if (refused) {
    const { row, faults } = refused;
    const why = faults.map((fault) => `${fault.name} ${fault.detail.en}`).join('; ');
    throw new Error(`${report.refused.length} demo rows were refused, such as ${row.service} ${row.id}: ${why}`);
  }
  if (!empty) await writer.attach(assets);
  return report;
}

function* demoInputs(mappings: Pick<Mappings, 'services'>, scale: Scale): Iterable<MetadataInput> {
  const known = new Set(mappings.services.map(({ name }) => name));
  for (const { input } of seedRows(scale)) if (known.has(input.service)) yield input;
}
