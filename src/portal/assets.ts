// The portal's own static files: one style sheet under a name with its hash, kept for ever by browsers, and the icon.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AppContext, Route } from '../http/protocol.ts';
import { AppError } from '../model/errors.ts';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#12394f"/><path d="M3 27 12 12l3 4 3-5 11 16z" fill="#f0a35e"/><path d="M9.5 8.5a9 9 0 0 1 12-1M12.5 10.5a5 5 0 0 1 6-.5" fill="none" stroke="#fff" stroke-width="1.8"/></svg>`;
/** Parts of the one style sheet, in order: later ones win. */
const SHEETS = ['base', 'frame', 'content', 'drawings', 'forms', 'media'];
const A_YEAR = 'public, max-age=31536000, immutable';
const A_DAY = 'public, max-age=86400';

export interface Assets {
  /** Our paths (without the base URL's). */
  readonly style: string;
  readonly icon: string;
  readonly routes: readonly Route[];
}

function send(ctx: AppContext, type: string, cache: string, body: string): void {
  ctx.set('Content-Type', type);
  ctx.set('Cache-Control', cache);
  ctx.body = body;
}

export function createAssets(): Assets {
  const css = SHEETS.map((sheet) => readFileSync(new URL(`./styles/${sheet}.css`, import.meta.url), 'utf8')).join('');
  const name = `portal-${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css`;
  const icon = (ctx: AppContext) => send(ctx, 'image/svg+xml', A_DAY, ICON);
  return {
    style: `/assets/${name}`,
    icon: '/favicon.svg',
    routes: [
      {
        method: 'GET',
        path: '/assets/:file',
        doc: { summary: 'Style sheet of the pages', produces: ['text/css'] },
        handle: (ctx) => {
          if (ctx.params.file !== name) throw new AppError('not-found');
          send(ctx, 'text/css; charset=utf-8', A_YEAR, css);
        },
      },
      { method: 'GET', path: '/favicon.svg', doc: { summary: 'Icon', produces: ['image/svg+xml'] }, handle: icon },
      {
        method: 'GET',
        path: '/favicon.ico',
        doc: { summary: 'Icon, under the name that browsers guess', produces: ['image/svg+xml'] },
        handle: icon,
      },
    ],
  };
}
