// One requirement for each format of metadata, and what must be the same in all of them.
import { dcatFaults, turtleQuads } from '../dcat/dcat-shapes.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import { featureFaults } from '../kit/rfc7946.ts';
import type { SchemaSet } from '../kit/xsd.ts';
import { recordFaults } from '../ogc-records/record-schema.ts';
import { stacItemFaults } from '../stac/object-rules.ts';
import { type Document, documents, type Facts } from './client.ts';
import { dataCiteJsonFaults } from './datacite-json.ts';
import { schemaOrgFaults } from './schema-org.ts';

const ISO = 'application/vnd.iso.19139+xml';
const ISO_3 = 'application/vnd.iso.19115-3+xml';
const DATACITE = 'application/vnd.datacite.datacite+xml';
const GEOJSON = 'application/geo+json';
type Json = { readonly [name: string]: unknown };

/** A format in XML: every document has the root element and is valid by the schemas. */
function xml(
  id: string,
  needs: string,
  title: string,
  clause: string,
  types: readonly string[],
  root: readonly [string, string],
  set: SchemaSet,
  word = '',
): Requirement<Facts> {
  return {
    id,
    title,
    clause,
    needs,
    check: async (facts, target: Target) => {
      for (const { answer } of some(await documents(target.http, facts, types, word), title)) {
        same([answer.xml().name, answer.xml().namespace], root, 'root element and namespace', answer);
        if (target.xsd !== null) none(target.xsd.faults(answer.text, set), 'not valid', answer);
      }
    },
  };
}

const some = (list: readonly Document[], what: string): readonly Document[] =>
  given(list.length > 0 && list, `no document: ${what}`);

function json(
  id: string,
  needs: string,
  title: string,
  clause: string,
  types: readonly string[],
  word: string,
  faults: (text: string) => readonly string[],
): Requirement<Facts> {
  return {
    id,
    title,
    clause,
    needs,
    check: async (facts, { http }) => {
      for (const { answer } of some(await documents(http, facts, types, word), title))
        none(faults(answer.text), 'document', answer);
    },
  };
}

const parsed = (check: (value: Json) => readonly string[]) => (text: string) => check(JSON.parse(text) as Json);

/** west south east north of an ISO document, of a GeoJSON feature, of a DataCite document; null: no place. */
function isoBox({ answer }: Document): readonly number[] | null {
  const at = (name: string) => answer.xml().text(`//gmd:EX_GeographicBoundingBox[1]/gmd:${name}`);
  if (at('westBoundLongitude') === '') return null;
  return ['westBoundLongitude', 'southBoundLatitude', 'eastBoundLongitude', 'northBoundLatitude'].map((name) =>
    Number(at(name)),
  );
}

const near = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => Math.abs(value - (b[i] ?? Number.NaN)) < 0.011);

