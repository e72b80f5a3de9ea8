// Two thousand hostile filters and XML bodies (five hundred on the embedded database), drawn over every dialect that takes a filter: each is answered in the dialect's own envelope in
// under a second, nothing is fetched, nothing of the inside is told, and the catalogue is what it was.
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EVERYTHING } from '../../../src/model/query.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { testApp } from '../../fixtures/app.ts';
import { onEmbedded } from '../../fixtures/database.ts';
import { getRecords2, PREFIXES, ROOT_2, ROOT_3 } from '../csw/client.ts';

const RUNS = onEmbedded() ? 500 : 2000;
const encode = encodeURIComponent;

interface Sent {
  readonly name: string;
  readonly path: string;
  readonly body?: Buffer | string;
  readonly type?: string;
  /** How the answer tells an error. */
  readonly envelope: 'ows' | 'problem' | 'stac';
  /** It may be a request that is right after all: an answer is as good as a refusal. */
  readonly mayPass: boolean;
}

let trap: Server;
let fetched = 0;
let address: string;

const getRecords3 = (filter: string): string =>
  `<csw:GetRecords ${ROOT_3}><csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName><csw:Constraint version="2.0.0"><fes:Filter>${filter}</fes:Filter></csw:Constraint></csw:Query></csw:GetRecords>`;
const soap = (body: string): string =>
  `<e:Envelope xmlns:e="${PREFIXES.soap12}"><e:Body>${body.replace(/^(?:<\?xml[^>]*>)?/, '')}</e:Body></e:Envelope>`;

const xmlBody = (name: string, body: Buffer | string, mayPass = false): Sent => ({
  name,
  path: '/csw',
  body,
  type: 'application/xml',
  envelope: 'ows',
  mayPass,
});

/** Entities that grow, that come from elsewhere, that nobody declared. */
const entities = fc
  .record({
    levels: fc.integer({ min: 3, max: 12 }),
    width: fc.integer({ min: 2, max: 40 }),
    kind: fc.constantFrom('grow', 'external', 'file', 'parameter', 'subset', 'undeclared', 'numeric'),
    at: fc.constantFrom('root', 'literal', 'attribute', 'name'),
  })
  .map(({ levels, width, kind, at }) => {
    const place = {
      root: (entity: string) => `<csw:GetRecords ${ROOT_2}>${entity}</csw:GetRecords>`,
      literal: (entity: string) => getRecords2({ filter: `<ogc:Literal>${entity}</ogc:Literal>` }),
      attribute: (entity: string) => `<csw:GetRecords ${ROOT_2} outputFormat="${entity}"/>`,
      name: (entity: string) =>
        getRecords2({
          filter: `<ogc:PropertyIsNull><ogc:PropertyName>${entity}</ogc:PropertyName></ogc:PropertyIsNull>`,
        }),
    }[at];
    const growing = Array.from({ length: levels }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(width)}">`).join(
      '',
    );
    const bodies = {
      grow: `<!DOCTYPE r [<!ENTITY e0 "lol">${growing}]>${place(`&e${levels};`)}`,
      external: `<!DOCTYPE r [<!ENTITY x SYSTEM "${address}/x">]>${place('&x;')}`,
      file: `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>${place('&x;')}`,
      parameter: `<!DOCTYPE r [<!ENTITY % x SYSTEM "${address}/p"> %x;]>${place('x')}`,
      subset: `<!DOCTYPE r PUBLIC "-//x//y" "${address}/dtd">${place('x')}`,
      undeclared: place(`&e${levels};`),
      numeric: place('&#0;&#xD800;'),
    };
    return xmlBody(`${kind} entity in the ${at}`, bodies[kind]);
  });

