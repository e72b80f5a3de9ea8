// Finds elements by short paths such as `gmd:citation/*/gmd:title`. A prefix stands for one or several namespace addresses, whatever the
// document calls them; `*` is any element, `**` any number of levels.
import { elementsOf, type XmlElement } from '../syntax/xml.ts';

export interface XmlPaths {
  all(element: XmlElement | undefined, path: string): readonly XmlElement[];
  first(element: XmlElement | undefined, path: string): XmlElement | undefined;
  /** Is the element `prefix:name`? */
  is(element: XmlElement, name: string): boolean;
}

/** `namespaces`: prefix of the paths → addresses that it stands for. */
export function createPaths(namespaces: { readonly [prefix: string]: readonly string[] }): XmlPaths {
  const is = (element: XmlElement, name: string): boolean => {
    if (name === '*') return true;
    const [prefix = '', local] = name.split(':');
    return element.name === local && (namespaces[prefix]?.includes(element.namespace) ?? false);
  };
  const all = (element: XmlElement | undefined, path: string): readonly XmlElement[] => {
    let found: readonly XmlElement[] = element === undefined ? [] : [element];
    for (const step of path.split('/')) {
      found =
        step === '**'
          ? found.flatMap(withDescendants)
          : found.flatMap((each) => elementsOf(each).filter((child) => is(child, step)));
    }
    return found;
  };
  return { is, all, first: (element, path) => all(element, path)[0] };
}

function withDescendants(element: XmlElement): readonly XmlElement[] {
  return [element, ...elementsOf(element).flatMap(withDescendants)];
}
