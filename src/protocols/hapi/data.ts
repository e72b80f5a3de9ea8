// /hapi/data: the records of a data set in a window of time, as a stream (HAPI 3.3, 3.7).
import type { SeriesTables } from '../../data/series.ts';
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { Dataset, Datasets } from './datasets.ts';
import { hapiFault, reasonOf } from './errors.ts';
import { chosenParameters, type Description, durationText, type Info } from './info.ts';
import type { Parameter } from './parameters.ts';
import { recordStream } from './records.ts';
import { type DataRequest, readDataRequest } from './request.ts';
import { type Format, statusOf } from './vocabulary.ts';

export interface DataParts {
  readonly series: SeriesTables;
  readonly datasets: Datasets;
  readonly info: Info;
  readonly caching: Caching;
  /** Values of one answer, estimated from the rows of the whole data set. */
  readonly mostValues: number;
}

const TYPES: { readonly [F in Format]: string } = {
  csv: 'text/csv; charset=utf-8',
  binary: 'application/octet-stream',
  json: 'application/json; charset=utf-8',
};

/** Throws 1405 outside the dates of the data set, with the dates that are allowed. */
function checkWindow({ start, stop }: DataRequest, { start: first, stop: last, members }: Description): void {
  if (start >= first && stop <= last) return;
  const dates = `startDate ${members.startDate}, stopDate ${members.stopDate}`;
  throw hapiFault(1405, { en: dates, fr: dates });
}

/** Throws 1408 when the window holds too much, with a length of time that would fit. */
function checkAmount(dataset: Dataset, { window }: DataRequest, parameters: readonly Parameter[], most: number): void {
  const span = Math.max(1, dataset.time.end - dataset.time.start);
  const inside = Math.min(window.end, dataset.time.end) - Math.max(window.start, dataset.time.start);
  const width = parameters.reduce((sum, { size }) => sum + size.reduce((a, b) => a * b, 1), 0);
  const values = (dataset.rows * width * Math.max(0, inside)) / span;
  if (values <= most) return;
  const fits = durationText(Math.max(1000, Math.floor((inside * most) / values / 1000) * 1000));
  throw hapiFault(1408, {
    en: `${fits} of these parameters can be asked at once`,
    fr: `${fits} de ces paramètres peuvent être demandés à la fois`,
  });
}

export async function answerData(ctx: AppContext, parts: DataParts): Promise<void> {
  const asked = readDataRequest(ctx.querystring);
  const { viewer, language } = ctx.state;
  const dataset = await parts.datasets.find(asked.dataset, viewer);
  const description = await parts.info.of(dataset, viewer, language);
  checkWindow(asked, description);
  const parameters = chosenParameters(description.parameters, asked.parameters);
  checkAmount(dataset, asked, parameters, parts.mostValues);
  if (parts.caching.notModified(ctx, dataset.revision, `hapi-${asked.format}`)) return;
  const variables = parameters.slice(1).map(({ column }) => column);
  const cut = { variables, time: asked.window, box: null };
  const table = await parts.series.rows(dataset.series, cut, viewer);
  const header = (empty: boolean): string =>
    JSON.stringify({
      ...statusOf(empty ? 1201 : 1200),
      format: asked.format,
      ...description.members,
      parameters: parameters.map(({ object }) => object),
    });
  const wanted = asked.header || asked.format === 'json' ? header : null;
  const state = { isEmpty: false };
  const body = recordStream(table, parameters, asked.format, wanted, () => {
    state.isEmpty = true;
  });
  try {
    await streamBody(ctx, TYPES[asked.format], body);
  } catch (fault) {
    // A bin that was not there when the description was made.
    if (fault instanceof FormatFault) parts.info.forget(dataset);
    throw fault;
  }
  ctx.message = reasonOf(state.isEmpty ? 1201 : 1200, 'OK');
}
