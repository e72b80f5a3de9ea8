// The inputs of a job: the same way is gone when it is entered, as far as it asks nobody elsewhere, and when it is executed.
import { AppError, SyntaxFault } from '../../model/errors.ts';
import type { ProcessingReason } from '../../model/job.ts';
import type { Localised } from '../../model/text.ts';
import type { TimeWindow } from '../../model/time.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { JobSource } from '../../storage/jobs.ts';
import { readLiteral } from '../literals.ts';
import type { SourceAbout } from '../process.ts';
import { ProcessingFault } from '../processing.ts';
import type { MainSource } from './answer-worker.ts';
import type { CheckedRequest, CheckedValue } from './check-request.ts';
import { createSources, type InputParts, type OpenedSource } from './sources.ts';
import type { PlainGiven, SourceHead } from './worker-messages.ts';

export interface OpenedInputs {
  readonly given: { readonly [input: string]: readonly PlainGiven[] };
  readonly heads: readonly SourceHead[];
  readonly mains: readonly MainSource[];
  readonly sources: readonly JobSource[];
  readonly abouts: readonly (SourceAbout & { readonly input: string })[];
  /** Checksums of what was fetched for this job alone. */
  readonly fetched: readonly string[];
}

function fault(parameter: string, reason: ProcessingReason, detail: Localised): ProcessingFault {
  return new ProcessingFault([{ parameter, reason, detail }]);
}

export function createInputs(parts: InputParts) {
  const { remote } = parts;
  const { source, literalAt } = createSources(parts);

  /** The words of what went wrong with one input; refused rights stay what they are. */
  function told(input: string, thrown: unknown): unknown {
    if (thrown instanceof ProcessingFault) return fault(input, thrown.reason, thrown.entries[0]?.detail ?? {});
    if (thrown instanceof SyntaxFault) return fault(input, 'input-not-accessible', thrown.detail);
    if (!(thrown instanceof AppError)) return thrown;
    if (thrown.code === 'not-found')
      return fault(
        input,
        'input-not-accessible',
        thrown.detail ?? {
          en: 'there is no such record or file',
          fr: 'il n’y a pas de telle notice ou de tel fichier',
        },
      );
    if (thrown.code === 'body-too-large') return fault(input, 'input-too-large', thrown.detail ?? {});
    return thrown;
  }

  async function each(
    checked: CheckedRequest,
    viewer: Viewer,
    into: string[] | null,
    take: (input: string, value: CheckedValue, opened: OpenedSource | null) => void,
  ): Promise<void> {
    const [period] = checked.inputs.datetime ?? [];
    const time =
      period?.kind === 'literal'
        ? (readLiteral({ kind: 'literal', type: 'dateTime' }, period.value) as TimeWindow)
        : null;
    for (const [input, values] of Object.entries(checked.inputs)) {
      for (const value of values) {
        try {
          if (value.kind === 'literal-at' && into === null) remote.check(value.href);
          take(input, value, value.kind === 'content' ? await source(value, viewer, time, into) : null);
        } catch (thrown) {
          throw told(input, thrown);
        }
      }
    }
  }

  return {
    /**
     * Checks the rights and the addresses without reading anything; gives the records that are used. Throws ProcessingFault, and AppError
     * `unauthorized` or `forbidden`.
     */
    async check(checked: CheckedRequest, viewer: Viewer): Promise<readonly JobSource[]> {
      const sources: JobSource[] = [];
      await each(checked, viewer, null, (_input, _value, opened) => sources.push(...(opened?.sources ?? [])));
      return sources;
    },
    /** Opens everything for the execution. Throws as `check`. */
    async open(checked: CheckedRequest, viewer: Viewer): Promise<OpenedInputs> {
      const given: Record<string, PlainGiven[]> = {};
      const opened: OpenedSource[] = [];
      const abouts: (SourceAbout & { input: string })[] = [];
      const fetchedFiles: string[] = [];
      const later: {
        readonly input: string;
        readonly place: number;
        readonly value: CheckedValue & { readonly kind: 'literal-at' };
      }[] = [];
      await each(checked, viewer, fetchedFiles, (input, value, source) => {
        given[input] ??= [];
        const own = given[input];
        if (value.kind === 'literal' || value.kind === 'box') own.push(value);
        else if (value.kind === 'literal-at') {
          later.push({ input, place: own.length, value });
          own.push({ kind: 'literal', value: null });
        } else if (source !== null) {
          own.push({ kind: 'source', source: opened.length });
          opened.push(source);
          abouts.push({ ...source.about, input });
        }
      });
      for (const { input, place, value } of later) {
        const literal = await literalAt(value).catch((thrown: unknown) => {
          throw told(input, thrown);
        });
        if (given[input] !== undefined) given[input][place] = literal;
      }
      return {
        given,
        heads: opened.map(headOf),
        mains: opened.map(({ main }) => main),
        sources: opened.flatMap(({ sources }) => sources),
        abouts,
        fetched: fetchedFiles,
      };
    },
  };
}

function headOf({ main, about }: OpenedSource): SourceHead {
  if (main.kind === 'rows') {
    const { chunks: _chunks, close: _close, ...head } = main.table;
    return { about, content: { kind: 'rows', head } };
  }
  const { name, size, path = null } = main.bytes;
  return { about, content: { kind: 'bytes', name, size, path } };
}

export type Inputs = ReturnType<typeof createInputs>;
