// Writes an element that parseXml read, as a document of its own: content that a request carries as XML is handed on as text.
import { xmlAttribute, xmlContent } from '../writers/text.ts';
import type { XmlElement } from './xml.ts';

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
type Scope = ReadonlyMap<string, string>;

const prefixOf = (qname: string): string => (qname.includes(':') ? (qname.split(':')[0] ?? '') : '');

/** What must be declared on the element so that its names mean what they meant: its own declarations, and those of its prefixes. */
function declarationsFor(element: XmlElement, scope: Scope): Scope {
  const wanted = new Map(element.declarations);
  const need = (prefix: string, namespace: string): void => {
    if (prefix !== 'xml' && (wanted.get(prefix) ?? scope.get(prefix) ?? '') !== namespace)
      wanted.set(prefix, namespace);
  };
  need(prefixOf(element.qname), element.namespace);
  for (const { qname, namespace } of element.attributes) if (namespace !== '') need(prefixOf(qname), namespace);
  return wanted;
}

function print(element: XmlElement, scope: Scope): string {
  const declared = declarationsFor(element, scope);
  const inside = declared.size === 0 ? scope : new Map([...scope, ...declared]);
  let head = `<${element.qname}`;
  for (const [prefix, namespace] of declared)
    head += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${xmlAttribute(namespace)}"`;
  for (const { qname, value } of element.attributes) head += ` ${qname}="${xmlAttribute(value)}"`;
  if (element.children.length === 0) return `${head}/>`;
  const content = element.children.map((child) =>
    typeof child === 'string' ? xmlContent(child) : print(child, inside),
  );
  return `${head}>${content.join('')}</${element.qname}>`;
}

/** The element with all that is in it, without XML declaration; namespaces that were declared around it are declared on it where they are used. */
export function printXml(element: XmlElement): string {
  return print(element, new Map([['xml', XML_NAMESPACE]]));
}
