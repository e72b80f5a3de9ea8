// The frames of the PostgreSQL protocol, version 3 (PostgreSQL manual, "Message Formats"): one type byte, then a length that counts itself.

/** Types of messages that we look at. `fromClient` ones are sent by the driver, `fromServer` ones by the database. */
export const fromClient = { query: 0x51, parse: 0x50, sync: 0x53, flush: 0x48, terminate: 0x58 } as const;
export const fromServer = { error: 0x45, parseComplete: 0x31, readyForQuery: 0x5a } as const;
/** After these the database answers: Query, Sync, Flush, CopyFail, CopyDone, and the password message. */
const ANSWERED = new Set([fromClient.query, fromClient.sync, fromClient.flush, 0x63, 0x66, 0x70]);
/** State byte of ReadyForQuery when no transaction is open. */
const IDLE = 0x49;

export interface Message {
  readonly type: number;
  /** The whole frame. */
  readonly bytes: Buffer;
}

/** Cuts whole frames from `data`. */
export function* messagesOf(data: Buffer): Iterable<Message> {
  for (let at = 0; at < data.length; ) {
    const end = at + 1 + data.readInt32BE(at + 1);
    yield { type: data[at]!, bytes: data.subarray(at, end) };
    at = end;
  }
}

export function isAnswered(type: number): boolean {
  return ANSWERED.has(type);
}

export function saysIdle(ready: Buffer): boolean {
  return ready[5] === IDLE;
}

/** Name of the statement of a Parse message; '' for the unnamed one. */
export function statementName(parse: Buffer): string {
  return parse.toString('utf8', 5, parse.indexOf(0, 5));
}

/** Text of a Query message. */
export function queryText(query: Buffer): string {
  return query.toString('utf8', 5, query.length - 1);
}

/** A Query message. */
export function queryMessage(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5);
  head[0] = fromClient.query;
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

export const SYNC: Buffer = Buffer.from([fromClient.sync, 0, 0, 0, 4]);
