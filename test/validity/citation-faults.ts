// BibTeX, RIS and CSL-JSON, read by small parsers of their own grammars.

/** The one entry of a BibTeX text: type, key, fields; throws where it is none. */
export function readBibtex(document: string): {
  readonly type: string;
  readonly key: string;
  readonly fields: ReadonlyMap<string, string>;
} {
  const head = /^@([a-z]+)\{([^,\s{}]+),\n/.exec(document);
  if (head === null) throw new Error('no @type{key,');
  const fields = new Map<string, string>();
  let at = head[0].length;
  for (;;) {
    const name = /^ {2}([a-z]+) = \{/.exec(document.slice(at));
    if (name === null) break;
    at += name[0].length;
    const start = at;
    for (let depth = 1; depth > 0; at++) {
      const c = document[at];
      if (c === undefined) throw new Error(`${name[1]} does not end`);
      if (c === '\\') at++;
      else if (c === '{') depth++;
      else if (c === '}') depth--;
    }
    fields.set(name[1] ?? '', document.slice(start, at - 1));
    if (document.startsWith(',\n', at)) at += 2;
    else break;
  }
  if (document.slice(at) !== '\n}\n') throw new Error(`rest ${JSON.stringify(document.slice(at, at + 40))}`);
  return { type: head[1] ?? '', key: head[2] ?? '', fields };
}

export function bibtexFaults(document: string): readonly string[] {
  const { type, fields } = readBibtex(document);
  const faults = ['author', 'title', 'year', 'publisher', 'url']
    .filter((name) => !fields.has(name))
    .map((name) => `no ${name}`);
  if (type !== 'dataset') faults.push(`type ${type}`);
  if (!/^\d{4}$/.test(fields.get('year') ?? '')) faults.push(`year ${fields.get('year')}`);
  if (!/^(\{.+\})( and \{.+\})*$/.test(fields.get('author') ?? ''))
    faults.push('an organisation without its own braces');
  for (const [name, value] of fields) {
    if (name !== 'url' && name !== 'doi' && /(^|[^\\])[#$%&_^~]/.test(value))
      faults.push(`${name} has a bare character of TeX`);
    if (/[\u0000-\u001f]/.test(value)) faults.push(`${name} has a line break or a control character`);
  }
  return faults;
}

export function risFaults(document: string): readonly string[] {
  const faults: string[] = [];
  const lines = document.split('\r\n');
  if (lines.pop() !== '') faults.push('the last line does not end');
  const tags = lines.map((line) => /^([A-Z][A-Z0-9]) {2}- (.*)$/.exec(line));
  tags.forEach((tag, index) => {
    if (tag === null) faults.push(`line ${index + 1}: ${lines[index]}`);
  });
  if (tags[0]?.[1] !== 'TY' || tags.at(-1)?.[1] !== 'ER') faults.push('TY is first, ER last');
  for (const wanted of ['TI', 'AU', 'PY', 'PB', 'UR'])
    if (!tags.some((tag) => tag?.[1] === wanted && tag[2] !== '')) faults.push(`no ${wanted}`);
  if (!/^\d{4}$/.test(tags.find((tag) => tag?.[1] === 'PY')?.[2] ?? '')) faults.push('PY is no year');
  return faults;
}

/** csl-data.json 1.0: an array of items with id and type, names as literal, dates as parts. */
export function cslFaults(document: string): readonly string[] {
  const items = JSON.parse(document) as readonly { readonly [name: string]: unknown }[];
  const [item] = items;
  if (!Array.isArray(items) || item === undefined || items.length !== 1) return ['no list of one item'];
  const faults = ['id', 'type', 'title', 'author', 'issued', 'publisher', 'URL']
    .filter((name) => item[name] === undefined)
    .map((name) => `no ${name}`);
  if (item.type !== 'dataset') faults.push(`type ${item.type}`);
  for (const author of item.author as readonly { literal?: unknown }[])
    if (typeof author.literal !== 'string') faults.push('an author without a name');
  const [parts] = (item.issued as { 'date-parts'?: readonly (readonly number[])[] })['date-parts'] ?? [];
  if (!parts?.every(Number.isInteger) || (parts[0] ?? 0) < 1000) faults.push(`issued ${JSON.stringify(item.issued)}`);
  return faults;
}
