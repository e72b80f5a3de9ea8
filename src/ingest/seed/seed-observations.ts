// Writes the demo's rows of observations through the one writer of rows, service by service.
import type { Mappings } from '../../mapping/mappings.ts';
import type { DataWriter } from '../../storage/data-rows-write.ts';
import { dataShapes } from '../../storage/data-shape.ts';
import { observationChunks } from './observations.ts';
import type { Scale } from './rows.ts';

export interface SeedRowsReport {
  readonly inserted: number;
  readonly replaced: number;
  readonly unchanged: number;
}

/**
 * The demo's records must be there already. A second call changes nothing. `progress` is told the rows done. Throws where a row is refused:
 * the demo's rows are all sound.
 */
export async function seedObservations(
  writer: Pick<DataWriter, 'load'>,
  mappings: Pick<Mappings, 'services'>,
  { scale, progress }: { readonly scale: Scale; readonly progress?: (done: number) => void },
): Promise<SeedRowsReport> {
  const report = { inserted: 0, replaced: 0, unchanged: 0 };
  for (const shape of dataShapes(mappings.services).values()) {
    const before = report.inserted + report.replaced + report.unchanged;
    const columns = shape.columns.map(({ name }) => name);
    const written = await writer.load(shape.service, columns, observationChunks(shape, scale), {
      onProgress: (rows) => progress?.(before + rows),
    });
    const [refused] = written.refused;
    if (refused) {
      const why = refused.faults.map((fault) => `${fault.parameter} ${fault.detail.en}`).join('; ');
      throw new Error(
        `${written.refused.length} demo rows of ${shape.service} were refused, such as row ${refused.row}: ${why}`,
      );
    }
    report.inserted += written.inserted;
    report.replaced += written.replaced;
    report.unchanged += written.unchanged;
  }
  return report;
}
