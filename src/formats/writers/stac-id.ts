// Identifiers of records as STAC item ids: clients use them as names of files, so no colon and no slash may stand in them (STAC item spec, id).

/** `dynvolc-12`: number of a record within its service. */
const OURS = /^([a-z][a-z0-9_]*)-([1-9]\d{0,9})$/;
const SAFE = /^[A-Za-z0-9._-]+$/;
const LONGEST = 1000;

const escaped = (text: string): string =>
  [...Buffer.from(text, 'utf8')].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join('');

/**
 * `{prefix}:{service}:{number}` → `{service}-{number}`; `{prefix}:{service}` → `{service}`; any other identifier with the bytes that are no
 * letter, digit, dot, underscore or hyphen as `~hh`. Two identifiers never have the same id.
 */
export function stacItemId(identifier: string, prefix: string): string {
  const [first, service = '', number, ...others] = identifier.split(':');
  if (first === prefix && others.length === 0) {
    const own = number === undefined ? service : `${service}-${number}`;
    if (number === undefined ? /^[a-z][a-z0-9_]*$/.test(own) : OURS.test(own)) return own;
  }
  const id = SAFE.test(identifier) ? identifier : identifier.replace(/[^A-Za-z0-9._-]+/gu, escaped);
  // One that looks like ours must not be taken for it.
  if (OURS.test(id)) return id.replace('-', escaped);
  return /^[a-z][a-z0-9_]*$/.test(id) ? `${escaped(id.charAt(0))}${id.slice(1)}` : id;
}

/** The identifier behind an id; null where no identifier has that id. */
export function identifierOfStacId(id: string, prefix: string): string | null {
  if (id.length > LONGEST) return null;
  const ours = OURS.exec(id);
  if (ours !== null) return `${prefix}:${ours[1]}:${ours[2]}`;
  if (/^[a-z][a-z0-9_]*$/.test(id)) return `${prefix}:${id}`;
  if (!/^(?:[A-Za-z0-9._-]|~[0-9a-f]{2})+$/.test(id)) return null;
  const bytes = id.replace(/~([0-9a-f]{2})/g, '%$1');
  try {
    return decodeURIComponent(bytes);
  } catch {
    return null;
  }
}
