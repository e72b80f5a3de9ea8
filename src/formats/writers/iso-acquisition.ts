// With what a record was acquired, for ISO 19115-2 (gmi) and 19115-3 (mac): platforms with their instruments, instruments without one,
// and the dated configurations. Texts in the record's main language: these elements are read by programs that know one language.
import type { InstrumentUse, PlatformUse } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { type Names, shared, type ViewOf } from './xml-template.ts';

const CONFIGURATION = {
  id: 'value',
  title: 'value',
  description: 'value',
  from: 'value',
  to: 'value',
  status: 'value',
} as const satisfies Names;
const INSTRUMENT = {
  id: 'value',
  title: 'value',
  type: 'value',
  description: 'value',
  configurations: CONFIGURATION,
} as const satisfies Names;

export const ACQUISITION = {
  /** Those that are mounted on none of the platforms. */
  instruments: INSTRUMENT,
  platforms: { id: 'value', title: 'value', description: 'value', instruments: INSTRUMENT },
  /** The dated configurations of all instruments. */
  configurations: CONFIGURATION,
} as const satisfies Names;

type Acquisition = ViewOf<typeof ACQUISITION>;
type Instrument = ViewOf<typeof INSTRUMENT>;
type Uses = Pick<CatalogRecord, 'instrumentUses' | 'platformUses'>;

/** Gives the function that fills ACQUISITION; undefined without instrument and platform. Records that share their uses share the result. */
export function createAcquisitionView(language: Language): (record: Uses) => Acquisition | undefined {
  const made = new WeakMap<readonly InstrumentUse[], WeakMap<readonly PlatformUse[], Acquisition>>();
  return ({ instrumentUses, platformUses }) => {
    if (instrumentUses.length === 0 && platformUses.length === 0) return undefined;
    let byPlatforms = made.get(instrumentUses);
    if (byPlatforms === undefined) {
      byPlatforms = new WeakMap();
      made.set(instrumentUses, byPlatforms);
    }
    let view = byPlatforms.get(platformUses);
    if (view === undefined) {
      view = shared(acquisitionOf(instrumentUses, platformUses, language));
      byPlatforms.set(platformUses, view);
    }
    return view;
  };
}

function acquisitionOf(
  instruments: readonly InstrumentUse[],
  platforms: readonly PlatformUse[],
  language: Language,
): Acquisition {
  const views = new Map(instruments.map((use) => [use, instrumentView(use, language)]));
  const [only] = platforms.length === 1 ? platforms : [];
  // With one platform there is no doubt on which one an instrument was.
  const platformOf = (use: InstrumentUse): PlatformUse | undefined =>
    only ?? platforms.find((platform) => platform.id === use.platform);
  const viewsOn = (platform: PlatformUse | undefined): readonly Instrument[] =>
    instruments.filter((use) => platformOf(use) === platform).flatMap((use) => views.get(use) ?? []);
  return {
    instruments: viewsOn(undefined),
    platforms: platforms.map((platform) => ({
      id: platform.id,
      title: inLanguage(platform.title, language),
      description: inLanguage(platform.description, language) || inLanguage(platform.title, language),
      instruments: viewsOn(platform),
    })),
    configurations: [...views.values()].flatMap((view) => view.configurations as Instrument['configurations'] & []),
  };
}

function instrumentView(use: InstrumentUse, language: Language): Instrument {
  const title = inLanguage(use.title, language) || use.id;
  return {
    id: use.id,
    title,
    type: inLanguage(use.type, language) || 'instrument',
    description: inLanguage(use.description, language),
    configurations: use.configurations.map((configuration) => ({
      id: `${use.id}:${configuration.from}`,
      title: `${title}, ${configuration.from}/${configuration.to ?? '..'}`,
      description: [
        inLanguage(configuration.description, language),
        ...Object.entries(configuration.settings).map(([name, value]) => `${name}=${value}`),
      ]
        .filter((part) => part !== '')
        .join('; '),
      from: configuration.from,
      to: configuration.to,
      status: configuration.to === null ? 'onGoing' : 'completed',
    })),
  };
}
