// Compiles the XML templates of mappings/ (their language: mappings/README.md) into functions that join strings. Once, at start-up:
// the code comes from the template alone, values of records are only ever its arguments, escaped by default.
import { codeOfTemplate, TEMPLATE_PARAMETERS } from './template-code.ts';
import { type Names, readTemplate } from './template-tree.ts';
import { isPresent, type Value, xmlAttribute, xmlText } from './text.ts';

export { type Names, TEMPLATE_NAMESPACE, TemplateFault } from './template-tree.ts';
export type { Value } from './text.ts';

/** What a template with these names is filled with. A group is an object or a list of them; every name is given, if only as undefined. */
export type ViewOf<N extends Names> = {
  readonly [K in keyof N]: N[K] extends 'value'
    ? Value
    : N[K] extends 'list'
      ? readonly Value[] | undefined
      : N[K] extends Names
        ? ViewOf<N[K]> | readonly ViewOf<N[K]>[] | null | undefined
        : never;
};
export type Template<N extends Names> = (view: ViewOf<N>) => string;

const MEMORY = Symbol('memory of a shared group');
const NOTHING: readonly unknown[] = [];

/**
 * Compiles the template at `path` (below mappings/), with the fragments that it includes, for views with these names. The function
 * gives one element as text, always well formed, without XML declaration. Throws TemplateFault with file, line and slot.
 */
export function compileTemplate<N extends Names>(
  templates: ReadonlyMap<string, string>,
  path: string,
  names: N,
): Template<N> {
  const { body, memories } = codeOfTemplate(readTemplate(templates, path, names));
  const fill = new Function(...TEMPLATE_PARAMETERS, body);
  const places = Array.from({ length: memories }, () => Symbol(path));
  return (view) => fill(view, xmlText, xmlAttribute, isPresent, itemsOf, MEMORY, places, remember) as string;
}

/**
 * Marks a group or list that many records share and that never changes again: a template writes it once and remembers the text. The
 * memory belongs to the group and goes with it.
 */
export function shared<T extends object>(group: T): T {
  return Object.freeze(Object.defineProperty(group, MEMORY, { value: new Map<symbol, string>() }));
}

/** Makes what depends on an object alone once for each object; it goes with the object. */
export function memoised<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}

function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? NOTHING : [value];
}

/** Reading one character makes the engine lay the joined pieces out as one text, which then is copied whole. */
function remember(memory: Map<symbol, string>, place: symbol, text: string): void {
  text.charCodeAt(0);
  memory.set(place, text);
}
