// The one session of the embedded database, inside the worker, with remedies for two faults of PGlite 0.5.8:
// 1. every failed statement leaks stack, and after some 1500 of them answers are wrong: the instance is opened anew in good time;
// 2. an error in the extended protocol is answered by two ReadyForQuery, of which the second would end the next query: one is kept.
import { fromClient, fromServer, messagesOf, queryText, SYNC, saysIdle, statementName } from './messages.ts';

/** What we use of PGlite. */
export interface Instance {
  execProtocolRawStream(message: Uint8Array, options: { onRawData(data: Uint8Array): void }): Promise<void>;
  close(): Promise<void>;
}

/** start: the driver's first message, which has no type byte. flush: answers are wanted, but the exchange is not over. */
export type ExchangeKind = 'query' | 'flush' | 'start';

export interface Session {
  /** Sends whole messages and gives the whole answer. Throws when the instance is broken: the worker must end then. */
  exchange(out: Uint8Array, kind: ExchangeKind): Promise<Buffer>;
  close(): Promise<void>;
}

const MOST_FAILURES = 500;

/** `onReopen` is told before the instance is opened anew, which takes seconds that are not the statement's. */
export async function startSession(open: () => Promise<Instance>, onReopen: () => void): Promise<Session> {
  let instance = await open();
  let failures = 0;
  let startup: Uint8Array | undefined;
  /** Named statements that the driver believes to be prepared: name → Parse message. */
  const prepared = new Map<string, Buffer>();

  const send = async (message: Uint8Array): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    await instance.execProtocolRawStream(message, { onRawData: (data) => chunks.push(Buffer.from(data)) });
    return Buffer.concat(chunks);
  };
  const reopen = async () => {
    onReopen();
    await instance.close();
    instance = await open();
    failures = 0;
    if (startup) await send(startup);
    for (const parse of prepared.values()) await send(Buffer.concat([parse, SYNC]));
  };
  const remember = (out: Uint8Array, kind: ExchangeKind, parsed: boolean) => {
    if (kind === 'start') {
      startup = out;
      prepared.clear();
      return;
    }
    for (const { type, bytes } of messagesOf(Buffer.from(out))) {
      if (type === fromClient.parse && parsed && statementName(bytes) !== '') prepared.set(statementName(bytes), bytes);
      if (type === fromClient.query && queryText(bytes) === 'DISCARD ALL') prepared.clear();
    }
  };
  return {
    async exchange(out, kind) {
      const answer = withOneReady(await send(out), kind);
      failures += answer.errors;
      remember(out, kind, answer.parsed);
      if (failures >= MOST_FAILURES && answer.idle) await reopen();
      return answer.bytes;
    },
    close: () => instance.close(),
  };
}

/** The answer with its last ReadyForQuery only, and with none when the driver asked for Flush. */
function withOneReady(data: Buffer, kind: ExchangeKind) {
  const kept: Buffer[] = [];
  let ready: Buffer | undefined;
  let errors = 0;
  let parsed = false;
  for (const { type, bytes } of messagesOf(data)) {
    if (type === fromServer.error) errors++;
    if (type === fromServer.parseComplete) parsed = true;
    if (type === fromServer.readyForQuery) ready = bytes;
    else kept.push(bytes);
  }
  if (ready && kind !== 'flush') kept.push(ready);
  const idle = ready !== undefined && kind !== 'flush' && saysIdle(ready);
  return { bytes: Buffer.concat(kept), errors, parsed, idle };
}
