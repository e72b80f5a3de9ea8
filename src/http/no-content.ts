// 204 that keeps its Content-Type: koa drops the header from empty answers, and clients of the old addresses look at it.
import type { AppContext } from './protocol.ts';

/** Answers 204 on the raw response, for GET and HEAD alike; headers that were set before are kept. */
export function noContent(ctx: AppContext, contentType: string): void {
  ctx.respond = false;
  const { res } = ctx;
  res.statusCode = 204;
  res.setHeader('Content-Type', contentType);
  res.removeHeader('Content-Length');
  res.end();
}
