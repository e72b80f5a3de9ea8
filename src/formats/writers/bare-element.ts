// Elements that stand in one document: the namespaces that they all declare are declared once, around them.

export interface Hoisted {
  /** ` xmlns:dc="…"…`, for the element around. */
  readonly declarations: string;
  readonly elements: readonly string[];
}

const DECLARATION = / xmlns(?::([\w.-]+))?="([^"]*)"/g;

/**
 * Takes from the elements the declarations that the first one makes, save those whose prefix the element around has bound to something
 * else. Elements of one writer begin alike; one that begins otherwise keeps its own.
 * @param bound prefixes (empty: the default namespace) that the element around binds itself, with their namespaces.
 */
export function hoistDeclarations(elements: readonly string[], bound: ReadonlyMap<string, string>): Hoisted {
  const [first] = elements;
  if (first === undefined) return { declarations: '', elements };
  let opening = first.slice(0, first.indexOf('>') + 1);
  let declarations = '';
  const taken = new Map<string, string>();
  for (const [whole, prefix = '', uri = ''] of opening.matchAll(DECLARATION)) {
    const known = bound.get(prefix);
    // A default namespace would reach the names without prefix of the element around.
    if (prefix === '' || (known !== undefined && known !== uri)) continue;
    taken.set(whole, prefix);
    if (known === undefined) declarations += whole;
  }
  let bare = withoutAll(opening, taken);
  return {
    declarations,
    elements: elements.map((element) => {
      if (!element.startsWith(opening)) {
        // The attributes of another kind of record.
        opening = element.slice(0, element.indexOf('>') + 1);
        bare = withoutAll(opening, taken);
      }
      return bare + element.slice(opening.length);
    }),
  };
}

function withoutAll(opening: string, taken: ReadonlyMap<string, string>): string {
  let bare = opening;
  for (const declaration of taken.keys()) bare = bare.replace(declaration, '');
  return bare;
}
