// What node-postgres takes for its socket: it cuts the driver's bytes after each message that the database answers, and has them exchanged.
import { Duplex } from 'node:stream';
import type { Engine } from './engine.ts';
import { fromClient, isAnswered, queryMessage } from './messages.ts';

const EMPTY = Buffer.alloc(0);

/** A stream for one pg client. The session behind it is shared, so that a client which leaves must leave nothing in it. */
export class Wire extends Duplex {
  #engine: Engine;
  #pending: Buffer = EMPTY;
  #started = false;
  #clean = false;
  #generation = 0;

  constructor(engine: Engine) {
    super();
    this.#engine = engine;
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _final(callback: () => void): void {
    this.push(null);
    callback();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    void this.#reset().finally(() => callback(error));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error) => void): void {
    this.#take(chunk).then(() => callback(), callback);
  }

  override _writev(chunks: { chunk: Buffer }[], callback: (error?: Error) => void): void {
    this.#take(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => callback(), callback);
  }

  /** Ends what this client left open; nothing to do when its session went with an earlier worker. */
  async #reset(): Promise<void> {
    if (this.#clean || !this.#started || this.#engine.generation() !== this.#generation) return;
    this.#clean = true;
    for (const sql of ['ROLLBACK', 'DISCARD ALL']) {
      await this.#engine.exchange(queryMessage(sql), 'query').catch(() => {});
    }
  }

  async #take(chunk: Buffer): Promise<void> {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    let from = 0;
    let to = 0;
    for (;;) {
      // The first message of a connection has a length but no type.
      const head = this.#started ? 1 : 0;
      if (this.#pending.length < to + head + 4) break;
      const length = head + this.#pending.readInt32BE(to + head);
      if (this.#pending.length < to + length) break;
      const type = this.#started ? this.#pending[to]! : null;
      to += length;
      if (type === fromClient.terminate) {
        await this.#reset();
        this.#pending = EMPTY;
        this.push(null);
        return;
      }
      if (type !== null && !isAnswered(type)) continue;
      const answer = await this.#send(this.#pending.subarray(from, to), type);
      from = to;
      if (answer.length > 0) this.push(answer);
    }
    this.#pending = this.#pending.subarray(from);
  }

  async #send(out: Buffer, type: number | null): Promise<Buffer> {
    if (type === null) {
      this.#started = true;
      const answer = await this.#engine.exchange(out, 'start');
      this.#generation = this.#engine.generation();
      return answer;
    }
    // A session that ended with its worker cannot be continued in the next one.
    if (this.#engine.generation() !== this.#generation) throw new Error('the database worker ended');
    return this.#engine.exchange(out, type === fromClient.flush ? 'flush' : 'query');
  }
}
