// The routes of all protocols in one table. @koa/router reads the paths; we look them up by first segment, because its own
// dispatch tries every path in turn and composes middleware at each request (0.6 of the rate of this one, 40 routes).
import { Router } from '@koa/router';
import { AppError } from '../model/errors.ts';
import type { Protocol, Route } from './protocol.ts';

export interface MountedRoute {
  readonly protocol: Protocol;
  readonly route: Route;
}

export interface Match extends MountedRoute {
  readonly params: Record<string, string>;
}

export interface Lookup {
  /** The route for a path and method (HEAD is answered by GET); null: another method or another path. */
  readonly match: Match | null;
  /** Methods of the path's routes, HEAD and OPTIONS included; empty when no route has the path. */
  readonly methods: readonly string[];
  /** Protocol of the first route that has the path, for errors in its envelope. */
  readonly protocol: Protocol | null;
}

export interface RouteTable {
  readonly routes: readonly MountedRoute[];
  /** `path` as it stands in the address, checked by `checkPath`. */
  readonly find: (path: string, method: string) => Lookup;
}

interface Entry {
  readonly mounted: MountedRoute;
  readonly methods: readonly string[];
  /** Of the whole path; its groups are the values of `names`. */
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** First segment of a route's path when it is plain text; null when it is or begins with a parameter or wildcard. */
export function literalSegment(path: string): string | null {
  const [, segment = '', rest = ''] = /^\/([^/{:*]*)(.*)$/.exec(path) ?? [];
  return segment !== '' && (rest === '' || rest.startsWith('/') || rest.startsWith('{/'))
    ? segment.toLowerCase()
    : null;
}

function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return (end < 0 ? path.slice(1) : path.slice(1, end)).toLowerCase();
}

function compile(protocols: readonly Protocol[]): readonly Entry[] {
  const router = new Router();
  const mounted: MountedRoute[] = [];
  for (const protocol of protocols) {
    for (const route of protocol.routes) {
      router.register(route.path, [route.method], () => undefined);
      mounted.push({ protocol, route });
    }
  }
  return router.stack.map((layer, index) => ({
    mounted: mounted[index] as MountedRoute,
    methods: layer.methods,
    pattern: layer.regexp,
    names: layer.paramNames.map((key) => key.name),
  }));
}

/** For each first segment its routes and the ones that begin with a parameter, in the order of mounting. */
function bySegment(entries: readonly Entry[]): { find: (segment: string) => readonly Entry[] } {
  const segments = new Set(entries.map((entry) => literalSegment(entry.mounted.route.path)));
  const open = entries.filter((entry) => literalSegment(entry.mounted.route.path) === null);
  const index = new Map<string, readonly Entry[]>();
  for (const segment of segments) {
    if (segment === null) continue;
    const own = (entry: Entry) => [null, segment].includes(literalSegment(entry.mounted.route.path));
    index.set(segment, entries.filter(own));
  }
  return { find: (segment) => index.get(segment) ?? open };
}

/** Methods that a path answers, in the order of an Allow header. */
function allowed(entries: readonly Entry[]): readonly string[] {
  const methods = new Set(entries.flatMap((entry) => entry.methods));
  return ['GET', 'HEAD', 'POST', 'DELETE'].filter((method) => methods.has(method)).concat('OPTIONS');
}

/** Two routes of one path and method are a fault of ours and stop the start. */
function refuseDoubles(entries: readonly Entry[]): void {
  const seen = new Map<string, string>();
  for (const { mounted } of entries) {
    const key = `${mounted.route.method} ${mounted.route.path.replace(/([:*])\w+/g, '$1')}`;
    const other = seen.get(key);
    if (other !== undefined) throw new Error(`route ${key} belongs to ${other} and to ${mounted.protocol.name}`);
    seen.set(key, mounted.protocol.name);
  }
}

/** Values of a path's parameters, decoded; an optional one that is absent is left out. The path has passed `checkPath`. */
function paramsOf(names: readonly string[], groups: RegExpExecArray): Record<string, string> {
  const params: Record<string, string> = {};
  for (let index = 0; index < names.length; index++) {
    const value = groups[index + 1];
    if (value) params[names[index] as string] = value.includes('%') ? decodeURIComponent(value) : value;
  }
  return params;
}

/** Tries the routes of a path's first segment in turn. */
function lookUp(candidates: readonly Entry[], path: string, method: string): Lookup {
  for (const { mounted, methods, pattern, names } of candidates) {
    if (!methods.includes(method)) continue;
    const groups = pattern.exec(path);
    if (groups === null) continue;
    return { match: { ...mounted, params: paramsOf(names, groups) }, methods: [], protocol: mounted.protocol };
  }
  const others = candidates.filter((entry) => entry.pattern.test(path));
  return {
    match: null,
    methods: others.length === 0 ? [] : allowed(others),
    protocol: others[0]?.mounted.protocol ?? null,
  };
}

export function createRouteTable(protocols: readonly Protocol[]): RouteTable {
  const entries = compile(protocols);
  refuseDoubles(entries);
  const index = bySegment(entries);
  // Paths without parameters are looked up beforehand.
  const fixed = new Map<string, Lookup>();
  for (const { mounted } of entries) {
    const { path, method } = mounted.route;
    if (!/[:*{]/.test(path)) fixed.set(`${method} ${path}`, lookUp(index.find(firstSegment(path)), path, method));
  }
  return {
    routes: entries.map((entry) => entry.mounted),
    find: (path, method) => fixed.get(`${method} ${path}`) ?? lookUp(index.find(firstSegment(path)), path, method),
  };
}

const utf8Fault = {
  en: 'the path is not well encoded: percent-encoded UTF-8 without NUL is allowed',
  fr: 'le chemin est mal encodé : seul l’UTF-8 encodé en pourcent, sans NUL, est autorisé',
};

/** Throws `malformed-request` when the path cannot be decoded; the router would hand it over as it is. */
export function checkPath(path: string): void {
  if (!path.includes('%')) return;
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch (cause) {
    throw new AppError('malformed-request', { detail: utf8Fault, cause });
  }
  if (plain.includes('\0')) throw new AppError('malformed-request', { detail: utf8Fault });
}
