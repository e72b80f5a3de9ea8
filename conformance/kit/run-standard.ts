// Runs the requirements of one standard, one after the other, so that the last request is always the one that a fault was seen in.
import { type Answer, curlLine, type Sent } from './http.ts';
import { type Discovery, Fault, type Requirement, Skip, type Standard, type Target } from './requirement.ts';

export interface Outcome {
  readonly standard: string;
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  /** Title of the conformance class. */
  readonly class: string;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'not claimed';
  /** Why it failed or was skipped. */
  readonly reason?: string;
  /** The request that shows a failure, and how its answer begins. */
  readonly shown?: Sent & {
    readonly curl: string;
    readonly status: number;
    readonly type: string;
    readonly answer: string;
  };
  readonly milliseconds: number;
}

/** A standard whose facts nobody outside sees. */
export interface Runnable {
  readonly name: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly size: number;
  /** Every requirement, or those whose address or title holds one of the words; `tell` hears each outcome as it comes. */
  readonly run: (target: Target, options?: RunOptions) => Promise<readonly Outcome[]>;
}

export interface RunOptions {
  readonly only?: readonly string[];
  readonly tell?: (outcome: Outcome) => void;
  /** A standard that the server does not claim is a failure. */
  readonly all?: boolean;
}

export function runnable<Facts>(standard: Standard<Facts>): Runnable {
  const known = new Set(Object.keys(standard.classes));
  for (const { needs, id } of standard.requirements) {
    if (!known.has(needs)) throw new Error(`${id}: no class ${needs}`);
  }
  return {
    name: standard.name,
    title: standard.title,
    classes: Object.values(standard.classes),
    size: standard.requirements.length,
    run: (target, options) => runStandard(standard, target, options),
  };
}

async function runStandard<Facts>(
  standard: Standard<Facts>,
  target: Target,
  { only = [], tell = () => undefined, all = false }: RunOptions = {},
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const say = (outcome: Outcome): void => {
    outcomes.push(outcome);
    tell(outcome);
  };
  const started = Date.now();
  const described = { standard: standard.name, class: Object.values(standard.classes)[0] ?? '' };
  const discovery = { id: `${standard.name}/discovery`, title: 'The server can be asked what it offers', clause: '' };
  let found: Discovery<Facts>;
  try {
    found = await standard.discover(target);
  } catch (error) {
    say({ ...described, ...discovery, ...failure(error, target), milliseconds: Date.now() - started });
    return outcomes;
  }
  if ('absent' in found) {
    const outcome = all ? 'failed' : 'not claimed';
    say({ ...described, ...discovery, outcome, reason: found.absent, milliseconds: Date.now() - started });
    return outcomes;
  }
  for (const requirement of standard.requirements) {
    const wanted = only.length === 0 || only.some((word) => `${requirement.id} ${requirement.title}`.includes(word));
    if (wanted) say(await judge(standard, requirement, found, target));
  }
  return outcomes;
}

async function judge<Facts>(
  standard: Standard<Facts>,
  { id, title, clause, needs, check }: Requirement<Facts>,
  { claims, facts }: { readonly claims: ReadonlySet<string>; readonly facts: Facts },
  target: Target,
): Promise<Outcome> {
  const started = Date.now();
  const described = { standard: standard.name, id, title, clause, class: standard.classes[needs] ?? needs };
  if (!claims.has(needs)) return { ...described, outcome: 'not claimed', milliseconds: 0 };
  try {
    await check(facts, target);
    return { ...described, outcome: 'passed', milliseconds: Date.now() - started };
  } catch (error) {
    return { ...described, ...failure(error, target), milliseconds: Date.now() - started };
  }
}

function failure(error: unknown, { http }: Target): Pick<Outcome, 'outcome' | 'reason' | 'shown'> {
  if (error instanceof Skip) return { outcome: 'skipped', reason: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  const answer: Answer | undefined = (error instanceof Fault ? error.answer : undefined) ?? http.last();
  if (answer === undefined) return { outcome: 'failed', reason };
  const { sent, status, type, text } = answer;
  const shown = { ...sent, curl: curlLine(sent), status, type, answer: text.slice(0, 600) };
  return { outcome: 'failed', reason, shown };
}