export const requirements: readonly Requirement<Facts>[] = [
  {
    id: 'web/sitemap',
    title: 'robots.txt names the sitemap; sitemaps hold absolute addresses with dates, at most 50 000 each',
    clause: 'RFC 9309; sitemaps.org 0.9',
    needs: 'web',
    check: ({ robots, sitemaps }) => {
      same([robots.status, robots.media], [200, 'text/plain'], 'status and type', robots);
      must(!/^Disallow:\s*\/\s*$/m.test(robots.text), 'robots.txt forbids everything', robots);
      for (const answer of sitemaps) {
        must(/xml$/.test(answer.media), `XML expected, "${answer.type}" found`, answer);
        const document = answer.xml();
        same(document.namespace, 'http://www.sitemaps.org/schemas/sitemap/0.9', 'namespace', answer);
        const places = document.all("//*[local-name()='loc']");
        must(places.length > 0 && places.length <= 50_000, `${places.length} addresses`, answer);
        none(
          places.filter((place) => !/^https?:\/\/\S+$/.test(place)),
          'no address',
          answer,
        );
        none(
          document
            .all("//*[local-name()='lastmod']")
            .filter((text) => !/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$/.test(text)),
          'no date',
          answer,
        );
      }
    },
  },
  {
    id: 'web/alternates',
    title: 'Every document that a page offers answers with its media type',
    clause: 'HTML link relation alternate; RFC 9110 8.3',
    needs: 'web',
    check: async ({ pages }, { http }) => {
      for (const { offers } of pages) {
        for (const { href, type, title } of offers) {
          const answer = await http.once(href, { Accept: type });
          same([answer.status, answer.media], [200, type], `status and type of ${title}`, answer);
        }
      }
    },
  },
  {
    id: 'web/json-ld',
    title: 'Every page of a record holds one valid schema.org description',
    clause: 'schema.org; science-on-schema.org; rules of data set search engines',
    needs: 'schema.org',
    check: ({ pages }) => {
      for (const { answer, jsonLd } of pages) {
        same(jsonLd.length, 1, 'JSON-LD scripts', answer);
        none(
          schemaOrgFaults(jsonLd[0] ?? '').filter((fault) => !/unknown/.test(fault)),
          'description',
          answer,
        );
      }
    },
  },
  xml(
    'iso/19139/schema',
    'iso19139',
    'ISO 19139 records are gmd:MD_Metadata, valid',
    'ISO/TS 19139:2007',
    [ISO],
    ['MD_Metadata', 'http://www.isotc211.org/2005/gmd'],
    'iso19139',
  ),
  {
    id: 'iso/19139/addresses',
    title: 'Every anchor and every address in ISO 19139 is one absolute address; code lists have values',
    clause: 'ISO/TS 19139:2007; INSPIRE technical guidelines 2.0, C.3',
    needs: 'iso19139',
    check: async (facts, { http }) => {
      for (const { answer } of some(await documents(http, facts, [ISO]), ISO)) {
        const addresses = answer.xml().all('//gmx:Anchor/@xlink:href | //gmd:linkage/gmd:URL');
        none(
          addresses.filter(
            (text) => !/^(https?|mailto|ftp):\S+$/.test(text) || /.https?:\/\//.test(text.replace(/[?&#=].*/, '')),
          ),
          'no single address',
          answer,
        );
        same(
          answer.xml().count('//*[@codeList][not(@codeListValue) or @codeListValue=""]'),
          0,
          'code lists without value',
          answer,
        );
      }
    },
  },
  xml(
    'iso/19115-2/schema',
    'gmi',
    'ISO 19115-2 records are gmi:MI_Metadata, valid',
    'ISO 19115-2:2009',
    ['application/vnd.iso.19115-2+xml'],
    ['MI_Metadata', 'http://standards.iso.org/iso/19115/-2/gmi/1.0'],
    'gmi',
  ),
  xml(
    'iso/19115-3/schema',
    'iso19115-3',
    'ISO 19115-3 records are mdb:MD_Metadata, valid',
    'ISO/TS 19115-3:2016',
    [ISO_3],
    ['MD_Metadata', 'http://standards.iso.org/iso/19115/-3/mdb/2.0'],
    'mdb',
  ),
  xml(
    'datacite/4/schema',
    'datacite',
    'DataCite records are of kernel 4, valid',
    'DataCite metadata schema 4',
    [DATACITE],
    ['resource', 'http://datacite.org/schema/kernel-4'],
    'datacite',
  ),
  json(
    'datacite/4/json',
    'datacite',
    'DataCite in JSON has what kernel 4 demands',
    'DataCite metadata schema 4',
    ['application/vnd.datacite.datacite+json'],
    '',
    dataCiteJsonFaults,
  ),
  xml(
    'dublin-core/oai_dc',
    'dublin-core',
    'Dublin Core records are oai_dc:dc, valid',
    'DCMES 1.1; oai_dc.xsd',
    ['application/xml'],
    ['dc', 'http://www.openarchives.org/OAI/2.0/oai_dc/'],
    'oai',
    'Dublin Core',
  ),
  xml(
    'csw/record',
    'dublin-core',
    'CSW records are csw:Record, valid',
    'OGC 07-006r1, record.xsd',
    ['application/xml'],
    ['Record', 'http://www.opengis.net/cat/csw/2.0.2'],
    'csw',
    'CSW',
  ),
  xml(
    'atom/entry',
    'atom',
    'Atom documents are atom:entry, valid',
    'RFC 4287',
    ['application/atom+xml'],
    ['entry', 'http://www.w3.org/2005/Atom'],
    'atom',
  ),
  json(
    'geojson/rfc7946',
    'geojson',
    'GeoJSON documents keep RFC 7946',
    'RFC 7946',
    [GEOJSON],
    'GeoJSON',
    parsed(featureFaults),
  ),
  json(
    'geojson/ogc-record',
    'geojson',
    'Records documents have what a record must have',
    'OGC 20-004r1',
    [GEOJSON],
    'OGC API Records',
    parsed(recordFaults),
  ),
  json(
    'geojson/stac-item',
    'geojson',
    'STAC documents have what an item must have',
    'STAC 1.1',
    [GEOJSON],
    'STAC',
    parsed(stacItemFaults),
  ),
  json(
    'schema.org/document',
    'schema.org',
    'schema.org documents have what a data set must have',
    'schema.org',
    ['application/ld+json'],
    'schema.org',
    (text) => schemaOrgFaults(text).filter((fault) => !/unknown/.test(fault)),
  ),
  json('dcat/turtle', 'dcat', 'DCAT in Turtle has what DCAT-AP demands', 'DCAT-AP 3', ['text/turtle'], '', (text) =>
    dcatFaults(turtleQuads(text)).filter((fault) => !fault.startsWith('unknown')),
  ),
  json(
    'citation/bibtex',
    'citations',
    'BibTeX entries have a key and a title',
    'BibTeX',
    ['application/x-bibtex'],
    '',
    (text) => (/^@\w+\{[^,\s]+,[\s\S]*\btitle\s*=[\s\S]*\}\s*$/.test(text) ? [] : ['no entry']),
  ),
  json(
    'citation/ris',
    'citations',
    'RIS records begin with their type and end',
    'RIS',
    ['application/x-research-info-systems'],
    '',
    (text) => (/^TY {2}- \w+\r?\n[\s\S]*ER {2}- ?\s*$/.test(text) ? [] : ['no record']),
  ),
  json(
    'citation/csl',
    'citations',
    'CSL documents have id, type and title',
    'CSL-JSON',
    ['application/vnd.citationstyles.csl+json'],
    '',
    (text) =>
      [JSON.parse(text) as Json | Json[]]
        .flat()
        .flatMap((each) =>
          typeof each.id === 'string' && typeof each.type === 'string' && typeof each.title === 'string'
            ? []
            : ['id, type or title is missing'],
        ),
  ),
  {
    id: 'agreement/place',
    title:
      'ISO 19139, GeoJSON, ISO 19115-3 and DataCite say the same place: longitudes and latitudes are not exchanged',
    clause: 'ISO 19115 EX_GeographicBoundingBox; RFC 7946 4; DataCite geoLocation',
    needs: 'agreement',
    check: async (facts, { http }) => {
      let compared = 0;
      for (const page of facts.pages) {
        const own = { ...facts, pages: [page] };
        const [iso] = await documents(http, own, [ISO]);
        const box = iso === undefined ? null : isoBox(iso);
        if (box === null) continue;
        const [feature] = await documents(http, own, [GEOJSON], 'GeoJSON');
        const bbox = feature?.answer.json<{ bbox?: readonly number[] }>().bbox;
        if (feature !== undefined && bbox !== undefined)
          must(
            near(bbox.length === 6 ? [0, 1, 3, 4].map((i) => bbox[i] ?? 0) : bbox, box),
            `GeoJSON ${bbox}, ISO ${box}`,
            feature.answer,
          );
        const [three] = await documents(http, own, [ISO_3]);
        const inThree = ['west', 'south', 'east', 'north'].map((side) =>
          Number(three?.answer.xml().text(`//*[starts-with(local-name(),'${side}Bound')]`)),
        );
        if (three !== undefined) must(near(inThree, box), `ISO 19115-3 ${inThree}, ISO 19139 ${box}`, three.answer);
        const [datacite] = await documents(http, own, [DATACITE]);
        const at = (name: string): number =>
          Number(datacite?.answer.xml().text(`//datacite:geoLocation//datacite:${name}`) || Number.NaN);
        if (datacite?.answer.xml().holds('//datacite:geoLocationPoint'))
          must(
            near([at('pointLongitude'), at('pointLatitude')], box),
            `DataCite ${at('pointLongitude')} ${at('pointLatitude')}, ISO ${box}`,
            datacite.answer,
          );
        if (datacite?.answer.xml().holds('//datacite:geoLocationBox'))
          must(
            near(
              [at('westBoundLongitude'), at('southBoundLatitude'), at('eastBoundLongitude'), at('northBoundLatitude')],
              box,
            ),
            'the box of DataCite is another',
            datacite.answer,
          );
        compared++;
      }
      given(compared > 0, 'no record with a place in ISO 19139');
    },
  },
  {
    id: 'agreement/change',
    title: 'Every format tells the same moment of the last change',
    clause: 'ISO 19115 dateStamp; RFC 4287 4.2.15; OGC 20-004r1 updated',
    needs: 'agreement',
    check: async (facts, { http }) => {
      for (const page of facts.pages) {
        const own = { ...facts, pages: [page] };
        const [iso] = await documents(http, own, [ISO]);
        const stamp = iso?.answer.xml().text('/*/gmd:dateStamp');
        if (iso === undefined || stamp === undefined) continue;
        const [feature] = await documents(http, own, [GEOJSON], 'GeoJSON');
        const updated = feature?.answer.json<{ properties?: { updated?: string } }>().properties?.updated;
        if (updated !== undefined) same(updated, stamp, 'updated of GeoJSON', feature?.answer);
        const [entry] = await documents(http, own, ['application/atom+xml']);
        if (entry !== undefined)
          same(entry.answer.xml().text('/atom:entry/atom:updated'), stamp, 'updated of Atom', entry.answer);
      }
    },
  },
];
