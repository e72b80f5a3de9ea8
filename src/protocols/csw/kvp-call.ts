// Key-value pairs as a call (OGC 07-006r1 10.2.3; OGC 12-176r7 6.5.4): names in any case, values exact, unknown names ignored,
// NAMESPACE=xmlns(prefix=uri),… binds prefixes.
import { decodeQuery, foldedPairs } from '../../http/query-string.ts';
import type { ParameterFault } from '../../model/errors.ts';
import type { Namespaces } from '../../model/queryable.ts';
import { type Call, type Constraint, owsError, PATHS, type Path } from './call.ts';
import { type Exception, invalid } from './errors.ts';
import { likelyVersion, negotiateCall } from './negotiation.ts';
import type { Version } from './vocabulary.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

const BINDING = /\s*xmlns\(\s*(?:([^=(),\s]*)\s*=)?\s*([^()]*?)\s*\)\s*(?:,|$)/y;
const NOTHING: Namespaces = new Map();

/** `xmlns(csw=http://…),xmlns(http://…)`; undefined: not of this form. */
export function namespacesOf(text: string | undefined): Namespaces | undefined {
  if (text === undefined || text.trim() === '') return NOTHING;
  const bound = new Map<string, string>();
  BINDING.lastIndex = 0;
  while (BINDING.lastIndex < text.length) {
    const match = BINDING.exec(text);
    if (match === null) return undefined;
    bound.set(match[1] ?? '', match[2] ?? '');
  }
  return bound;
}

/** CONSTRAINTLANGUAGE says which; without it a text that begins with `<` is a filter. */
function constraintOf(parameters: ReadonlyMap<string, string>): Constraint | Exception | null {
  const text = parameters.get('constraint');
  if (text === undefined || text.trim() === '') return null;
  const language = parameters.get('constraintlanguage')?.trim() ?? '';
  if (language === 'FILTER' || (language === '' && text.trimStart().startsWith('<'))) return { kind: 'filter', text };
  if (language === 'CQL_TEXT' || language === '') return { kind: 'cql', text };
  return invalid('ConstraintLanguage', 'FILTER or CQL_TEXT is wanted', 'FILTER ou CQL_TEXT est attendu');
}

/** @throws OwsError that tells all that is wrong with the pairs. */
export function callOfPairs(pairs: Pairs, faults: readonly ParameterFault[], path: Path): Call {
  const parameters = foldedPairs(pairs);
  const text = (name: string): string | null => parameters.get(name)?.trim() || null;
  const negotiated = negotiateCall(
    {
      service: text('service'),
      request: text('request'),
      version: text('version'),
      acceptVersions: text('acceptversions'),
    },
    PATHS[path],
  );
  const exceptions: Exception[] = [
    ...faults.map(({ parameter, detail }) => invalid(parameter, detail.en ?? '', detail.fr ?? '')),
    ...negotiated.exceptions,
  ];
  const namespaces = namespacesOf(parameters.get('namespace'));
  if (namespaces === undefined) {
    exceptions.push(invalid('NAMESPACE', 'xmlns(prefix=uri),… is wanted', 'xmlns(préfixe=uri),… est attendu'));
  }
  const constraint = constraintOf(parameters);
  if (constraint !== null && 'code' in constraint) exceptions.push(constraint);
  if (exceptions.length > 0) throw owsError(exceptions);
  return {
    path,
    version: negotiated.version,
    operation: negotiated.operation,
    parameters,
    namespaces: namespaces ?? NOTHING,
    constraint: constraint !== null && 'kind' in constraint ? constraint : null,
    sort: null,
    envelope: null,
    sent: null,
  };
}

/** @throws OwsError as `callOfPairs`. */
export function callOfQuery(query: string, path: Path): Call {
  const { pairs, faults } = decodeQuery(query);
  return callOfPairs(pairs, faults, path);
}

/** In which version an error of this query is told. */
export function versionOfQuery(query: string, path: Path): Version {
  const asked = /(?:^|&)(?:version|acceptversions)=([^&]*)/i.exec(query)?.[1];
  return likelyVersion(PATHS[path], asked);
}
