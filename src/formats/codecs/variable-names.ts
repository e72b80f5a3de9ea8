// Names of variables that every encoding can hold: letters, digits, underscores, a letter first (CF-1.8, section 2.3).

/** `[^A-Za-z0-9_]` becomes `_`; accents are dropped; a leading sign that is no letter gets `v_` before it. Never empty. */
export function plainName(text: string): string {
  const name = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (name === '') return 'v';
  return /^[A-Za-z]/.test(name) ? name : `v_${name}`;
}

/** Gives names that are each used once: a second `ozone` becomes `ozone_2`. */
export function uniqueNames(used: Iterable<string> = []): (name: string) => string {
  const taken = new Set(used);
  /** The number that each name got last: thousands of one name must not be counted from two each time. */
  const last = new Map<string, number>();
  return (name) => {
    let free = name;
    let n = last.get(name) ?? 1;
    while (taken.has(free)) free = `${name}_${++n}`;
    if (n > 1) last.set(name, n);
    taken.add(free);
    return free;
  };
}
