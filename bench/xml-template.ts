// How fast the templates write ISO 19139, beside the same document built with xmlbuilder2, in one run on one core.
//   node --import tsx bench/xml-template.ts [--seconds 2] [--rounds 5]
// Both start from the record; the text is flattened, as sending it would. Rates of a round are taken in turns, the median is printed.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createIso19139 } from '../src/formats/writers/iso19139.ts';
import { createIso19139View } from '../src/formats/writers/iso19139-view.ts';
import type { RecordView } from '../src/model/format.ts';
import type { CatalogRecord } from '../src/model/record.ts';
import { FULL_RECORD } from '../test/fixtures/edge-records.ts';
import { viewForTests } from '../test/fixtures/format-view.ts';
import { testMappings } from '../test/fixtures/mappings.ts';
import { iso19139ByBuilder } from './iso19139-by-builder.ts';

export interface TemplateRates {
  readonly elements: number;
  readonly characters: number;
  /** Documents per second of processor time. */
  readonly template: number;
  readonly builder: number;
  readonly ratio: number;
}

/** A record of the size of a usual data set record: some 300 elements, both languages. */
export const USUAL_RECORD: CatalogRecord = {
  ...FULL_RECORD,
  keywords: ['tephra'],
  themes: FULL_RECORD.themes.slice(0, 1),
  contacts: FULL_RECORD.contacts.slice(1),
  storedLinks: [],
};

export function usualView(): RecordView {
  const { links, ...view } = viewForTests();
  const wanted = new Set(['landing', 'data', 'quicklook']);
  return { ...view, links: (record) => links(record).filter((link) => wanted.has(link.role)) };
}

/** Writes the record again and again in turns; throws when the two documents differ. */
export function measureTemplates(
  record: CatalogRecord,
  view: RecordView,
  milliseconds: number,
  rounds: number,
): TemplateRates {
  const write = createIso19139(testMappings().templates).write;
  const viewOf = createIso19139View();
  const text = write(record, view);
  if (text !== iso19139ByBuilder(viewOf(record, view))) throw new Error('the two documents differ');
  const template: number[] = [];
  const builder: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const rates = [
      rate(() => write(record, view), milliseconds, 50),
      rate(() => iso19139ByBuilder(viewOf(record, view)), milliseconds, 5),
    ] as const;
    if (round === 0) continue;
    template.push(rates[0]);
    builder.push(rates[1]);
  }
  return {
    elements: text.match(/<[a-z]/g)?.length ?? 0,
    characters: text.length,
    template: median(template),
    builder: median(builder),
    ratio: median(template.map((each, i) => each / (builder[i] ?? Number.NaN))),
  };
}

/** Documents per second of processor time (all threads of the process, so that other work on the machine does not count). */
function rate(make: () => string, milliseconds: number, batch: number): number {
  const started = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  let count = 0;
  let sum = 0;
  while (used() < milliseconds) {
    for (let i = 0; i < batch; i++) {
      const text = make();
      sum += text.charCodeAt(text.length >> 1);
    }
    count += batch;
  }
  if (Number.isNaN(sum)) throw new Error('an empty document');
  return (count / used()) * 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** One line a size. */
export function templateReport(milliseconds: number, rounds: number): readonly string[] {
  return (
    [
      ['usual record', USUAL_RECORD, usualView()],
      ['full record', FULL_RECORD, viewForTests()],
    ] as const
  ).map(([name, record, view]) => {
    const { elements, characters, template, builder, ratio } = measureTemplates(record, view, milliseconds, rounds);
    return (
      `ISO 19139 by template, ${name} (${elements} elements, ${characters} characters): ${Math.round(template)} a second; ` +
      `by xmlbuilder2: ${Math.round(builder)} a second; ratio ${ratio.toFixed(1)}`
    );
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '5' } },
  });
  for (const line of templateReport(Number(values.seconds) * 1000, Number(values.rounds)))
    process.stdout.write(`${line}\n`);
}
