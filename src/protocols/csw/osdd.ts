// The OpenSearch description of the CSW 3.0 binding (OGC 12-176r7 6.5.6): results as csw:Record and as Atom, the same search keys.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { EVERYTHING } from '../../model/query.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { scopeOf, type Viewer } from '../../model/viewer.ts';
import { OSDD_PARAMETERS } from './osdd-parameters.ts';
import { ATOM_TYPE, CSW_300, OSDD_TYPE, XML_DECLARATION } from './vocabulary.ts';

export interface OsddDeps {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly links: Links;
  readonly mappings: Mappings;
}

const NAMESPACES =
  'xmlns="http://a9.com/-/spec/opensearch/1.1/" xmlns:geo="http://a9.com/-/opensearch/extensions/geo/1.0/"';
const MOST_KEPT = 100;

function url(type: string, fixed: string, address: string): string {
  const keys = OSDD_PARAMETERS.map(({ name, template }) => `${name}={${template}?}`).join('&');
  return (
    `<Url type="${type}" rel="results" indexOffset="1" pageOffset="1" ` +
    `template="${xmlAttribute(`${address}?service=CSW&version=3.0.0&request=GetRecords&typeNames=Record&elementSetName=summary&${fixed}&${keys}`)}"/>`
  );
}

function write(example: string | null, language: Language, { links, mappings }: OsddDeps): string {
  const { site } = mappings;
  const address = links.url('/csw');
  const query = example === null ? '' : `<Query role="example" searchTerms="${xmlAttribute(example)}"/>`;
  return (
    `${XML_DECLARATION}<OpenSearchDescription ${NAMESPACES}><ShortName>${xmlText(site.shortName.slice(0, 16))}</ShortName>` +
    `<LongName>${xmlText(inLanguage(site.title, language).slice(0, 48))}</LongName>` +
    `<Description>${xmlText(inLanguage(site.description, language).slice(0, 1024))}</Description>` +
    `<Tags>${xmlText(site.identifierPrefix)} CSW geophysics</Tags>` +
    url(ATOM_TYPE, `outputFormat=${encodeURIComponent(ATOM_TYPE)}`, address) +
    url('application/xml', `outputFormat=${encodeURIComponent('application/xml')}&outputSchema=${CSW_300}`, address) +
    `<Url type="${OSDD_TYPE}" rel="self" template="${xmlAttribute(links.url('/csw/osdd.xml'))}"/>` +
    `${site.organisation.email === undefined ? '' : `<Contact>${xmlText(site.organisation.email)}</Contact>`}` +
    `${query}<Attribution>${xmlText(site.attribution.slice(0, 256))}</Attribution><SyndicationRight>open</SyndicationRight>` +
    '<Language>*</Language><OutputEncoding>UTF-8</OutputEncoding><InputEncoding>UTF-8</InputEncoding></OpenSearchDescription>\n'
  );
}

/** A word of a title that is there, and finds something. */
async function exampleWord(catalogue: Catalogue, viewer: Viewer): Promise<string | null> {
  const { records } = await catalogue.search({ ...EVERYTHING, limit: 5, count: false }, viewer);
  for (const word of new Set(records.flatMap(({ title }) => title.match(/\p{L}{4,}/gu)?.slice(0, 2) ?? []))) {
    const found = await catalogue.search({ ...EVERYTHING, words: word, limit: 1, count: false }, viewer);
    if (found.records.length > 0) return word;
  }
  return null;
}

/** Gives the handler; a description is made once for a revision, a viewer's scope and a language. */
export function createAnswerOsdd(deps: OsddDeps): (ctx: AppContext) => Promise<void> {
  const kept = new Map<string, { readonly revision: string; readonly text: string }>();
  return async (ctx) => {
    const { viewer, language } = ctx.state;
    const revision = await deps.catalogue.revision();
    if (deps.caching.notModified(ctx, revision, 'csw osdd')) return;
    const key = `${language} ${scopeOf(viewer)}`;
    let known = kept.get(key);
    if (known?.revision !== revision) {
      known = { revision, text: write(await exampleWord(deps.catalogue, viewer), language, deps) };
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, known);
    }
    ctx.set('Content-Type', OSDD_TYPE);
    ctx.set('Content-Language', language);
    ctx.body = known.text;
  };
}
