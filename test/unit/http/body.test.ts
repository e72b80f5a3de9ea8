// Bodies of requests: counted while they come, whatever length they announce; texts, encodings and forms.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bodyForm, bodyText, contentTypeOf, readBody } from '../../../src/http/body.ts';
import type { AppContext } from '../../../src/http/protocol.ts';
import { AppError } from '../../../src/model/errors.ts';

const bodies = suite('bodies of requests');
const MOST = 100_000;
let server: Server;
let address: string;

bodies.before(async () => {
  const koa = new Koa();
  koa.use(async (ctx) => {
    try {
      const body = await readBody(ctx as unknown as AppContext, MOST);
      ctx.body = ctx.path === '/form' ? bodyForm(body) : { text: bodyText(body), charset: body.charset };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      ctx.status = error.status;
      ctx.body = error.code;
    }
  });
  server = createServer(koa.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
bodies.after(() => {
  server.close();
});

/** A body that announces no length, in pieces. */
async function* pieces(count: number, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield new Uint8Array(size).fill(97);
}
const chunked = (count: number, size: number): RequestInit & { duplex: 'half' } => ({
  method: 'POST',
  body: pieces(count, size) as unknown as NonNullable<RequestInit['body']>,
  duplex: 'half',
});

bodies('a text comes as it was sent, also in pieces', async () => {
  const answer = await fetch(address, {
    method: 'POST',
    body: 'été',
    headers: { 'content-type': 'text/xml;charset="UTF-8"' },
  });
  assert.equal(await answer.json(), { text: 'été', charset: 'utf-8' });
  const { text } = (await (await fetch(address, chunked(10, 1000))).json()) as { text: string };
  assert.is(text.length, 10_000);
});

bodies('a byte more than allowed is refused while it comes, and the refusal arrives', async () => {
  assert.is((await fetch(address, chunked(1, MOST))).status, 200);
  assert.is((await fetch(address, chunked(1, MOST + 1))).status, 413);
  const answer = await fetch(address, chunked(50, 20_000));
  assert.is(answer.status, 413);
  assert.is(await answer.text(), 'body-too-large');
});

bodies('other bytes than UTF-8 and compressed bodies are refused', async () => {
  const bytes = await fetch(address, { method: 'POST', body: new Uint8Array([0x61, 0xe9, 0x62]) });
  assert.is(bytes.status, 400);
  const zipped = await fetch(address, { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } });
  assert.is(zipped.status, 415);
});

bodies('a form gives its pairs and its faults', async () => {
  const answer = await fetch(`${address}/form`, { method: 'POST', body: 'verb=Identify&a=%C3%A9+b&c=%ZZ\r\n' });
  const { pairs, faults } = (await answer.json()) as { pairs: unknown; faults: readonly { parameter: string }[] };
  assert.equal(pairs, [
    ['verb', 'Identify'],
    ['a', 'é b'],
  ]);
  assert.is(faults[0]?.parameter, 'c');
});

bodies('the parts of a Content-Type', () => {
  assert.equal(contentTypeOf('Application/XML; Charset=ISO-8859-1; x=y'), {
    mediaType: 'application/xml',
    charset: 'iso-8859-1',
  });
  assert.equal(contentTypeOf(undefined), { mediaType: '', charset: null });
});

bodies.run();
