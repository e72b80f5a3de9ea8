// `/rest2/req.php/application/…`: the entry points that the published EPOS records name. Each describes its addresses and their parameters.
import { EPOS_PAYLOADS } from '../../formats/writers/epos-geojson.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { OldParameter, Service } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { JSON_TYPE } from './listing.ts';

/** An address as its entry point describes it. */
export interface Described {
  readonly service: Service;
  /** From the root, path parameters in braces. */
  readonly path: string;
  readonly title: Service['title'];
  readonly parameters: readonly OldParameter[];
}

/** `path{?a, b}`, and a box written as four numbers in brackets, as the published templates have it. */
function templateOf({ path, parameters }: Described): string {
  const query = parameters.filter(({ name }) => !path.includes(`{${name}}`));
  const plain = query.filter(({ target }) => target !== 'box').map(({ name }) => name);
  const boxes = query.filter(({ target }) => target === 'box');
  return [
    path,
    plain.length === 0 ? '' : `{?${plain.join(', ')}}`,
    ...boxes.map(({ name }, at) => `${plain.length + at === 0 ? '?' : '&'}${name}=({lonmin, latmin, lonmax, latmax})`),
  ].join('');
}

function parameter(of: OldParameter, language: Language) {
  return {
    name: of.name,
    label: inLanguage(of.label, language) || of.name,
    type: of.type,
    required: of.required,
    ...(of.default === undefined ? {} : { default: of.default }),
    ...(of.values === undefined ? {} : { values: of.values }),
    ...(of.min === undefined ? {} : { min: of.min }),
    ...(of.max === undefined ? {} : { max: of.max }),
  };
}

function address(described: Described, links: Links, language: Language) {
  const published = described.service.epos.filter((entry) => entry.address === described.path);
  return {
    title: inLanguage(described.title, language),
    method: 'GET',
    returns: EPOS_PAYLOADS.map(({ mediaType }) => mediaType),
    template: links.url(templateOf(described)),
    ...(published.length === 0 ? {} : { ddss: published.map(({ ddss }) => ddss) }),
    parameters: described.parameters.map((entry) => parameter(entry, language)),
  };
}

/** Writes the description of one service's addresses. */
export function writeEntryPoint(ctx: AppContext, links: Links, addresses: readonly Described[]): void {
  const { language } = ctx.state;
  const service = addresses[0]?.service;
  ctx.status = 200;
  ctx.set('Content-Type', JSON_TYPE);
  ctx.set('Content-Language', language);
  ctx.body = `${JSON.stringify(
    {
      name: service?.name,
      title: inLanguage(service?.title, language),
      description: inLanguage(service?.abstract, language),
      licence: service?.licence.url,
      addresses: addresses.map((described) => address(described, links, language)),
    },
    null,
    2,
  )}\n`;
}

/** Writes the list of all entry points. */
export function writeEntryPoints(ctx: AppContext, links: Links, services: readonly Service[], root: string): void {
  const { language } = ctx.state;
  ctx.status = 200;
  ctx.set('Content-Type', JSON_TYPE);
  ctx.set('Content-Language', language);
  const list = services.map(({ name, title }) => ({
    name,
    title: inLanguage(title, language),
    href: links.url(`${root}/${name}`),
  }));
  ctx.body = `${JSON.stringify(list, null, 2)}\n`;
}
