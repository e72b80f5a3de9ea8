// HAPI 3 as programs such as hapiclient read it.
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { must, same } from '../kit/requirement.ts';

export interface Parameter {
  readonly name?: string;
  readonly type?: string;
  readonly length?: number;
  readonly size?: readonly number[];
  readonly units?: string | null | readonly unknown[];
  readonly fill?: string | null;
}
export interface Info {
  readonly startDate?: string;
  readonly stopDate?: string;
  readonly parameters?: readonly Parameter[];
  readonly data?: readonly (readonly unknown[])[];
}
export interface Dataset {
  readonly id: string;
  readonly info: Answer;
}
export interface Facts {
  readonly base: string;
  readonly capabilities: Answer;
  readonly catalog: Answer;
  readonly ids: readonly string[];
  /** Some data sets with their descriptions, and one whose rows are asked. */
  readonly datasets: readonly Dataset[];
  readonly asked: Dataset & { readonly start: string; readonly stop: string };
}

export const ask = (http: Http, facts: Pick<Facts, 'base'>, path: string, pairs: Pairs): Promise<Answer> =>
  http.get(withQuery(`${facts.base}/${path}`, pairs));

/** An answer with status 1200 in JSON. */
export function fine(answer: Answer): Answer {
  same([answer.status, answer.media], [200, 'application/json'], 'status and type', answer);
  const { HAPI, status } = answer.json<{ HAPI?: string; status?: { code?: number; message?: string } }>();
  must(/^[23]\.\d+$/.test(HAPI ?? ''), 'no HAPI version', answer);
  same(status?.code, 1200, 'HAPI status', answer);
  return answer;
}

/** An error in JSON with its code and the HTTP status that belongs to it. */
export function refused(answer: Answer, code: number): void {
  must(answer.media === 'application/json', `JSON expected, "${answer.type}" found`, answer);
  same(answer.json<{ status?: { code?: number } }>().status?.code, code, 'HAPI status', answer);
  same(answer.status, code === 1406 || code === 1407 ? 404 : code >= 1500 ? 500 : 400, 'HTTP status', answer);
}

export const rowsOf = (answer: Answer): readonly string[] => answer.text.split('\n').filter((line) => line !== '');

/** Values of a record: an array counts as many as it holds. */
export const width = (parameters: readonly Parameter[]): number =>
  parameters.reduce((sum, { size }) => sum + (size ?? [1]).reduce((product, each) => product * each, 1), 0);

/** Bytes of a binary record. */
export const recordLength = (parameters: readonly Parameter[]): number =>
  parameters.reduce((sum, { type, length, size }) => {
    const bytes = type === 'double' ? 8 : type === 'integer' ? 4 : (length ?? 0);
    return sum + bytes * (size ?? [1]).reduce((product, each) => product * each, 1);
  }, 0);

/** Cells of a line of CSV; quoted ones may hold commas. */
export const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map((match) => match[1] ?? '');
