// Names of properties as clients write them: with any prefix bound to a namespace, bare, as `{namespace}name`, or as an XPath, in any case
// (CSW 2.0.2 10.8.4.11; what GeoNetwork, OWSLib and the ISO profile's clients send).
import type { Namespaces } from '../model/queryable.ts';

/** Well-known namespaces by the prefix that our own table uses. */
const PREFIX_OF: { readonly [namespace: string]: string } = {
  'http://www.opengis.net/cat/csw/2.0.2': 'csw',
  'http://www.opengis.net/cat/csw/3.0': 'csw',
  'http://www.opengis.net/cat/csw': 'csw',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/terms/': 'dct',
  'http://www.opengis.net/ows': 'ows',
  'http://www.opengis.net/ows/1.1': 'ows',
  'http://www.opengis.net/ows/2.0': 'ows',
  'http://www.opengis.net/cat/csw/apiso/1.0': 'apiso',
  'http://www.isotc211.org/2005/gmd': 'gmd',
  'http://www.isotc211.org/2005/gco': 'gco',
  'http://www.isotc211.org/2005/gmi': 'gmi',
  'http://standards.iso.org/iso/19115/-3/mdb/2.0': 'mdb',
  'http://standards.iso.org/iso/19115/-3/gco/1.0': 'gco',
  'http://www.opengis.net/gml': 'gml',
  'http://www.opengis.net/gml/3.2': 'gml',
  'http://www.opengis.net/ogc': 'ogc',
  'http://www.opengis.net/fes/2.0': 'fes',
};
const WELL_KNOWN = new Set([...Object.values(PREFIX_OF), 'dcterms', 'iso', 'sci', 'processing', 'proj']);
const OTHER_SPELLING: { readonly [prefix: string]: string } = { dcterms: 'dct', iso: 'apiso' };
const LONGEST = 1000;

/** A name without its dress, in lower case; `prefix` null: bare. */
export interface PlainName {
  readonly prefix: string | null;
  readonly local: string;
}

/** undefined: no name at all, or one whose prefix or namespace is none of ours. */
export function plainName(written: string, namespaces?: Namespaces): PlainName | undefined {
  if (written.length > LONGEST) return undefined;
  const braced = /^\{([^{}]*)\}([^{}]+)$/.exec(written);
  if (braced !== null) return withPrefix(PREFIX_OF[braced[1]!], braced[2]!);
  const step = /[/[\]@*]/.test(written) ? lastStep(written) : written.trim();
  if (step === undefined || step === '') return undefined;
  const name = step.replace(/^properties\./i, '');
  const colon = name.indexOf(':');
  if (colon === -1) return { prefix: null, local: name.toLowerCase() };
  const [prefix, local] = [name.slice(0, colon), name.slice(colon + 1)];
  const namespace = namespaces?.get(prefix);
  if (namespace !== undefined) return withPrefix(PREFIX_OF[namespace], local);
  const known = prefix.toLowerCase();
  return withPrefix(WELL_KNOWN.has(known) ? (OTHER_SPELLING[known] ?? known) : undefined, local);
}

function withPrefix(prefix: string | undefined, local: string): PlainName | undefined {
  return prefix === undefined || local === '' ? undefined : { prefix, local: local.toLowerCase() };
}

/** The last step of an XPath that names an element; predicates do not count, except `*[local-name()='x']`, which names x. */
function lastStep(path: string): string | undefined {
  let name: string | undefined;
  for (const step of stepsOf(path)) {
    const bracket = step.indexOf('[');
    const bare = (bracket === -1 ? step : step.slice(0, bracket)).trim();
    const anyNamed = bare === '*' ? /^\[\s*local-name\(\)\s*=\s*(['"])([^'"]+)\1/.exec(step.slice(bracket)) : null;
    if (anyNamed !== null) name = anyNamed[2];
    else if (/^[\p{L}_][\p{L}\p{N}_.:-]*$/u.test(bare) && !/^gco:/i.test(bare)) name = bare;
  }
  return name;
}

/** Splits at slashes outside brackets and quotes. */
function stepsOf(path: string): readonly string[] {
  const steps: string[] = [];
  let [from, depth, quote] = [0, 0, ''];
  for (let i = 0; i < path.length; i++) {
    const character = path[i]!;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (character === '/' && depth === 0) {
      steps.push(path.slice(from, i));
      from = i + 1;
    }
  }
  steps.push(path.slice(from));
  return steps;
}