/** Levels without end, in every syntax. */
const depths = fc
  .record({ depth: fc.integer({ min: 70, max: 10_000 }), kind: fc.integer({ min: 0, max: 6 }) })
  .map(({ depth, kind }): Sent => {
    const short = Math.min(depth, 1500);
    const json = `${'{"op":"not","args":['.repeat(depth)}{"op":"=","args":[1,1]}${']}'.repeat(depth)}`;
    const not = (prefix: string, name: string): string =>
      `${`<${prefix}:Not>`.repeat(depth)}<${prefix}:PropertyIsNull><${prefix}:${name}>dc:title</${prefix}:${name}></${prefix}:PropertyIsNull>${`</${prefix}:Not>`.repeat(depth)}`;
    const sent: readonly Sent[] = [
      xmlBody('deep FES 1.1', getRecords2({ filter: not('ogc', 'PropertyName') })),
      xmlBody('deep FES 2.0', getRecords3(not('fes', 'ValueReference'))),
      xmlBody('deep envelope', soap('<a>'.repeat(depth) + '</a>'.repeat(depth))),
      {
        name: 'deep CQL',
        path: `/csw?service=CSW&version=2.0.2&request=GetRecords&typeNames=csw:Record&constraintLanguage=CQL_TEXT&constraint=${encode(`${'NOT ('.repeat(short)}dc:title = 'x'${')'.repeat(short)}`)}`,
        envelope: 'ows',
        mayPass: false,
      },
      {
        name: 'deep CQL2 text',
        path: `/collections/records/items?filter=${encode(`${'NOT ('.repeat(short)}title = 'x'${')'.repeat(short)}`)}`,
        envelope: 'problem',
        mayPass: false,
      },
      {
        name: 'deep CQL2 JSON in STAC',
        path: '/stac/search',
        body: `{"filter-lang":"cql2-json","filter":${json}}`,
        type: 'application/json',
        envelope: 'stac',
        mayPass: false,
      },
      {
        name: 'deep lists in STAC',
        path: '/stac/search',
        body: `{"intersects":${'['.repeat(depth)}${']'.repeat(depth)}}`,
        type: 'application/json',
        envelope: 'stac',
        mayPass: false,
      },
    ];
    return sent[kind] as Sent;
  });

const VALID_FES =
  '<ogc:And><ogc:BBOX><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName><gml:Envelope><gml:lowerCorner>30 10</gml:lowerCorner><gml:upperCorner>45 20</gml:upperCorner></gml:Envelope></ogc:BBOX><ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="\\"><ogc:PropertyName>dc:title</ogc:PropertyName><ogc:Literal>*a*</ogc:Literal></ogc:PropertyIsLike></ogc:And>';
const VALID_TEXT =
  "S_INTERSECTS(geometry, POLYGON((10 30,20 30,20 45,10 45,10 30))) AND title LIKE '%a%' AND T_AFTER(datetime, TIMESTAMP('2010-01-01T00:00:00Z'))";

/** A right filter with a few signs lost, doubled, exchanged or put in. */
const spoiled = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.integer({ min: 0, max: text.length - 1 }),
        how: fc.constantFrom('drop', 'double', 'swap', 'put'),
        sign: fc.constantFrom(
          '<',
          '>',
          '&',
          '"',
          "'",
          '\\',
          '%',
          '(',
          ')',
          '\u0000',
          '\ud800',
          '\u202e',
          '٣',
          ']]>',
          '--',
          '/*',
          '1e999',
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) =>
      edits.reduce((now, { at, how, sign }) => {
        const [before, here, after] = [now.slice(0, at), now.slice(at, at + 1), now.slice(at + 1)];
        if (how === 'drop') return before + after;
        if (how === 'double') return before + here + here + after;
        return how === 'swap' ? before + sign + after : before + sign + here + after;
      }, text),
    );

const mutated = fc.oneof(
  spoiled(getRecords2({ filter: VALID_FES })).map((body) => xmlBody('spoiled FES', body, true)),
  spoiled(getRecords2({ filter: VALID_FES })).map((body) => xmlBody('spoiled SOAP', soap(body), true)),
  spoiled(VALID_TEXT).map(
    (text): Sent => ({
      name: 'spoiled CQL2 text',
      path: `/collections/records/items?filter=${encode(Buffer.from(text).toString())}`,
      envelope: 'problem',
      mayPass: true,
    }),
  ),
  spoiled(
    JSON.stringify({
      filter: {
        op: 'and',
        args: [
          { op: 'like', args: [{ property: 'title' }, '%a%'] },
          { op: '=', args: [{ property: 'gsd' }, 1] },
        ],
      },
    }),
  ).map(
    (body): Sent => ({
      name: 'spoiled CQL2 JSON',
      path: '/stac/search',
      body,
      type: 'application/json',
      envelope: 'stac',
      mayPass: true,
    }),
  ),
);

