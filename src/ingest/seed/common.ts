// What every demo row has besides its service's own: access, embargo, DOI, dates of the data, links, and a date stamp somewhere in the years.
import type { MetadataInput } from '../../mapping/row.ts';
import type { Link } from '../../model/description.ts';
import { at, DAY, type Draft, day, stamp } from './draft.ts';
import type { Random } from './random.ts';

/** Prefix that DataCite keeps for tests: no DOI of the demo catalogue exists. */
const DOI_PREFIX = '10.5072';
const EARLIEST_STAMP = at('2013-02-04T06:00');
const LATEST_STAMP = at('2025-09-30T18:00');
/** Hosts of the demo's foreign links. */
const ARCHIVE = 'https://archive.example.org';

/** 0 open for most, then registered, partners (some under embargo), internal. */
function access(random: Random) {
  const kind = random.next();
  if (kind < 0.88) return { authorization_: 0 };
  if (kind < 0.93) return { authorization_: 1 };
  if (kind < 0.97) {
    const embargo = random.pick(['2019-12-31', '2031-12-31', null]);
    return { authorization_: 2, embargo_until: embargo, access_groups: random.chance(0.5) ? ['partners'] : [] };
  }
  return { authorization_: 3, access_groups: [] };
}

function links(service: string, id: number, random: Random): readonly Link[] | null {
  if (!random.chance(0.1)) return null;
  const list: Link[] = [
    {
      role: 'quicklook',
      href: `${ARCHIVE}/quicklook/${service}/${id}.png`,
      type: 'image/png',
      title: 'Quick look',
      language: 'en',
    },
  ];
  if (random.chance(0.5)) {
    list.push({
      role: 'related',
      href: `${ARCHIVE}/${service}/report/${id}.pdf`,
      type: 'application/pdf',
      title: 'Report',
    });
  }
  return list;
}

/** When the row was last changed: after its data, within the years of the catalogue, whole seconds. */
function updatedAt(data: string | null | undefined, random: Random): string {
  const from = Math.max(EARLIEST_STAMP, data === null || data === undefined ? 0 : at(data) + DAY);
  const until = Math.max(from + 200 * DAY, LATEST_STAMP);
  const value = from + random.next() * (until - from) * random.next();
  return stamp(Math.min(value, LATEST_STAMP));
}

function dates(draft: Draft, random: Random): { readonly data_created?: string; readonly data_published?: string } {
  if (!draft.date_b || !random.chance(0.4)) return {};
  const created = Math.min(at(draft.date_e ?? draft.date_b) + random.int(0, 40) * DAY, LATEST_STAMP - DAY);
  const published = Math.min(created + random.int(30, 700) * DAY, LATEST_STAMP - DAY);
  return random.chance(0.5)
    ? { data_created: day(created), data_published: day(published) }
    : { data_created: day(created) };
}

/** The whole row: the draft's own values always win. */
export function complete(service: string, id: number, draft: Draft, random: Random): MetadataInput {
  const { wgs84: _, ...own } = draft;
  const common = access(random);
  const open = (own.authorization_ ?? common.authorization_) === 0;
  const { authorization_ } = own;
  const given = dates(own, random);
  return {
    service,
    id,
    ...(authorization_ === undefined ? common : { authorization_ }),
    doi: open && random.chance(0.04) ? `${DOI_PREFIX}/opgc.${service}.${id}` : null,
    version: random.chance(0.1) ? random.pick(['1.0', '1.1', '2.0']) : null,
    links: links(service, id, random),
    ...given,
    updated_at: updatedAt(given.data_published ?? draft.date_e ?? draft.date_b, random),
    ...own,
  };
}
