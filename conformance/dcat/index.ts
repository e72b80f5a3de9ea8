// The whole catalogue in DCAT: Turtle and JSON-LD, by the demands of DCAT-AP 3 and GeoDCAT-AP 3.
import type { Quad } from 'n3';
import type { Answer } from '../kit/http.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { dcatFaults, turtleQuads } from './dcat-shapes.ts';

const DCAT = 'http://www.w3.org/ns/dcat#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
interface Facts {
  readonly turtle: Answer;
  readonly quads: readonly Quad[];
  readonly jsonLd: Answer | null;
}

const subjects = (quads: readonly Quad[], type: string): readonly string[] =>
  quads
    .filter(({ predicate, object }) => predicate.value === RDF_TYPE && object.value === `${DCAT}${type}`)
    .map(({ subject }) => subject.value);
const objects = (quads: readonly Quad[], property: string): readonly string[] =>
  quads.filter(({ predicate }) => predicate.value === `${DCAT}${property}`).map(({ object }) => object.value);

interface JsonLd {
  readonly '@context'?: unknown;
  readonly '@graph'?: readonly { readonly '@id'?: string; readonly '@type'?: string | readonly string[] }[];
}

const requirements: readonly Requirement<Facts>[] = [
  {
    id: 'dcat-ap/3/media-type',
    title: 'The catalogue is Turtle with its media type',
    clause: 'W3C Turtle; DCAT-AP 3',
    needs: 'turtle',
    check: ({ turtle }) => {
      same([turtle.status, turtle.media], [200, 'text/turtle'], 'status and type', turtle);
    },
  },
  {
    id: 'dcat-ap/3/classes',
    title: 'Every catalogue, data set, series, service, distribution has the properties that DCAT-AP demands',
    clause: 'DCAT-AP 3, GeoDCAT-AP 3',
    needs: 'turtle',
    check: ({ quads, turtle }) => {
      // What is beyond the profile is allowed: only what it demands counts.
      none(
        dcatFaults(quads).filter((fault) => !fault.startsWith('unknown')),
        'nodes',
        turtle,
      );
    },
  },
  {
    id: 'dcat/3/catalog',
    title: 'The catalogue names every data set, series and service that is described, and no other',
    clause: 'W3C DCAT 3, Catalog',
    needs: 'turtle',
    check: ({ quads, turtle }) => {
      same(new Set(subjects(quads, 'Catalog')).size, 1, 'catalogues', turtle);
      const described = new Set([
        ...subjects(quads, 'Dataset'),
        ...subjects(quads, 'DatasetSeries'),
        ...subjects(quads, 'DataService'),
      ]);
      const named = new Set([
        ...objects(quads, 'dataset'),
        ...objects(quads, 'service'),
        ...objects(quads, 'resource'),
      ]);
      none(
        [...named].filter((each) => !described.has(each)),
        'named and not described',
        turtle,
      );
      none(
        [...described].filter((each) => !named.has(each)),
        'described and not named',
        turtle,
      );
    },
  },
  {
    id: 'dcat/3/distributions',
    title: 'Every distribution has an access address and belongs to a data set',
    clause: 'W3C DCAT 3, Distribution',
    needs: 'turtle',
    check: ({ quads, turtle }) => {
      const owned = new Set(objects(quads, 'distribution'));
      none(
        subjects(quads, 'Distribution').filter((each) => !owned.has(each)),
        'belongs to nothing',
        turtle,
      );
      const addresses = objects(quads, 'accessURL');
      none(
        addresses.filter((each) => !/^https?:\/\/\S+$/.test(each)),
        'no address',
        turtle,
      );
    },
  },
  {
    id: 'dcat/3/dereference',
    title: 'Addresses of data sets lead to their description',
    clause: 'W3C DCAT 3; Linked data',
    needs: 'turtle',
    check: async ({ quads, turtle }, { http }) => {
      const host = new URL(turtle.sent.url).host;
      const own = subjects(quads, 'Dataset').filter((each) => URL.canParse(each) && new URL(each).host === host);
      for (const address of own.filter((_, index) => index % Math.ceil(own.length / 5) === 0)) {
        const answer = await http.get(address, { Accept: 'text/turtle' });
        must([200, 301, 302, 303].includes(answer.status), `status ${answer.status}`, answer);
        if (answer.status === 200) continue;
        const further = await http.get(new URL(answer.headers.location ?? '', address).href, { Accept: 'text/turtle' });
        same([further.status, further.media], [200, 'text/turtle'], 'status and type', further);
      }
    },
  },
  {
    id: 'dcat/3/json-ld',
    title: 'In JSON-LD the catalogue has the same data sets, series and services',
    clause: 'W3C JSON-LD 1.1; DCAT 3',
    needs: 'json-ld',
    check: ({ quads, jsonLd }) => {
      const answer = given(jsonLd, 'no JSON-LD');
      same([answer.status, answer.media], [200, 'application/ld+json'], 'status and type', answer);
      const document = answer.json<JsonLd>();
      must(document['@context'] !== undefined && Array.isArray(document['@graph']), 'no @context or @graph', answer);
      const found = (document['@graph'] ?? [])
        .filter((node) =>
          [node['@type']].flat().some((type) => /^dcat:(Dataset|DatasetSeries|DataService)$/.test(String(type))),
        )
        .map((node) => node['@id'] ?? '');
      const described = new Set([
        ...subjects(quads, 'Dataset'),
        ...subjects(quads, 'DatasetSeries'),
        ...subjects(quads, 'DataService'),
      ]);
      same(
        [found.length, found.filter((each) => !described.has(each)).length],
        [described.size, 0],
        'nodes, unknown nodes',
        answer,
      );
    },
  },
];

async function discover({ http, door }: Target) {
  const address = door('dcat', '/dcat.ttl');
  const turtle = await http.get(address, { Accept: 'text/turtle' });
  if (turtle.status === 404) return { absent: `no catalogue at ${address}` };
  const quads = turtleQuads(turtle.text);
  const jsonLd = await http.get(address.replace(/\.ttl$/, '.jsonld'), { Accept: 'application/ld+json' });
  const claims = new Set(['turtle', ...(jsonLd.status === 404 ? [] : ['json-ld'])]);
  return { claims, facts: { turtle, quads, jsonLd: jsonLd.status === 404 ? null : jsonLd } satisfies Facts };
}

export const dcat = runnable<Facts>({
  name: 'dcat',
  title: 'DCAT 3, DCAT-AP 3, GeoDCAT-AP 3',
  classes: { turtle: 'Turtle', 'json-ld': 'JSON-LD' },
  discover,
  requirements,
});