/** Patterns over which a careless matcher goes back and forth for years. */
const patterns = fc
  .record({
    part: fc.constantFrom('%a', '*a', '_%', '%_%', '(a+)+', '[a-z]*', '\\', '%%', '?*'),
    times: fc.integer({ min: 20, max: 400 }),
    door: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ part, times, door }): Sent => {
    const pattern = `${part.repeat(times)}b`;
    const xml = pattern.replaceAll('<', '&lt;');
    const sent: readonly Sent[] = [
      xmlBody(
        'pattern in FES',
        getRecords2({
          filter: `<ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="\\"><ogc:PropertyName>dct:abstract</ogc:PropertyName><ogc:Literal>${xml}</ogc:Literal></ogc:PropertyIsLike>`,
        }),
        true,
      ),
      {
        name: 'pattern in CQL2 text',
        path: `/collections/records/items?filter=${encode(`description LIKE '${pattern}'`)}`,
        envelope: 'problem',
        mayPass: true,
      },
      {
        name: 'pattern in STAC',
        path: '/stac/search',
        body: JSON.stringify({ filter: { op: 'like', args: [{ property: 'title' }, pattern] } }),
        type: 'application/json',
        envelope: 'stac',
        mayPass: true,
      },
      {
        name: 'pattern as words',
        path: `/csw?service=CSW&version=3.0.0&request=GetRecords&typeNames=csw:Record&q=${encode(pattern)}`,
        envelope: 'ows',
        mayPass: true,
      },
    ];
    return sent[door] as Sent;
  });

/** Bytes that are not the text that they say. */
const encodings = fc
  .record({
    name: fc.constantFrom('UTF-8', 'UTF-16', 'UTF-7', 'EBCDIC-FR', 'UCS-4', 'x-user-defined', 'ISO-8859-1'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    at: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ name, bytes, at }) => {
    const text = Buffer.from(`<?xml version="1.0" encoding="${name}"?>${getRecords2({ filter: VALID_FES })}`);
    return xmlBody(
      `bytes under ${name}`,
      Buffer.concat([text.subarray(0, 60 + at), bytes, text.subarray(60 + at)]),
      true,
    );
  });

/** Much of something. */
const masses = fc
  .record({ size: fc.integer({ min: 5_000, max: 40_000 }), kind: fc.integer({ min: 0, max: 5 }) })
  .map(({ size, kind }): Sent => {
    const equal =
      '<ogc:PropertyIsEqualTo><ogc:PropertyName>dc:title</ogc:PropertyName><ogc:Literal>x</ogc:Literal></ogc:PropertyIsEqualTo>';
    const sent: readonly Sent[] = [
      xmlBody('many conditions', getRecords2({ filter: `<ogc:Or>${equal.repeat(Math.min(size, 9000))}</ogc:Or>` })),
      xmlBody(
        'many attributes',
        `<csw:GetRecords ${ROOT_2} ${Array.from({ length: size }, (_, i) => `a${i}="1"`).join(' ')}/>`,
      ),
      xmlBody(
        'many positions',
        getRecords2({
          filter: `<ogc:Intersects><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName><gml:LineString><gml:posList>${Array.from({ length: size + 20_000 }, (_, i) => `${i % 80} ${i % 170}`).join(' ')}</gml:posList></gml:LineString></ogc:Intersects>`,
        }),
      ),
      xmlBody('five megabytes', getRecords2({ filter: `<ogc:Literal>${'x'.repeat(5_000_000)}</ogc:Literal>` })),
      xmlBody('many elements', `<csw:GetRecords ${ROOT_2}>${'<a/>'.repeat(size)}</csw:GetRecords>`),
      {
        name: 'a long list in STAC',
        path: '/stac/search',
        body: JSON.stringify({
          filter: { op: 'in', args: [{ property: 'title' }, Array.from({ length: size }, (_, i) => `t${i}`)] },
        }),
        type: 'application/json',
        envelope: 'stac',
        mayPass: false,
      },
    ];
    return sent[kind] as Sent;
  });

