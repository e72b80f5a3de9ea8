// A harvester that imports nothing from src: asks, reads the answer by its namespaces, follows resumption tokens to the end.
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import supertest from 'supertest';

const OAI = { o: 'http://www.openarchives.org/OAI/2.0/' };

export interface Item {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
  /** Text of the metadata; null where there is none. */
  readonly metadata: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
  readonly responseDate: string;
  readonly request: { readonly text: string; readonly attributes: { readonly [name: string]: string } };
  /** Codes of the errors, in the order of the answer. */
  readonly errors: readonly string[];
  readonly items: readonly Item[];
  /** null: there is no element; its text may be empty. */
  readonly token: { readonly text: string; readonly cursor: number; readonly size: number } | null;
  /** Text of every node of an XPath, prefix `o`. */
  readonly all: (path: string) => readonly string[];
}

export type Query = { readonly [name: string]: string } | string;
type Server = Parameters<typeof supertest>[0];

export interface Client {
  readonly get: (query: Query, headers?: { readonly [name: string]: string }) => Promise<Answer>;
  readonly post: (query: Query) => Promise<Answer>;
  /** All answers of a list, from the first page to the one without a token. */
  readonly pages: (query: { readonly [name: string]: string }) => Promise<readonly Answer[]>;
  /** All items of a list by identifier; throws where one comes twice. Nothing where nothing matches. */
  readonly harvest: (query: { readonly [name: string]: string }) => Promise<ReadonlyMap<string, Item>>;
}

const queryText = (query: Query): string =>
  typeof query === 'string' ? query : new URLSearchParams(query as Record<string, string>).toString();

const HEADER =
  /<header( status="deleted")?><identifier>([^<]+)<\/identifier><datestamp>([^<]+)<\/datestamp>(.*?)<\/header>(?:<metadata>(.*?)<\/metadata>)?/gs;

/** By the text: thousands of headers would keep XPath busy for long. That the whole is well formed has been seen before. */
function itemsOf(text: string): readonly Item[] {
  return [...text.matchAll(HEADER)].map(([, deleted, identifier = '', datestamp = '', sets = '', metadata]) => ({
    identifier,
    datestamp,
    deleted: deleted !== undefined,
    sets: [...sets.matchAll(/<setSpec>([^<]+)</g)].map(([, set = '']) => set),
    metadata: metadata ?? null,
  }));
}

function read(status: number, headers: { readonly [name: string]: string }, text: string): Answer {
  if (!(headers['content-type'] ?? '').startsWith('text/xml')) {
    const nothing = { text: '', attributes: {} };
    return {
      status,
      headers,
      text,
      responseDate: '',
      request: nothing,
      errors: [],
      items: [],
      token: null,
      all: () => [],
    };
  }
  const document = XmlDocument.fromString(text);
  try {
    const all = (path: string) => document.find(path, OAI).map((node) => node.content);
    const request = document.get('/o:OAI-PMH/o:request', OAI);
    const attributes = request instanceof XmlElement ? request.attrs.map((a) => [a.name, a.content] as const) : [];
    const [token] = all('//o:resumptionToken');
    return {
      status,
      headers,
      text,
      responseDate: all('/o:OAI-PMH/o:responseDate')[0] ?? '',
      request: { text: request?.content ?? '', attributes: Object.fromEntries(attributes) },
      errors: all('/o:OAI-PMH/o:error/@code'),
      items: itemsOf(text),
      token:
        token === undefined
          ? null
          : {
              text: token,
              cursor: Number(all('//o:resumptionToken/@cursor')[0]),
              size: Number(all('//o:resumptionToken/@completeListSize')[0]),
            },
      all: (path) => {
        const again = XmlDocument.fromString(text);
        try {
          return again.find(path, OAI).map((node) => node.content);
        } finally {
          again.dispose();
        }
      },
    };
  } finally {
    document.dispose();
  }
}

/** `headers`: of every request, such as an account's. */
export function oaiClient(server: Server, account: { readonly [name: string]: string } = {}): Client {
  const get: Client['get'] = async (query, headers = {}) => {
    const answer = await supertest(server)
      .get(`/vobs/oai?${queryText(query)}`)
      .set({ ...account, ...headers })
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
      });
    return read(answer.status, answer.headers, String(answer.body ?? ''));
  };
  const pages: Client['pages'] = async (query) => {
    const answers = [await get(query)];
    for (;;) {
      const token = answers.at(-1)?.token;
      if (!token || token.text === '') return answers;
      answers.push(await get({ verb: query.verb ?? '', resumptionToken: token.text }));
    }
  };
  return {
    get,
    pages,
    async post(query) {
      const answer = await supertest(server).post('/vobs/oai').set(account).type('form').send(queryText(query));
      return read(answer.status, answer.headers, answer.text ?? '');
    },
    async harvest(query) {
      const items = new Map<string, Item>();
      for (const answer of await pages(query)) {
        if (answer.errors.some((code) => code !== 'noRecordsMatch')) throw new Error(answer.text);
        for (const item of answer.items) {
          if (items.has(item.identifier)) throw new Error(`${item.identifier} comes twice`);
          items.set(item.identifier, item);
        }
      }
      return items;
    },
  };
}
