// The fields extension: which members of an item are wanted. With `include`: baseline ∪ include, less exclude (its include/exclude semantics).
// With `exclude` alone: all but those, which is what other servers give and clients expect; the extension leaves it free.
import { SyntaxFault } from '../../model/errors.ts';

export interface FieldSelection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

type Json = { [member: string]: unknown };

/** What makes an item a valid one. */
const BASELINE = [
  'type',
  'stac_version',
  'id',
  'collection',
  'geometry',
  'bbox',
  'links',
  'assets',
  'properties.datetime',
  'properties.start_datetime',
  'properties.end_datetime',
];
const TOP = new Set([...BASELINE.map((path) => path.split('.')[0] ?? ''), 'stac_extensions']);
const MOST = 200;

/** Names without `properties.` are of properties where an item has no such member itself. */
function pathOf(name: string): string {
  return TOP.has(name.split('.')[0] ?? '') ? name : `properties.${name}`;
}

function checked(names: readonly string[]): readonly string[] {
  if (names.length > MOST || names.some((name) => name === '' || name.length > 200)) {
    throw new SyntaxFault(`at most ${MOST} names are taken`, `au plus ${MOST} noms sont acceptés`);
  }
  return names.map(pathOf);
}

/** `id,-geometry,+properties`. @throws SyntaxFault */
export function parseFields(text: string): FieldSelection {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    include: checked(names.filter((name) => !name.startsWith('-')).map((name) => name.replace(/^\+/, ''))),
    exclude: checked(names.filter((name) => name.startsWith('-')).map((name) => name.slice(1))),
  };
}

/** `{"include": [...], "exclude": [...]}`, either of them null or absent. @throws SyntaxFault */
export function readFields(value: unknown): FieldSelection {
  const lists = value as { readonly include?: unknown; readonly exclude?: unknown };
  const listOf = (list: unknown): readonly string[] => {
    if (list === undefined || list === null) return [];
    if (Array.isArray(list) && list.every((name): name is string => typeof name === 'string')) return checked(list);
    throw new SyntaxFault('include and exclude are lists of names', 'include et exclude sont des listes de noms');
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxFault(
      'an object with include and exclude is wanted',
      'un objet avec include et exclude est attendu',
    );
  }
  return { include: listOf(lists.include), exclude: listOf(lists.exclude) };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function copy(from: Json, to: Json, [step = '', ...rest]: readonly string[]): void {
  if (!Object.hasOwn(from, step)) return;
  const value = from[step];
  if (rest.length === 0) {
    to[step] = isObject(value) ? structuredClone(value) : value;
    return;
  }
  if (!isObject(value)) return;
  const target = isObject(to[step]) ? to[step] : {};
  copy(value, target, rest);
  to[step] = target;
}

function remove(from: Json, [step = '', ...rest]: readonly string[]): void {
  if (!Object.hasOwn(from, step)) return;
  const value = from[step];
  if (rest.length === 0) delete from[step];
  else if (isObject(value)) remove(value, rest);
}

/** Names of extensions hold no dot, so the dots of a path part its steps. */
export function selectFields(item: Json, { include, exclude }: FieldSelection): object {
  const wanted: Json = include.length === 0 && exclude.length > 0 ? structuredClone(item) : {};
  // Whole members first, so that a part of one does not stand for it.
  for (const path of [...BASELINE, ...include].sort((a, b) => a.length - b.length)) copy(item, wanted, path.split('.'));
  for (const path of exclude) remove(wanted, path.split('.'));
  return wanted;
}
