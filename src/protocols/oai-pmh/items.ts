// Items in an answer (OAI-PMH 2.0, 2.5): header with identifier, datestamp and sets, and the metadata of those that are not deleted.
import { xmlText } from '../../formats/writers/text.ts';
import type { RecordView } from '../../model/format.ts';
import type { HarvestHeader, HarvestItem } from '../../model/harvest.ts';
import type { Identifiers } from './identifiers.ts';
import type { OfferedPrefix } from './prefixes.ts';
import type { Sets } from './sets.ts';

export interface ItemWriter {
  readonly header: (header: HarvestHeader, today: string) => string;
  /** `view` has the number of the item in the answer, which makes its gml:id unique. */
  readonly record: (item: HarvestItem, prefix: OfferedPrefix, view: RecordView, today: string) => string;
}

export function createItemWriter(identifiers: Identifiers, sets: Sets): ItemWriter {
  // The same few combinations of sets come again and again.
  const written = new Map<string, string>();
  const setSpecs = (header: HarvestHeader, today: string): string => {
    const specs = sets.specsOf(header, today);
    const key = specs.join(' ');
    let text = written.get(key);
    if (text === undefined) {
      text = specs.map((spec) => `<setSpec>${xmlText(spec)}</setSpec>`).join('');
      if (written.size < 10_000) written.set(key, text);
    }
    return text;
  };
  const header: ItemWriter['header'] = (item, today) =>
    `<header${item.deleted ? ' status="deleted"' : ''}><identifier>${xmlText(identifiers.print(item.identifier))}</identifier><datestamp>${item.datestamp}</datestamp>${setSpecs(item, today)}</header>`;
  return {
    header,
    record(item, prefix, view, today) {
      const metadata = item.record === null ? '' : `<metadata>${prefix.format.write(item.record, view)}</metadata>`;
      return `<record>${header(item.header, today)}${metadata}</record>`;
    },
  };
}
