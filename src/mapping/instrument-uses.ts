// Which instruments, and which of their dated configurations, were in force during a record.
import type { InstrumentConfiguration, InstrumentUse, PlatformUse } from '../model/description.ts';
import type { Service } from '../model/service.ts';
import type { RecordTime } from '../model/time.ts';

type Instrument = Service['instruments'][number];

export interface Uses {
  readonly instruments: readonly InstrumentUse[];
  readonly platforms: readonly PlatformUse[];
}

/**
 * Gives the function from a record's instruments, platform and time to their descriptions. Results are shared between the records
 * that have the same instruments in the same configurations. A name that the service file lacks stays, without description.
 */
export function createUses(
  service: Pick<Service, 'instruments' | 'platforms'>,
): (instruments: readonly string[], platform: string | null, time: RecordTime) => Uses {
  const byId = new Map(service.instruments.map((instrument) => [instrument.id, instrument]));
  const platforms = new Map(service.platforms.map((platform) => [platform.id, platform]));
  const shared = new Map<string, Uses>();
  return (ids, platform, time) => {
    let key = platform ?? '';
    for (const id of ids) key += `\n${id} ${maskOf(byId.get(id)?.configurations, time)}`;
    const known = shared.get(key);
    if (known) return known;
    const instruments = ids.map((id) => useOf(id, byId.get(id), time));
    const uses = { instruments, platforms: platformsOf(platform, instruments, platforms) };
    if (shared.size < 10_000) shared.set(key, uses);
    return uses;
  };
}

/** Every instrument with every configuration, and every platform: what a series says. */
export function allUses(service: Pick<Service, 'instruments' | 'platforms'>): Uses {
  return { instruments: service.instruments, platforms: service.platforms };
}

/** `to` is the last day in force; a record without time has none of the dated configurations. */
export function inForce(configuration: InstrumentConfiguration, time: RecordTime): boolean {
  if (time.kind === 'none') return false;
  const begin = time.kind === 'instant' ? time.at : time.begin;
  const end = time.kind === 'instant' ? time.at : time.end;
  const startsInTime = end === null || configuration.from <= end.slice(0, 10);
  const endsInTime = begin === null || configuration.to === null || configuration.to >= begin.slice(0, 10);
  return startsInTime && endsInTime;
}

function maskOf(configurations: readonly InstrumentConfiguration[] | undefined, time: RecordTime): string {
  let mask = '';
  if (configurations) for (const configuration of configurations) mask += inForce(configuration, time) ? '1' : '0';
  return mask;
}

function useOf(id: string, instrument: Instrument | undefined, time: RecordTime): InstrumentUse {
  if (instrument === undefined) {
    return { id, title: { en: id, fr: id }, type: { en: 'instrument', fr: 'instrument' }, configurations: [] };
  }
  return {
    ...instrument,
    configurations: instrument.configurations.filter((configuration) => inForce(configuration, time)),
  };
}

function platformsOf(
  own: string | null,
  instruments: readonly InstrumentUse[],
  known: ReadonlyMap<string, PlatformUse>,
): readonly PlatformUse[] {
  const ids = own === null ? instruments.map((use) => use.platform).filter((id) => id !== undefined) : [own];
  return [...new Set(ids)].map((id) => known.get(id) ?? { id, title: { en: id, fr: id } });
}
