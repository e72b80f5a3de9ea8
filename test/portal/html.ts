// Reads a page of ours as tags and texts, strictly (every element closed, every & a reference), and gives what is wrong with it.

const VOID = new Set(['meta', 'link', 'input', 'br', 'hr', 'img', 'wbr']);
const REFERENCE = /&(?!(?:amp|lt|gt|quot|#39|#\d+|#x[0-9a-f]+);)/i;

export interface HtmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Language in force: the nearest `lang`. */
  readonly language: string;
  /** Text inside, references decoded. */
  text: string;
}

export interface HtmlText {
  readonly text: string;
  readonly language: string;
  readonly parent: string;
}

export interface Html {
  readonly elements: readonly HtmlElement[];
  readonly texts: readonly HtmlText[];
  readonly faults: readonly string[];
}

export function decode(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*(\/?)>/gi;

function readAttributes(source: string, faults: string[]): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of source.matchAll(/([^\s"'<>/=]+)(?:="([^"]*)")?/g)) {
    if (attributes.has(name)) faults.push(`attribute ${name} twice`);
    if (REFERENCE.test(value)) faults.push(`bare & in ${name}="${value}"`);
    attributes.set(name, decode(value));
  }
  return attributes;
}

export function readHtml(source: string): Html {
  const faults: string[] = [];
  const elements: HtmlElement[] = [];
  const texts: HtmlText[] = [];
  const open: HtmlElement[] = [];
  if (!source.startsWith('<!DOCTYPE html>')) faults.push('no doctype');
  let at = '<!DOCTYPE html>'.length;
  const addText = (raw: string) => {
    if (raw === '') return;
    if (REFERENCE.test(raw)) faults.push(`bare & in text: ${raw.slice(0, 80)}`);
    if (raw.includes('<')) faults.push(`bare < in text: ${raw.slice(0, 80)}`);
    const text = decode(raw);
    for (const element of open) element.text += text;
    const top = open.at(-1);
    if (text.trim() !== '') texts.push({ text: text.trim(), language: top?.language ?? '', parent: top?.name ?? '' });
  };
  TAG.lastIndex = at;
  for (let match = TAG.exec(source); match; match = TAG.exec(source)) {
    addText(source.slice(at, match.index));
    at = TAG.lastIndex;
    const [, close, rawName = '', rest = '', selfClosed] = match;
    const name = rawName.toLowerCase();
    if (close) {
      const top = open.pop();
      if (top?.name !== name) faults.push(`</${name}> closes <${top?.name}>`);
      continue;
    }
    const attributes = readAttributes(rest, faults);
    const element = {
      name,
      attributes,
      language: attributes.get('lang') ?? open.at(-1)?.language ?? '',
      text: '',
    };
    // The words of a picture are read where it stands.
    if (name === 'img') for (const outer of open) outer.text += attributes.get('alt') ?? '';
    elements.push(element);
    if (!VOID.has(name) && !selfClosed) open.push(element);
  }
  addText(source.slice(at).trim());
  if (open.length > 0) faults.push(`never closed: ${open.map((element) => element.name).join(' ')}`);
  return { elements, texts, faults };
}

/** Everything that is wrong with a page by the rules that ours keep. */
export function pageFaults(source: string): readonly string[] {
  const { elements, faults: syntax } = readHtml(source);
  const faults = [...syntax];
  const named = (name: string) => elements.filter((element) => element.name === name);
  const ids = elements.flatMap((element) => element.attributes.get('id') ?? []);
  const known = new Set(ids);
  if (known.size !== ids.length) faults.push(`ids twice: ${ids.filter((id, i) => ids.indexOf(id) !== i).join(', ')}`);
  if (named('h1').length !== 1) faults.push(`${named('h1').length} h1`);
  if (named('main').length !== 1) faults.push('not one main');
  if (named('title').length < 1 || named('title')[0]?.text.trim() === '') faults.push('no title');
  if (!named('html')[0]?.attributes.get('lang')) faults.push('no language');
  let level = 0;
  for (const { name, text } of elements) {
    if (!/^h[1-6]$/.test(name)) continue;
    const own = Number(name[1]);
    if (own > level + 1) faults.push(`${name} follows h${level}`);
    if (text.trim() === '') faults.push(`empty ${name}`);
    level = own;
  }
  const labelled = new Set(named('label').map((label) => label.attributes.get('for')));
  for (const { name, attributes, text } of elements) {
    for (const reference of ['for', 'form', 'list', 'aria-labelledby', 'aria-describedby']) {
      for (const id of attributes.get(reference)?.split(' ') ?? []) {
        if (!known.has(id)) faults.push(`${reference}="${id}" leads nowhere`);
      }
    }
    const href = attributes.get('href');
    if (href?.startsWith('#') && !known.has(href.slice(1))) faults.push(`link to ${href} leads nowhere`);
    if (href !== undefined && !/^(#|\/|https?:\/\/|mailto:)/.test(href)) faults.push(`unsafe address ${href}`);
    if (name === 'a' && text.trim() === '' && !attributes.has('aria-label')) faults.push(`link without words: ${href}`);
    if (name === 'button' && text.trim() === '') faults.push('button without words');
    const isControl = (name === 'input' && attributes.get('type') !== 'hidden') || name === 'select';
    if (isControl && !labelled.has(attributes.get('id') ?? '')) faults.push(`no label for ${attributes.get('name')}`);
    const isData = name === 'script' && attributes.get('type') === 'application/ld+json';
    if (isData) faults.push(...jsonFaults(text));
    else if (name === 'script' || name === 'style' || name === 'iframe') faults.push(`<${name}>`);
    for (const attribute of attributes.keys()) {
      if (/^on|^style$/i.test(attribute)) faults.push(`attribute ${attribute}`);
    }
  }
  return faults;
}

/** A block of data that a program cannot read. */
function jsonFaults(text: string): readonly string[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [`block of data: ${String(error)}`];
  }
}
