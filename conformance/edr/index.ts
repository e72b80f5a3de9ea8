// OGC API Environmental Data Retrieval: after ets-ogcapi-edr10, with CoverageJSON answers. What is claimed is what the conformance declaration lists.
import { type Answer, withQuery } from '../kit/http.ts';
import { type JsonLink, linkOf, PROBLEM, schemaFaults } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { validate } from '../ogc-records/openapi-schema.ts';

interface Query {
  readonly link?: JsonLink & {
    readonly variables?: { readonly query_type?: string; readonly output_formats?: readonly string[] };
  };
}
interface Collection {
  readonly id?: string;
  readonly links?: readonly JsonLink[];
  readonly extent?: {
    readonly spatial?: { readonly bbox?: readonly (readonly number[])[] };
    readonly temporal?: unknown;
  };
  readonly crs?: readonly string[];
  readonly data_queries?: { readonly [name: string]: Query };
  readonly parameter_names?: {
    readonly [name: string]: { readonly type?: string; readonly observedProperty?: { readonly label?: unknown } };
  };
}
interface Place {
  readonly id?: string | number;
  readonly geometry?: { readonly type: string; readonly coordinates?: readonly number[] };
  readonly links?: readonly JsonLink[];
}
interface Coverage {
  readonly type?: string;
  readonly domainType?: string;
  readonly domain?: {
    readonly domainType?: string;
    readonly axes?: { readonly [axis: string]: { readonly values?: readonly unknown[] } };
    readonly referencing?: unknown;
  };
  readonly parameters?: { readonly [name: string]: unknown };
  readonly ranges?: {
    readonly [name: string]: {
      readonly type?: string;
      readonly shape?: readonly number[];
      readonly values?: readonly unknown[];
      readonly axisNames?: readonly string[];
    };
  };
  readonly coverages?: readonly Coverage[];
}
interface Facts {
  readonly landing: Answer;
  readonly conformsTo: readonly string[];
  readonly list: Answer;
  readonly collections: readonly Collection[];
  /** A collection with locations, its places and the first with a point. */
  readonly collection: Collection;
  readonly places: Answer;
  readonly place: Place | undefined;
  /** Address of a location whose coverage has three times at least. */
  readonly series: { readonly address: string; readonly times: readonly string[] } | undefined;
}

const suite = (name: string): string => `ets-ogcapi-edr10/${name}`;
const CLAUSE = 'OGC 19-086r6';
const COVJSON = 'application/prs.coverage+json';
const queryOf = ({ data_queries: queries }: Collection, name: string): string | undefined =>
  queries?.[name]?.link?.href;

/** Faults of a coverage or a collection of coverages (CoverageJSON 1.0). */
function coverageFaults(document: Coverage, shared = false): readonly string[] {
  if (document.type === 'CoverageCollection')
    return (document.coverages ?? []).flatMap((each) => coverageFaults(each, document.parameters !== undefined));
  const faults: string[] = [];
  if (document.type !== 'Coverage') faults.push(`type ${document.type}`);
  const { axes = {} } = document.domain ?? {};
  if (Object.keys(axes).length === 0) faults.push('a domain without axes');
  if (document.parameters === undefined && !shared) faults.push('no parameters');
  for (const [name, range] of Object.entries(document.ranges ?? {})) {
    const size = (range.shape ?? [1]).reduce((product, each) => product * each, 1);
    if (range.type !== 'NdArray') faults.push(`${name}: type ${range.type}`);
    if (range.values?.length !== size) faults.push(`${name}: ${range.values?.length} values of shape ${range.shape}`);
    if ((range.axisNames ?? []).length !== (range.shape ?? []).length) faults.push(`${name}: axisNames and shape`);
  }
  const times = (axes.t?.values ?? []) as readonly string[];
  if (times.some((time, i) => i > 0 && time <= (times[i - 1] ?? ''))) faults.push('times that do not rise');
  return faults;
}

function isCoverage(answer: Answer): Coverage {
  same([answer.status, answer.media], [200, COVJSON], 'status and type', answer);
  must(!/\bNaN\b/.test(answer.text), 'NaN in an answer', answer);
  none(coverageFaults(answer.json<Coverage>()), 'coverage', answer);
  return answer.json<Coverage>();
}

