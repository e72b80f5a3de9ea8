// The observatory's older REST interface that clients call today. The list of services at its entry point says what is there.
import { type Answer, withQuery } from '../kit/http.ts';
import { schemaFaults } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, Skip, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';

interface Entry {
  readonly id: number;
  readonly name: string | null;
  readonly date_b: string | null;
  readonly date_e: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly epsg: number | null;
}

interface Facts {
  readonly base: string;
  readonly services: readonly string[];
  /** Address of the catalogue of a service. */
  readonly listing: (service: string) => string;
  /** Lists by service, of all its records. */
  readonly lists: ReadonlyMap<string, Answer>;
}

const CLAUSE = 'public documentation of the interface';
const WIDE = { timestart: '1900-01-01T00:00:00Z', timeend: '2100-01-01T00:00:00Z' };
const nullable = (type: string) => ({ type: [type, 'null'] });
const LIST = {
  type: 'array',
  items: {
    type: 'object',
    required: [
      'id',
      'name',
      'descr',
      'authorization_',
      'date_b',
      'time_b',
      'localization',
      'lat',
      'lng',
      'elevation',
      'epsg',
      'uri',
    ],
    properties: {
      id: { type: 'integer' },
      name: nullable('string'),
      authorization_: { type: 'integer' },
      date_b: { type: ['string', 'null'], pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
      time_b: { type: ['string', 'null'], pattern: '^\\d\\d:\\d\\d:\\d\\d' },
      lat: nullable('number'),
      lng: nullable('number'),
      epsg: nullable('integer'),
    },
  },
};

/** A listing of some records of one day or more. */
function someList(facts: Facts): { readonly service: string; readonly entries: readonly Entry[] } {
  for (const [service, answer] of facts.lists) {
    if (answer.status === 200 && answer.json<readonly Entry[]>().length > 1)
      return { service, entries: answer.json<readonly Entry[]>() };
  }
  throw new Skip('no service has records');
}

const requirements: readonly Requirement<Facts>[] = [
  {
    id: 'legacy-rest/listing/shape',
    title: 'Every service lists its records as JSON objects with the keys that clients read',
    clause: CLAUSE,
    needs: 'catalogue',
    check: (facts) => {
      for (const [service, answer] of facts.lists) {
        must([200, 204].includes(answer.status), `${service}: status ${answer.status}`, answer);
        if (answer.status === 204) continue;
        same(answer.media, 'application/json', 'type', answer);
        none(schemaFaults(LIST, answer.json()), service, answer);
        const ids = answer.json<readonly Entry[]>().map(({ id }) => id);
        same(new Set(ids).size, ids.length, `${service}: different numbers`, answer);
      }
    },
  },
  {
    id: 'legacy-rest/listing/period',
    title: 'timestart and timeend select by the period; all of them are found by their own dates',
    clause: CLAUSE,
    needs: 'catalogue',
    check: async (facts, { http }) => {
      const { service, entries } = someList(facts);
      const dated = given(
        entries.find(({ date_b: begin }) => begin !== null),
        'no record with a date',
      );
      const day = await http.get(
        withQuery(facts.listing(service), {
          timestart: `${dated.date_b}T00:00:00Z`,
          timeend: `${dated.date_b}T23:59:59Z`,
        }),
      );
      must(
        day.status === 200 && day.json<readonly Entry[]>().some(({ id }) => id === dated.id),
        `record ${dated.id} is not found on its day`,
        day,
      );
      const later = day
        .json<readonly Entry[]>()
        .filter(({ date_b: begin }) => begin !== null && dated.date_b !== null && begin > dated.date_b);
      none(
        later.map(({ id }) => `record ${id}`),
        `begins after ${dated.date_b}`,
        day,
      );
    },
  },
  {
    id: 'legacy-rest/listing/nothing',
    title: 'Where nothing matches the answer is 204 with a Content-Type, by GET and HEAD',
    clause: `${CLAUSE}; the gateway of EPOS answers 503 to an answer without Content-Type`,
    needs: 'catalogue',
    check: async (facts, { http }) => {
      const address = withQuery(facts.listing(someList(facts).service), {
        timestart: '1701-01-01T00:00:00Z',
        timeend: '1701-01-02T00:00:00Z',
      });
      for (const method of ['GET', 'HEAD']) {
        const answer = await http.send(method, address);
        same(answer.status, 204, `status of ${method}`, answer);
        must(answer.media !== '', `${method}: no Content-Type`, answer);
      }
    },
  },
  {
    id: 'legacy-rest/listing/refused',
    title: 'Dates that are none and an end before its start give 400; one end alone leaves the other open',
    clause: CLAUSE,
    needs: 'catalogue',
    check: async (facts, { http }) => {
      const address = facts.listing(someList(facts).service);
      for (const pairs of [
        { timestart: 'x', timeend: WIDE.timeend },
        { timestart: WIDE.timeend, timeend: WIDE.timestart },
        { timestart: '2015-02-30T00:00:00Z', timeend: WIDE.timeend },
      ]) {
        const answer = await http.get(withQuery(address, pairs));
        same(answer.status, 400, `status for ${JSON.stringify(pairs)}`, answer);
      }
      for (const pairs of [{ timestart: WIDE.timestart }, { timeend: WIDE.timeend }]) {
        const answer = await http.get(withQuery(address, pairs));
        same(answer.status, 200, `status for ${JSON.stringify(pairs)}`, answer);
      }
    },
  },
  {
    id: 'legacy-rest/listing/unknown-service',
    title: 'An unknown service gives 404',
    clause: CLAUSE,
    needs: 'catalogue',
    check: async (facts, { http }) => {
      const answer = await http.get(facts.listing('no-such-service'));
      same(answer.status, 404, 'status', answer);
    },
  },
  {
    id: 'legacy-rest/data',
    title:
      'The data of a record answers or asks for a login; an unknown number gives 404, an unknown format is refused',
    clause: CLAUSE,
    needs: 'data',
    check: async (facts, { http }) => {
      const { service, entries } = someList(facts);
      const answer = await http.get(`${facts.base}/${service}/data/id/${entries[0]?.id}`);
      must([200, 204, 401, 403].includes(answer.status), `status ${answer.status}`, answer);
      must(answer.media !== '', 'no Content-Type', answer);
      same((await http.get(`${facts.base}/${service}/data/id/999999999`)).status, 404, 'status of an unknown number');
      const format = await http.get(`${facts.base}/${service}/data/id/${entries[0]?.id}/nosuchformat`);
      must(format.status >= 400 && format.status < 500, `status ${format.status} of an unknown format`, format);
    },
  },
  {
    id: 'legacy-rest/head',
    title: 'HEAD answers like GET, with the same type and no body',
    clause: 'RFC 9110 9.3.2; the gateway of EPOS asks HEAD first',
    needs: 'catalogue',
    check: async (facts, { http }) => {
      const address = withQuery(facts.listing(someList(facts).service), WIDE);
      const [get, head] = [await http.get(address), await http.send('HEAD', address)];
      same([head.status, head.type, head.text], [get.status, get.type, ''], 'status, type, body', head);
    },
  },
];

async function discover({ http, door }: Target) {
  const base = door('legacy-rest', '/rest2/req.php');
  const entry = await http.get(`${base}/application`);
  if (entry.status === 404) return { absent: `no list of services at ${base}/application` };
  const services = entry
    .json<readonly { readonly name?: string }[]>()
    .flatMap(({ name }) => (name === undefined ? [] : [name]));
  const listing = (service: string): string => `${base}/${service}`;
  const lists = new Map<string, Answer>();
  // An interface of one service may be an address of its own; what it does not list here, its EPOS description names.
  for (const service of services) {
    const answer = await http.get(withQuery(listing(service), WIDE));
    if (answer.status !== 404) lists.set(service, answer);
  }
  return { claims: new Set(['catalogue', 'data']), facts: { base, services, listing, lists } satisfies Facts };
}

export const legacyRest = runnable<Facts>({
  name: 'legacy-rest',
  title: 'The observatory’s older REST interface',
  classes: { catalogue: 'Catalogue of a service', data: 'Data of a record' },
  discover,
  requirements,
});