const references = fc.constantFrom('schemaLocation', 'handler', 'include', 'stylesheet').map((kind) => {
  const plain = getRecords2({});
  const at = `${address}/${kind}`;
  const bodies = {
    schemaLocation: plain.replace(
      '<csw:GetRecords ',
      `<csw:GetRecords xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${PREFIXES.csw} ${at}" `,
    ),
    handler: plain.replace('<csw:Query', `<csw:ResponseHandler>${at}</csw:ResponseHandler><csw:Query`),
    include: getRecords2({ filter: `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${at}"/>` }),
    stylesheet: `<?xml-stylesheet type="text/xsl" href="${at}"?>${plain}`,
  };
  return xmlBody(`reference by ${kind}`, bodies[kind], true);
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

function send(port: number, { path, body, type }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
    const outgoing = request(
      { port, path, host: '127.0.0.1', method: body === undefined ? 'GET' : 'POST', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body: text }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const ENVELOPES: { readonly [E in Sent['envelope']]: (answer: Answer) => boolean } = {
  ows: ({ body }) => /<ows2?:ExceptionReport[\s>]/.test(body) && /exceptionCode="\w+"/.test(body),
  problem: ({ type, body }) =>
    type.startsWith('application/problem+json') && typeof JSON.parse(body).title === 'string',
  stac: ({ type, body }) => /^application\/(problem\+)?json/.test(type) && typeof JSON.parse(body).code === 'string',
};

/** Ports of this machine that anybody here has connected to, and every other place by its name. */
function watchConnections(): { readonly seen: ReadonlySet<string>; readonly stop: () => void } {
  const seen = new Set<string>();
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function watched(this: Socket, ...given: unknown[]) {
    const first = (Array.isArray(given[0]) ? given[0][0] : given[0]) as { host?: string; port?: number } | number;
    const { host, port } = typeof first === 'object' ? first : { host: String(given[1] ?? 'localhost'), port: first };
    seen.add(host === undefined || /^(127\.|localhost$|::1$)/.test(host) ? `:${port}` : host);
    return Reflect.apply(connect, this, given);
  } as typeof connect;
  return {
    seen,
    stop: () => {
      Socket.prototype.connect = connect;
    },
  };
}

const test = suite('hostile filters');
test.before(async () => {
  trap = createServer((_request, response) => {
    fetched++;
    response.end('x');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
});
test.after(() => {
  trap.close();
});

test(`${RUNS} drawn: an error of the dialect in under a second each, and nothing is fetched`, async () => {
  const { server, catalogue } = await testApp();
  const { port } = server.address() as AddressInfo;
  const count = { ...EVERYTHING, limit: 0 };
  const before = [(await catalogue.search(count, ANONYMOUS)).total, await catalogue.revision()];
  const connections = watchConnections();
  const seen = new Map<number, number>();
  let slowest = 0;
  const drawn = fc.oneof(
    { weight: 3, arbitrary: entities },
    { weight: 3, arbitrary: depths },
    { weight: 6, arbitrary: mutated },
    { weight: 4, arbitrary: patterns },
    { weight: 3, arbitrary: encodings },
    { weight: 1, arbitrary: masses },
    { weight: 1, arbitrary: references },
  );
  await fc.assert(
    fc.asyncProperty(drawn, async (sent) => {
      let answer = { status: 0, type: '', body: '' };
      let took = Number.POSITIVE_INFINITY;
      // Other work on the machine takes its time too: what is slow of itself is slow three times.
      for (let time = 0; time < 3 && took >= 1000; time++) {
        const started = performance.now();
        answer = await send(port, sent);
        took = performance.now() - started;
      }
      slowest = Math.max(slowest, took);
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      const shown = `${sent.name}: ${answer.status} ${answer.type} after ${took.toFixed(0)} ms: ${answer.body.slice(0, 300)}; sent ${String(sent.body ?? sent.path).slice(0, 1500)}`;
      assert.ok(took < 1000, shown);
      assert.ok(answer.status === 200 ? sent.mayPass : answer.status >= 400 && answer.status < 500, shown);
      if (answer.status !== 200) assert.ok(ENVELOPES[sent.envelope](answer), shown);
      assert.not.match(answer.body, /node_modules|\bSELECT\b|\.ts:\d|root:x:/, shown);
    }),
    { numRuns: RUNS, seed: 11, endOnFailure: true },
  );
  connections.stop();
  assert.is(fetched, 0);
  assert.equal(
    [...connections.seen].filter((place) => !place.startsWith(':')),
    [],
  );
  assert.not.ok(connections.seen.has(`:${new URL(address).port}`));
  assert.equal([(await catalogue.search(count, ANONYMOUS)).total, await catalogue.revision()], before);
  const statuses = [...seen].sort(([a], [b]) => a - b).map(([status, times]) => `${times} × ${status}`);
  process.stdout.write(`${statuses.join(', ')}, slowest ${slowest.toFixed(0)} ms `);
});

test.run();
