// `Processing` over the queue: what doors ask, with the rights of who asks.
import { createHash, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { isUuid } from '../../formats/syntax/uuid.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import type { Job, JobOutput, ProcessingReason } from '../../model/job.ts';
import type { Localised } from '../../model/text.ts';
import { mayTakeData, type Viewer } from '../../model/viewer.ts';
import { dismissJob, listJobs, readJob, readJobProvenance, readJobRequest } from '../../storage/job-list.ts';
import { type Entry, enterJob, type JobQuota, type JobRow } from '../../storage/jobs.ts';
import type { Process } from '../process.ts';
import { type JobResult, type Processing, ProcessingFault, type SubmitOptions } from '../processing.ts';
import { checkRequest } from './check-request.ts';
import type { ExecuteParts } from './execute-job.ts';
import { createExecutor, type ExecutorOptions } from './executor.ts';
import { createInputs } from './inputs.ts';
import { type Notifier, notify, subscriberAddresses } from './notify.ts';
import type { InputParts, OpenedSource } from './sources.ts';
import { waitFor } from './wait-for.ts';
import { WORDS } from './words.ts';

export interface ProcessingParts
  extends Omit<InputParts, 'result' | 'remote'>,
    Omit<ExecuteParts, 'inputs' | 'processNamed' | 'store' | 'clock'> {
  readonly catalogue: Catalogue;
  readonly processes: readonly Process[];
  /** Those whose jobs of nobody known are listed. */
  readonly openProcesses: readonly string[];
  readonly outgoing: InputParts['remote'] & Notifier;
  readonly quota: JobQuota;
  /** Days that results are kept; of callers whom nobody knows, and others. */
  readonly days: { readonly anonymous: number; readonly known: number };
  readonly executor: Omit<ExecutorOptions, 'worker' | 'ended'>;
  /** false: this server process queues jobs and leaves them to others. */
  readonly executes: boolean;
}

function fault(parameter: string, reason: ProcessingReason, detail: Localised): ProcessingFault {
  return new ProcessingFault([{ parameter, reason, detail }]);
}

const NO_JOB = { en: 'there is no such job', fr: 'il n’y a pas de tel travail' };
const GONE = {
  en: 'the job was dismissed or its results were removed',
  fr: 'le travail a été annulé ou ses résultats ont été retirés',
};
const NOT_READY = { en: 'the job has not ended yet', fr: 'le travail n’est pas encore terminé' };

const LIMITS: {
  readonly [Kind in Exclude<Entry['kind'], 'entered' | 'known'>]: readonly [ProcessingReason, Localised];
} = {
  queue: [
    'queue-full',
    { en: 'too many jobs are waiting; try again later', fr: 'trop de travaux attendent ; réessayez plus tard' },
  ],
  waiting: [
    'quota-exceeded',
    { en: 'too many of your jobs are waiting or running', fr: 'trop de vos travaux attendent ou sont en cours' },
  ],
  daily: ['quota-exceeded', { en: 'too many jobs in 24 hours', fr: 'trop de travaux en 24 heures' }],
  'other-request': [
    'invalid-input',
    { en: 'the idempotency key was used for another request', fr: 'la clé d’idempotence a servi à une autre requête' },
  ],
};

export function jobOf(row: JobRow): Job {
  const {
    hidden,
    removed: _removed,
    sources: _sources,
    subscriber: _subscriber,
    attempt: _attempt,
    cancel: _cancel,
    ...rest
  } = row;
  return { ...rest, isHidden: hidden };
}

/** May the viewer see the job? Its own; one of nobody known by whoever holds its id; an administrator sees all. */
function maySee(row: JobRow, viewer: Viewer): boolean {
  return row.owner === null || row.owner === viewer.account || viewer.administrator;
}

export function createProcessing(parts: ProcessingParts): Processing {
  const { database, catalogue, store, clock } = parts;
  const known = new Map(
    parts.processes.flatMap((process) =>
      [process.description.id, ...process.description.aliases].map((id) => [id, process] as const),
    ),
  );
  const events = new EventEmitter().setMaxListeners(0);

  async function visible(id: string, viewer: Viewer): Promise<JobRow> {
    const row = isUuid(id) ? await readJob(database, id.toLowerCase()) : null;
    if (row === null || !maySee(row, viewer)) throw fault(id, 'no-such-job', NO_JOB);
    return row;
  }

  /** The rights that the inputs ask for now, which may be stricter than when the job was made. */
  async function demandSources(row: JobRow, viewer: Viewer): Promise<void> {
    const today = new Date(clock()).toISOString().slice(0, 10);
    for (const { service, record } of row.sources) {
      if (record === null) continue;
      const found = await catalogue.get({ service, id: record }, viewer);
      // A record that was withdrawn meanwhile takes what was made of it with it.
      if (found === null || !mayTakeData(viewer, found, today))
        throw new AppError(viewer.account === null ? 'unauthorized' : 'forbidden');
    }
  }

  async function opened(output: JobOutput): Promise<JobResult> {
    if (output.kind !== 'file') return { output, open: null };
    const open = async () => {
      const bytes = await store.open(output.sha256, output.name);
      if (bytes === null) throw fault(output.output, 'job-gone', GONE);
      return bytes;
    };
    return { output, open };
  }

  async function results(id: string, viewer: Viewer): Promise<readonly JobResult[]> {
    const row = await visible(id, viewer);
    if (row.removed || row.state === 'dismissed') throw fault(id, 'job-gone', GONE);
    if (row.state === 'failed')
      throw new ProcessingFault([
        {
          parameter: row.fault?.input ?? '',
          reason: row.fault?.reason ?? 'internal',
          detail: row.fault?.detail ?? row.message,
        },
      ]);
    if (row.state !== 'successful') throw fault(id, 'result-not-ready', NOT_READY);
    await demandSources(row, viewer);
    return Promise.all(row.outputs.map(opened));
  }

  async function resultOf(id: string, output: string, viewer: Viewer): Promise<OpenedSource> {
    const row = await visible(id, viewer);
    const own = (await results(id, viewer)).find((result) => result.output.output === output);
    if (own?.open == null || own.output.kind !== 'file')
      throw new SyntaxFault('the job has no such file', 'le travail n’a pas de tel fichier');
    const about = {
      name: own.output.name,
      title: null,
      licence: null,
      doi: null,
      mediaType: own.output.format.mediaType,
    };
    return { main: { kind: 'bytes', bytes: await own.open() }, about, sources: row.sources };
  }

  const inputs = createInputs({ ...parts, remote: parts.outgoing, result: resultOf });
  const executing: ExecuteParts = { ...parts, inputs, processNamed: (id) => known.get(id) ?? null };
  const tell = async (id: string): Promise<void> => {
    const row = await readJob(database, id);
    if (row?.subscriber) await notify(jobOf(row), row.subscriber, parts.outgoing, `${parts.baseUrl}/jobs/${id}`);
  };
  const executor = parts.executes
    ? createExecutor(executing, {
        ...parts.executor,
        worker: randomUUID(),
        ended: (job) => {
          events.emit(job.id);
          if (job.subscriber !== null)
            tell(job.id).catch((reason: unknown) =>
              parts.warn(`the subscriber of job ${job.id} could not be told`, reason),
            );
        },
      })
    : null;
  // What waited while no server ran.
  executor?.wake();

  function checkSubscriber({ subscriber }: SubmitOptions): void {
    for (const [member, href] of subscriber == null ? [] : subscriberAddresses(subscriber)) {
      try {
        parts.outgoing.check(href);
      } catch (thrown) {
        if (!(thrown instanceof SyntaxFault)) throw thrown;
        throw fault(`subscriber.${member}`, 'invalid-input', thrown.detail);
      }
    }
  }

  return {
    processes: parts.processes.map(({ description }) => description),
    describe: (id) => known.get(id)?.description ?? null,
    applicable: (record) =>
      record.hasRows || record.assets.some(({ role }) => role === 'data')
        ? parts.processes.flatMap(({ description }) => (description.suits(record) ? [description] : []))
        : [],
    async submit(request, viewer, options) {
      const process = known.get(request.process);
      if (process === undefined)
        throw fault(request.process, 'no-such-process', {
          en: `there is no process ${request.process.slice(0, 100)}`,
          fr: `il n'y a pas de processus ${request.process.slice(0, 100)}`,
        });
      const { id, version } = process.description;
      const checked = checkRequest(process.description, request);
      checkSubscriber(options);
      const sources = await inputs.check(checked, viewer);
      const owner = viewer.account;
      const quotaKey =
        owner === null
          ? `address ${createHash('sha256').update(options.address).digest('base64url').slice(0, 22)}`
          : `account ${owner}`;
      const entry = await enterJob(
        database,
        {
          id: randomUUID(),
          process: id,
          version,
          owner,
          quotaKey,
          protocol: options.protocol,
          request: { ...request, process: id },
          viewer,
          sources,
          note: options.note ?? {},
          subscriber: options.subscriber ?? null,
          requestHash: createHash('sha256')
            .update(JSON.stringify([id, request]))
            .digest('hex'),
          idempotencyKey: options.idempotencyKey ?? null,
          isHidden: options.isSynchronous,
          message: WORDS.accepted,
          days: owner === null ? parts.days.anonymous : parts.days.known,
        },
        parts.quota,
      );
      if (entry.kind !== 'entered' && entry.kind !== 'known') throw fault('', ...LIMITS[entry.kind]);
      executor?.wake();
      return jobOf(entry.job);
    },
    job: async (id, viewer) => jobOf(await visible(id, viewer)),
    async request(id, viewer) {
      await visible(id, viewer);
      return readJobRequest(database, id);
    },
    async provenance(id, viewer) {
      const row = await visible(id, viewer);
      await demandSources(row, viewer);
      return readJobProvenance(database, id);
    },
    async jobs(viewer, filter) {
      const { processes, states, created, minDuration, maxDuration, limit, offset } = filter;
      const listing = {
        owner: viewer.account,
        openProcesses: parts.openProcesses,
        processes,
        states,
        createdFrom: created?.start ?? null,
        createdTo: created?.end ?? null,
        minDuration,
        maxDuration,
        limit,
        offset,
      };
      const { jobs, total } = await listJobs(database, listing);
      return { jobs: jobs.map(jobOf), total };
    },
    wait: async (id, viewer, milliseconds, signal) =>
      jobOf(await waitFor(() => visible(id, viewer), id, events, milliseconds, signal)),
    async dismiss(id, viewer) {
      const row = await visible(id, viewer);
      const dismissed = await dismissJob(database, row.id, WORDS.dismissed);
      executor?.stop(row.id);
      events.emit(row.id);
      if (dismissed === null) throw fault(id, 'job-gone', GONE);
      return jobOf(dismissed);
    },
    results,
    synchronousSeconds: parts.executor.synchronousSeconds,
    close: async () => {
      await executor?.close();
    },
  };
}
