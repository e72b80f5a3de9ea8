// `/data`: the services that have rows, what is in them, and where they are given.
import type { DataAccess, DataDescription } from '../../data/data-access.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import type { Service } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { FORMATS } from './answer.ts';

export interface ListParts {
  readonly data: DataAccess;
  readonly services: readonly Service[];
  readonly catalogue: { readonly revision: () => Promise<string> };
  readonly caching: Caching;
  readonly links: Links;
}

const moment = (at: number): string => new Date(at).toISOString();

function entry(service: Service, { columns, time }: DataDescription, links: Links, language: Language): object {
  return {
    name: service.name,
    title: inLanguage(service.title, language),
    time: time === null ? null : { start: moment(time.start), end: moment(time.end) },
    columns: columns.map(({ name, type, unit, standardName, label, dimensions }) => ({
      name,
      type,
      unit,
      standardName,
      label: inLanguage(label, language),
      ...(dimensions.length === 0 ? {} : { dimensions }),
    })),
    href: links.url(`/data/${service.name}`),
  };
}

/** Answers the list. `time` covers the rows that the caller may take; null: none, or rows without a time. */
export async function answerList(
  ctx: AppContext,
  { data, services, catalogue, caching, links }: ListParts,
): Promise<void> {
  const { viewer, language } = ctx.state;
  const revisions = await Promise.all([catalogue.revision(), ...data.services.map((name) => data.revision(name))]);
  if (caching.notModified(ctx, revisions.join('.'), 'data-list')) return;
  const list: object[] = [];
  for (const service of services) {
    const described = await data.describe(service.name, viewer);
    if (described !== null) list.push(entry(service, described, links, language));
  }
  const formats = FORMATS.map(({ id, extension, mediaType, codec }) => ({
    id,
    ending: extension,
    mediaType,
    title: inLanguage(codec.title, language),
  }));
  ctx.set('Content-Type', 'application/json; charset=utf-8');
  ctx.set('Content-Language', language);
  sendText(ctx, `${JSON.stringify({ services: list, formats }, null, 2)}\n`);
}
