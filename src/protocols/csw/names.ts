// Qualified names in requests: the prefixes that the request binds, then the usual ones, then none at all.
import type { Namespaces } from '../../model/queryable.ts';
import type { TypeName } from './output-schemas.ts';
import { CSW_202, CSW_300, DC, DCT, type Dialect } from './vocabulary.ts';

/** Prefixes that clients write without binding them. */
export function usualNamespaces(dialect: Dialect): ReadonlyMap<string, string> {
  return new Map([
    ['csw', dialect.csw],
    ['csw30', CSW_300],
    ['csw2', CSW_202],
    ['dc', DC],
    ['dct', DCT],
    ['dcterms', DCT],
    ['ows', dialect.ows],
    ['ogc', 'http://www.opengis.net/ogc'],
    ['fes', 'http://www.opengis.net/fes/2.0'],
    ['gml', dialect.gml],
    ['gmd', 'http://www.isotc211.org/2005/gmd'],
    ['gmi', 'http://www.isotc211.org/2005/gmi'],
    ['gco', 'http://www.isotc211.org/2005/gco'],
    ['srv', 'http://www.isotc211.org/2005/srv'],
    ['mdb', 'http://standards.iso.org/iso/19115/-3/mdb/2.0'],
    ['apiso', 'http://www.opengis.net/cat/csw/apiso/1.0'],
    ['xlink', 'http://www.w3.org/1999/xlink'],
  ]);
}

export interface QualifiedName {
  /** null: without prefix and default namespace. undefined: the prefix is not known. */
  readonly namespace: string | null | undefined;
  readonly local: string;
}

export function qualifiedName(written: string, bound: Namespaces, dialect: Dialect): QualifiedName {
  const colon = written.indexOf(':');
  if (colon < 0) return { namespace: bound.get('') ?? null, local: written };
  const prefix = written.slice(0, colon);
  return {
    namespace: bound.get(prefix) ?? usualNamespaces(dialect).get(prefix),
    local: written.slice(colon + 1),
  };
}

/**
 * The type of a name. Without prefix it is that of the version's own namespace (OGC 12-176r7 7.3.4.7).
 * null: the namespace is known, the type is not; undefined: the name cannot be resolved.
 */
export function typeOfName(
  written: string,
  bound: Namespaces,
  dialect: Dialect,
  types: readonly TypeName[],
): TypeName | null | undefined {
  const name = qualifiedName(written, bound, dialect);
  const namespace = name.namespace === null ? dialect.csw : name.namespace;
  if (namespace === undefined) return undefined;
  return types.find((type) => type.namespace === namespace && type.local === name.local) ?? null;
}
