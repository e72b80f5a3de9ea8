// The rules of the OGC Geo and Time suite's RELAX NG and Schematron schemas (osdd.rnc, atomgeo.rnc, osquery.rnc, geo.rnc, time.rnc) and of
// OpenSearch 1.1 for descriptions and feeds, one sentence for each rule that a document breaks.
import type { XmlElement } from 'libxml2-wasm';
import { PREFIXES, type Reader, readXml } from './read-xml.ts';

const OSDD = '/os:OpenSearchDescription';
/** Element → most characters, and how often it stands (least, most). */
const TEXTS: readonly (readonly [name: string, longest: number, least: number, most: number])[] = [
  ['ShortName', 16, 1, 1],
  ['Description', 1024, 1, 1],
  ['Tags', 256, 1, 1],
  ['LongName', 48, 0, 1],
  ['Developer', 64, 0, 1],
  ['Attribution', 256, 0, 1],
  ['Contact', 256, 0, 1],
  ['SyndicationRight', 8, 0, 1],
  ['AdultContent', 5, 0, 1],
  ['Language', 35, 0, 1],
  ['InputEncoding', 40, 0, 1],
  ['OutputEncoding', 40, 0, 1],
];
const QUERY_ATTRIBUTES = [
  'role',
  'title',
  'searchTerms',
  'totalResults',
  'count',
  'startIndex',
  'startPage',
  'language',
];
const BOX = /^[+-]?\d*(\.\d+)?(,[+-]?\d*(\.\d+)?){3}$/;
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/;

function texts(doc: Reader, told: string[]): void {
  for (const [name, longest, least, most] of TEXTS) {
    const found = doc.all(`${OSDD}/os:${name}`);
    if (found.length < least || found.length > most) told.push(`${name} stands ${found.length} times`);
    for (const text of found)
      if (text === '' || text.length > longest) told.push(`${name} has ${text.length} characters`);
  }
  const only = (name: string, form: RegExp): void => {
    for (const text of doc.all(`${OSDD}/os:${name}`)) if (!form.test(text)) told.push(`${name}: ${text}`);
  };
  only('Contact', /.+@.+/);
  only('AdultContent', /^(true|false)$/);
  only('SyndicationRight', /^(open|limited|private|closed)$/);
  only('Language', /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/);
  // CSW 3.0 suite: Tags is a list of NCName.
  only('Tags', /^[A-Za-z_][\w.-]*( [A-Za-z_][\w.-]*)*$/);
}

function urls(doc: Reader, told: string[]): void {
  const types = doc.all(`${OSDD}/os:Url/@type`);
  if (new Set(types).size < types.length) told.push(`a type stands twice: ${types.join(' ')}`);
  for (const url of doc.nodes(`${OSDD}/os:Url`)) {
    for (const attribute of url.attrs) {
      const own = attribute.namespaceUri === '';
      if (own && !['template', 'type', 'rel', 'indexOffset', 'pageOffset'].includes(attribute.name)) {
        told.push(`Url has the attribute ${attribute.name}`);
      }
    }
    const rel = url.attr('rel')?.value ?? 'results';
    if (!['results', 'suggestions', 'self', 'collection'].includes(rel)) told.push(`rel ${rel}`);
    told.push(...templateFaults(url.attr('template')?.value ?? '', rel));
  }
  for (const method of doc.all(`${OSDD}/os:Url/@param:method`)) if (method !== 'GET') told.push(`method ${method}`);
}

function templateFaults(template: string, rel: string): readonly string[] {
  const told: string[] = [];
  if (!/^https?:\/\//.test(template)) told.push(`template is not absolute: ${template}`);
  const names = [...template.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  if (new Set(names).size < names.length) told.push('a template parameter stands twice');
  for (const name of names) {
    // opensearch-browser finds only letters and one colon.
    if (!/^[A-Za-z]+(:[A-Za-z]+)?\??$/.test(name)) told.push(`template parameter ${name}`);
    if (rel !== 'suggestions' && !name.endsWith('?')) told.push(`${name} is required`);
  }
  const keys = new URL(template.replace(/\{[^}]*\}/g, '')).searchParams;
  if (new Set(keys.keys()).size < [...keys.keys()].length) told.push('a query key stands twice');
  return told;
}

/** Every Parameter names a key of its template with the same value and may be left out; Options are not repeated. */
function parameters(doc: Reader, told: string[]): void {
  for (const url of doc.nodes(`${OSDD}/os:Url[param:Parameter]`)) {
    const template = url.attr('template')?.value ?? '';
    const offered = new Map(
      [...template.matchAll(/[?&]([^=&]+)=(\{[^}]+\})/g)].map((m) => [decodeURIComponent(m[1] ?? ''), m[2]]),
    );
    const described = url.find('param:Parameter', PREFIXES) as XmlElement[];
    for (const node of described) {
      const attribute = (name: string): string => node.attr(name)?.value ?? '';
      const value = offered.get(attribute('name'));
      if (value !== attribute('value').replace('}', '?}'))
        told.push(`Parameter ${attribute('name')} is not in the template`);
      if (attribute('minimum') !== '0') told.push(`Parameter ${attribute('name')} is required`);
      if (attribute('title') === '') told.push(`Parameter ${attribute('name')} has no title`);
      const pattern = attribute('pattern');
      if (pattern !== '') new RegExp(pattern);
    }
    if (described.length !== offered.size) told.push(`${described.length} parameters described of ${offered.size}`);
  }
}