const requirements: readonly Requirement<Facts>[] = [
  {
    id: suite('landing'),
    title: 'The landing page links to the API definition, the conformance declaration and the collections',
    clause: `${CLAUSE}, core`,
    needs: 'core',
    check: async ({ landing }, { http }) => {
      const document = landing.json<Collection>();
      for (const rel of ['self', 'conformance', 'data', 'service-desc']) {
        const link = linkOf(document, rel);
        must(link?.href, `no link ${rel}`, landing);
        const answer = await http.get(link.href, { Accept: link.type ?? '*/*' });
        same(answer.status, 200, `status of ${rel}`, answer);
      }
    },
  },
  {
    id: suite('api-definition'),
    title: 'The API definition is valid OpenAPI 3.0 with its media type',
    clause: `${CLAUSE}, oas30`,
    needs: 'oas30',
    check: async ({ landing }, { http }) => {
      const link = given(linkOf(landing.json(), 'service-desc'), 'no service-desc');
      const answer = await http.get(link.href ?? '', { Accept: link.type ?? '*/*' });
      same(
        [answer.status, answer.type.replaceAll(' ', '')],
        [200, 'application/vnd.oai.openapi+json;version=3.0'],
        'status and type',
        answer,
      );
      none(await validate(answer.json()), 'not valid', answer);
    },
  },
  {
    id: suite('collections'),
    title:
      'Every collection has id, extent, links, systems, data queries with their formats, and parameters, and is the same asked alone',
    clause: `${CLAUSE}, collections`,
    needs: 'collections',
    check: async ({ collections, list }, { http }) => {
      must(collections.length > 0, 'no collections', list);
      for (const collection of collections) {
        const { id, extent, crs, data_queries: queries = {}, parameter_names: parameters = {} } = collection;
        must(id && extent?.spatial?.bbox !== undefined && (crs ?? []).length > 0, `${id}: id, extent or crs`, list);
        must(
          crs?.some((each) => /CRS84|4326|WGS ?84/.test(each)),
          `${id}: no CRS84`,
          list,
        );
        must(Object.keys(queries).length > 0, `${id}: no data queries`, list);
        for (const [name, { link }] of Object.entries(queries))
          must(
            link?.href && (link.variables?.output_formats ?? []).length > 0,
            `${id}: query ${name} without address or formats`,
            list,
          );
        for (const [name, parameter] of Object.entries(parameters))
          must(
            parameter.type === 'Parameter' && parameter.observedProperty?.label !== undefined,
            `${id}: parameter ${name}`,
            list,
          );
        const alone = await http.get(linkOf(collection, 'self')?.href ?? '');
        same(alone.json<Collection>().data_queries, queries, `data queries of ${id}`, alone);
      }
      same((await http.get(`${list.sent.url}/no-such-collection-7f3a`)).status, 404, 'status of an unknown collection');
    },
  },
  {
    id: suite('locations'),
    title: 'Locations are GeoJSON within the extent, each with an address of its data',
    clause: `${CLAUSE}, locations`,
    needs: 'queries',
    check: ({ collection, places }) => {
      same([places.status, places.media], [200, 'application/geo+json'], 'status and type', places);
      const { features = [] } = places.json<{ features?: readonly Place[] }>();
      must(features.length > 0, 'no locations', places);
      same(new Set(features.map(({ id }) => id)).size, features.length, 'different locations', places);
      const [west = -180, south = -90, east = 180, north = 90] = collection.extent?.spatial?.bbox?.[0] ?? [];
      const outside = features.filter(({ geometry }) => {
        const [x = 0, y = 0] = geometry?.type === 'Point' ? (geometry.coordinates ?? []) : [west, south];
        return x < west - 0.001 || x > east + 0.001 || y < south - 0.001 || y > north + 0.001;
      });
      none(
        outside.map(({ id }) => String(id)),
        'outside of the extent',
        places,
      );
    },
  },
  {
    id: suite('location'),
    title:
      'A location gives a coverage: a domain, parameters, ranges of the right size, times that rise, no NaN; an unknown one is 404',
    clause: `${CLAUSE}, locations; CoverageJSON`,
    needs: 'covjson',
    check: async ({ collection, places }, { http }) => {
      const { features = [] } = places.json<{ features?: readonly Place[] }>();
      const base = given(queryOf(collection, 'locations'), 'no locations');
      isCoverage(await http.get(`${base}/${encodeURIComponent(String(features[0]?.id))}`, { Accept: COVJSON }));
      same((await http.get(`${base}/no-such-location-7f3a`)).status, 404, 'status of an unknown location');
    },
  },
  {
    id: suite('parameter-name'),
    title: 'parameter-name chooses the ranges; an unknown one is refused',
    clause: `${CLAUSE}, parameter-name`,
    needs: 'covjson',
    check: async ({ collection, places }, { http }) => {
      const { features = [] } = places.json<{ features?: readonly Place[] }>();
      const address = `${given(queryOf(collection, 'locations'), 'no locations')}/${encodeURIComponent(String(features[0]?.id))}`;
      const whole = isCoverage(await http.get(address, { Accept: COVJSON }));
      const name = given(Object.keys(whole.coverages?.[0]?.ranges ?? whole.ranges ?? {})[0], 'no ranges');
      const one = isCoverage(await http.get(withQuery(address, { 'parameter-name': name }), { Accept: COVJSON }));
      same(Object.keys(one.coverages?.[0]?.ranges ?? one.ranges ?? {}), [name], 'ranges');
      same(
        (await http.get(withQuery(address, { 'parameter-name': 'no_such_parameter' }))).status,
        400,
        'status of an unknown parameter',
      );
    },
  },
  {
    id: suite('datetime'),
    title: 'datetime cuts the series; what is no time is refused',
    clause: `${CLAUSE}, datetime`,
    needs: 'covjson',
    check: async ({ series }, { http }) => {
      const { address, times } = given(series, 'no series of three times among the first');
      const [begin, end] = [times[1] ?? '', times[Math.min(3, times.length - 1)] ?? ''];
      const part = isCoverage(await http.get(withQuery(address, { datetime: `${begin}/${end}` }), { Accept: COVJSON }));
      const found = ((part.coverages?.[0] ?? part).domain?.axes?.t?.values ?? []) as readonly string[];
      none(
        found.filter((time) => time < begin || time > end),
        `outside of ${begin}/${end}`,
      );
      must(found.includes(begin) && found.includes(end), 'the ends are not there');
      for (const datetime of ['x', '2015-13-01', '2016-01-01/2015-01-01'])
        same((await http.get(withQuery(address, { datetime }))).status, 400, `status of datetime=${datetime}`);
    },
  },
  {
    id: suite('position'),
    title: 'position takes POINT(longitude latitude): the place of a location gives its data',
    clause: `${CLAUSE}, position`,
    needs: 'covjson',
    check: async ({ collection, place }, { http }) => {
      const address = given(queryOf(collection, 'position'), 'no position query');
      const [x = 0, y = 0] = given(place, 'no location with a point').geometry?.coordinates ?? [];
      const coverage = isCoverage(
        await http.get(withQuery(address, { coords: `POINT(${x} ${y})` }), { Accept: COVJSON }),
      );
      const axes = (coverage.coverages?.[0] ?? coverage).domain?.axes ?? {};
      const [cx, cy] = [Number(axes.x?.values?.[0]), Number(axes.y?.values?.[0])];
      if (!Number.isNaN(cx))
        must(Math.abs(cx - x) < 0.5 && Math.abs(cy - y) < 0.5, `x ${cx}, y ${cy} for POINT(${x} ${y})`);
    },
  },
  {
    id: suite('area'),
    title: 'area takes a POLYGON and gives what lies in it',
    clause: `${CLAUSE}, area`,
    needs: 'covjson',
    check: async ({ collection, place }, { http }) => {
      const address = given(queryOf(collection, 'area'), 'no area query');
      const [x = 0, y = 0] = given(place, 'no location with a point').geometry?.coordinates ?? [];
      const ring = [
        [x - 0.1, y - 0.1],
        [x + 0.1, y - 0.1],
        [x + 0.1, y + 0.1],
        [x - 0.1, y + 0.1],
        [x - 0.1, y - 0.1],
      ].map((each) => each.join(' '));
      isCoverage(await http.get(withQuery(address, { coords: `POLYGON((${ring.join(',')}))` }), { Accept: COVJSON }));
    },
  },
  {
    id: suite('coords-errors'),
    title: 'Missing, empty and malformed coordinates and other geometries give 400',
    clause: `${CLAUSE}, coords; status tests of the suite`,
    needs: 'queries',
    check: async ({ collections }, { http }) => {
      const wrong = {
        position: ['', 'POINT()', 'POINT(x y)', 'POLYGON((0 0,1 0,1 1,0 0))', 'POINT(0 95)'],
        area: ['', 'POLYGON()', 'POINT(0 0)', 'POLYGON((0 0,1 0))'],
      };
      for (const [name, list] of Object.entries(wrong)) {
        const address = collections.map((collection) => queryOf(collection, name)).find((href) => href !== undefined);
        if (address === undefined) continue;
        const bare = await http.get(address);
        same(bare.status, 400, `status of ${name} without coords`, bare);
        none(schemaFaults(PROBLEM, bare.json()), 'exception', bare);
        for (const coords of list)
          same((await http.get(withQuery(address, { coords }))).status, 400, `status of ${name} with coords=${coords}`);
      }
    },
  },
];

