// GetRecordById: 2.0.2 wraps what it finds of several identifiers, 3.0 gives one record bare, or 404 (OGC 07-006r1 10.9; OGC 12-176r7 7.4).
// GetRepositoryItem gives the whole ISO 19139 document.
import type { Catalogue, RecordKey } from '../../catalogue/catalogue.ts';
import { hoistDeclarations } from '../../formats/writers/bare-element.ts';
import type { Caching } from '../../http/caching.ts';
import type { DocumentMemory } from '../../http/document-memory.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import { type Call, dialectOf, readParametersOf } from './call.ts';
import { invalid, OwsError } from './errors.ts';
import { entryWithBox } from './feed.ts';
import { listOf, type OutputForm, readOutput } from './output-request.ts';
import type { OutputSchemas } from './output-schemas.ts';
import { writeRecords } from './record-writer.ts';
import { asDocument, sendBytes, sendXml } from './reply.ts';
import { ATOM_TYPE, type Dialect } from './vocabulary.ts';

const MOST_IDS = 100;

export interface GetRecordByIdDeps {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  /** Documents of single records that were asked lately. */
  readonly documents: DocumentMemory;
  readonly links: Links;
  readonly schemas: OutputSchemas;
  readonly view: (language: Language, sequence: number) => RecordView;
  /** Writes repository items. */
  readonly whole: RecordFormat['write'];
}

/** An identifier, or the stable address of a record of ours. */
function keyOf(id: string, links: Links): RecordKey {
  const start = `${links.base}/id/`;
  if (!id.startsWith(start)) return { identifier: id };
  const [, service, number] = /^([a-z0-9]+)(?:\/(\d{1,9}))?$/.exec(id.slice(start.length)) ?? [];
  return service === undefined ? { identifier: id } : { service, id: Number(number ?? 0) };
}

/** What is there of the asked identifiers, in their order. A text with commas may be one identifier. */
async function find(text: string, deps: GetRecordByIdDeps, viewer: Viewer, several: boolean): Promise<CatalogRecord[]> {
  const { catalogue, links } = deps;
  const whole = await catalogue.get(keyOf(text, links), viewer);
  if (whole !== null) return [whole];
  const ids = listOf(text);
  if (!several || ids.length < 2) return [];
  if (ids.length > MOST_IDS) {
    throw new OwsError([invalid('id', `at most ${MOST_IDS} are taken`, `au plus ${MOST_IDS} sont acceptés`)]);
  }
  const records: CatalogRecord[] = [];
  for (const id of ids) {
    const record = await catalogue.get(keyOf(id, links), viewer);
    if (record !== null) records.push(record);
  }
  return records;
}

/** Is the caller's copy still good? A single record changes with its own revision alone, so one statement gives both. */
function isCurrent(ctx: AppContext, records: readonly CatalogRecord[], output: OutputForm, caching: Caching): boolean {
  const [only] = records;
  if (ctx.method === 'POST' || records.length !== 1 || only === undefined) return false;
  return caching.notModified(ctx, only.change, `csw ${output.mediaType}`);
}

function wrapped(elements: readonly string[], dialect: Dialect): string {
  const hoisted = hoistDeclarations(elements, new Map([['csw', dialect.csw]]));
  return (
    `<csw:GetRecordByIdResponse xmlns:csw="${dialect.csw}"${hoisted.declarations}>` +
    `${hoisted.elements.join('\n')}</csw:GetRecordByIdResponse>`
  );
}

/** One element without XML declaration. 3.0 asks for one identifier, and its answer is the record itself. */
function write(
  records: readonly CatalogRecord[],
  call: Call,
  output: OutputForm,
  view: (sequence: number) => RecordView,
): string {
  const elements = writeRecords(records, { output, elements: null, crs: null }, view);
  if (call.version === '2.0.2') return wrapped(elements, dialectOf(call));
  const [record] = records;
  const [bare = ''] = elements;
  return output.mediaType === ATOM_TYPE && record !== undefined ? entryWithBox(bare, record) : bare;
}

const unknown = (): OwsError =>
  new OwsError([invalid('id', 'there is no such record', 'il n’y a pas de tel enregistrement')], 'not-found');

/** Gives the handler of GetRecordById. */
export function createGetRecordById(deps: GetRecordByIdDeps): (ctx: AppContext, call: Call) => Promise<void> {
  return async (ctx, call) => {
    const { viewer, language } = ctx.state;
    const reader = readParametersOf(call.parameters);
    const id = reader.text('id');
    if (id === null) reader.missing('id');
    const output = readOutput(reader, call, deps.schemas);
    reader.finish();
    const isFirst = call.version === '2.0.2';
    const records = await find((id ?? '').trim(), deps, viewer, isFirst);
    if (!isFirst && records.length === 0) throw unknown();
    if (isCurrent(ctx, records, output, deps.caching)) return;
    const make = (): string => write(records, call, output, (sequence) => deps.view(language, sequence));
    const [record] = records;
    if (records.length !== 1 || record === undefined || call.envelope !== null)
      return sendXml(ctx, make(), output.mediaType, call.envelope);
    const { schema, set, mediaType } = output;
    const key = `csw ${call.version} ${schema.uri} ${set} ${language} ${record.change} ${record.identifier}`;
    sendBytes(
      ctx,
      deps.documents.of(key, () => asDocument(make())),
      mediaType,
    );
  };
}

/** Gives the handler of GetRepositoryItem: an unknown one is 404. */
export function createGetRepositoryItem(deps: GetRecordByIdDeps): (ctx: AppContext, call: Call) => Promise<void> {
  return async (ctx, call) => {
    const reader = readParametersOf(call.parameters);
    const id = reader.text('id');
    if (id === null) reader.missing('id');
    reader.finish();
    const [record] = await find((id ?? '').trim(), deps, ctx.state.viewer, false);
    if (record === undefined) throw unknown();
    if (ctx.method !== 'POST' && deps.caching.notModified(ctx, record.change, 'csw item')) return;
    sendXml(ctx, deps.whole(record, deps.view(ctx.state.language, 0)), 'application/xml', call.envelope);
  };
}