/** Rules that a description breaks. `first`: root of a two-step search, which has collections instead of Atom results. */
export function descriptionFaults(text: string, first = false): readonly string[] {
  const doc = readXml(text);
  const told: string[] = [];
  if (doc.count(OSDD) !== 1) return ['no OpenSearchDescription'];
  texts(doc, told);
  urls(doc, told);
  parameters(doc, told);
  if (doc.count(`${OSDD}/os:Query[@role='example']`) < 1) told.push('no example Query');
  const atom = doc.all(
    `${OSDD}/os:Url[@type='application/atom+xml'][@rel='${first ? 'collection' : 'results'}']/@template`,
  );
  if (atom.length !== 1 || !atom[0]?.includes('{geo:box?}')) told.push('no Atom Url with geo:box');
  return told;
}

function queryFaults(doc: Reader): readonly string[] {
  const told: string[] = [];
  const [query] = doc.nodes('/atom:feed/os:Query');
  if (query === undefined) return ['no os:Query'];
  if (query.attr('role')?.value !== 'request') told.push('os:Query is not the request');
  for (const attribute of query.attrs) {
    if (attribute.namespaceUri === '' && !QUERY_ATTRIBUTES.includes(attribute.name))
      told.push(`os:Query/@${attribute.name}`);
    if (attribute.value === '') told.push(`os:Query/@${attribute.name} is empty`);
  }
  for (const box of doc.all('/atom:feed/os:Query/@geo:box')) if (!BOX.test(box)) told.push(`geo:box ${box}`);
  for (const date of doc.all('/atom:feed/os:Query/@time:start|/atom:feed/os:Query/@time:end')) {
    if (!DATE.test(date)) told.push(`date ${date}`);
  }
  return told;
}

/** Rules that a feed breaks. `located`: every entry must have a place (the geo schema's Schematron). */
export function feedFaults(text: string, located = false): readonly string[] {
  const doc = readXml(text);
  const told: string[] = [...queryFaults(doc)];
  for (const name of ['os:Query', 'os:totalResults', 'os:itemsPerPage', 'atom:id', 'atom:title', 'atom:updated']) {
    if (doc.count(`/atom:feed/${name}`) !== 1) told.push(`feed has ${doc.count(`/atom:feed/${name}`)} ${name}`);
  }
  if (doc.count('/atom:feed/os:startIndex|/atom:feed/os:startPage') !== 1) told.push('startIndex or startPage');
  const rels = doc.all('/atom:feed/atom:link/@rel');
  for (const rel of ['self', 'search', 'alternate']) if (!rels.includes(rel)) told.push(`no link ${rel}`);
  for (const entry of doc.nodes('/atom:feed/atom:entry')) {
    const count = (path: string): number => entry.find(path, PREFIXES).length;
    const id = entry.find('dc:identifier', PREFIXES)[0]?.content ?? '?';
    for (const name of ['atom:id', 'atom:title', 'atom:updated', 'atom:content', 'dc:identifier']) {
      if (count(name) !== 1) told.push(`${id} has ${count(name)} ${name}`);
    }
    if (count('georss:*') > 1 || (located && count('georss:*') < 1)) told.push(`${id} has ${count('georss:*')} places`);
    if (count('atom:author') + doc.count('/atom:feed/atom:author') < 1) told.push(`${id} has no author`);
    if (count('atom:link[not(@href) or not(@rel)]') > 0) told.push(`${id} has a bare link`);
  }
  return told;
}