const PREFIX = /^http:\/\/www\.opengis\.net\/spec\/ogcapi-edr-1\/1\.\d\/conf\//;

/** The first locations of each collection until one has three times. */
async function seriesOf(http: Target['http'], collections: readonly Collection[]): Promise<Facts['series']> {
  for (const collection of collections) {
    const base = queryOf(collection, 'locations') ?? '';
    const places = await http.get(base, { Accept: 'application/geo+json' });
    for (const { id } of (places.json<{ features?: readonly Place[] }>().features ?? []).slice(0, 3)) {
      const address = `${base}/${encodeURIComponent(String(id))}`;
      const answer = await http.get(address, { Accept: COVJSON });
      if (answer.media !== COVJSON) continue;
      const [coverage = answer.json<Coverage>()] = answer.json<Coverage>().coverages ?? [];
      const times = (coverage.domain?.axes?.t?.values ?? []) as readonly string[];
      if (times.length >= 3) return { address, times };
    }
  }
  return undefined;
}

async function discover({ http, door }: Target) {
  const address = door('edr', '/edr');
  const landing = await http.get(address, { Accept: 'application/json' });
  if (landing.status === 404) return { absent: `nothing answers at ${address}` };
  const conformance = await http.get(linkOf(landing.json(), 'conformance')?.href ?? `${address}/conformance`, {
    Accept: 'application/json',
  });
  const { conformsTo = [] } = conformance.json<{ conformsTo?: readonly string[] }>();
  const claims = new Set(conformsTo.filter((uri) => PREFIX.test(uri)).map((uri) => uri.replace(PREFIX, '')));
  if (claims.size === 0) return { absent: 'the conformance declaration names no class of OGC API EDR' };
  const list = await http.get(linkOf(landing.json(), 'data')?.href ?? `${address}/collections`, {
    Accept: 'application/json',
  });
  const { collections = [] } = list.json<{ collections?: readonly Collection[] }>();
  const fitting = collections.filter((each) => queryOf(each, 'locations') !== undefined);
  const ordered = [...fitting.filter((each) => queryOf(each, 'position') !== undefined), ...fitting];
  for (const collection of ordered) {
    const places = await http.get(queryOf(collection, 'locations') ?? '', { Accept: 'application/geo+json' });
    const { features = [] } = places.json<{ features?: readonly Place[] }>();
    const place = features.find(({ geometry }) => geometry?.type === 'Point');
    if (features.length === 0) continue;
    const series = await seriesOf(http, fitting);
    return {
      claims,
      facts: { landing, conformsTo, list, collections, collection, places, place, series } satisfies Facts,
    };
  }
  return { absent: 'no collection has locations' };
}

export const edr = runnable<Facts>({
  name: 'edr',
  title: 'OGC API Environmental Data Retrieval 1.1 (19-086r6)',
  classes: {
    core: 'Core',
    oas30: 'OpenAPI 3.0',
    collections: 'Collections',
    queries: 'Queries',
    covjson: 'CoverageJSON',
  },
  discover,
  requirements,
});
