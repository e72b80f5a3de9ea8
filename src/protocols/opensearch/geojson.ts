// GeoJSON answer of a search (RFC 7946; members of OGC 17-047: totals, queries, links as an object of arrays by relation).
import type { RecordFormat } from '../../model/format.ts';
import type { Answer } from './answer.ts';
import { OSDD_TYPE } from './vocabulary.ts';

const TYPE = 'application/geo+json';

interface JsonLink {
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
}

function linksOf(answer: Answer): { readonly [relation: string]: readonly JsonLink[] } {
  const links: { [relation: string]: readonly JsonLink[] } = {};
  for (const page of answer.pages) links[page.rel] = [{ type: TYPE, href: page.href }];
  links.search = [{ type: OSDD_TYPE, href: answer.description, title: answer.shortName }];
  links.alternates = [
    { type: 'application/atom+xml', href: answer.inFormat('atom') },
    { type: 'text/html', href: answer.inFormat('html') },
  ];
  links.profiles = [{ href: 'http://www.opengis.net/spec/os-geojson/1.0/req/core' }];
  return links;
}

/** The feature collection. `feature`: the record format that writes one feature. */
export function writeGeoJson(answer: Answer, feature: RecordFormat['write']): string {
  const { author } = answer;
  const head = {
    type: 'FeatureCollection',
    id: answer.id,
    totalResults: answer.total,
    startIndex: answer.startIndex,
    itemsPerPage: answer.itemsPerPage,
    queries: { request: [Object.fromEntries(answer.echo)] },
    properties: {
      title: answer.title,
      subtitle: answer.subtitle,
      creator: 'vobs',
      lang: answer.language,
      updated: answer.updated,
      rights: answer.rights,
      authors: [{ type: 'Agent', ...author }],
      links: linksOf(answer),
    },
  };
  const features = answer.records.map((record) => feature(record, answer.view)).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"features":[${features === '' ? '' : `\n${features}\n`}]}\n`;
}
