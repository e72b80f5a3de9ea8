// BIOCAP (cloud events with several samples) and AUVERWATCH (monthly water samples of nine sites) in the demo catalogue.
// The sites' positions are invented and rounded: the real ones are not public.
import type { Position } from '../../model/geometry.ts';
import { at, DAY, type Draft, day, days, HOUR, period, point, type SeedService, wording } from './draft.ts';
import { type Random, spread } from './random.ts';

const PUY: Position = [2.964886, 45.772223];
const ORIGINS = ['marine', 'highly_marine', 'continental', 'polluted'] as const;

function cloud(random: Random, index: number): Draft {
  const begin = at('2001-02-01') + Math.floor(spread(index) * 8800) * DAY + random.int(4, 20) * HOUR;
  const samples = random.int(1, 8);
  const micro = random.chance(0.5);
  return {
    ...wording('fr', {
      en: {
        title: `Cloud event of ${day(begin)}, puy de Dôme, ${samples} sample${samples > 1 ? 's' : ''}`,
        abstract: micro
          ? 'Cloud water: major ions, pH, H2O2, iron, organic carbon, micro-organisms; microphysics of the cloud.'
          : 'Cloud water: major ions, pH, conductivity, H2O2, iron, organic carbon, formaldehyde.',
      },
      fr: {
        title: `Événement nuageux du ${day(begin)}, puy de Dôme, ${samples} échantillon${samples > 1 ? 's' : ''}`,
        abstract: micro
          ? 'Eau de nuage : ions majeurs, pH, H2O2, fer, carbone organique, micro-organismes ; microphysique du nuage.'
          : 'Eau de nuage : ions majeurs, pH, conductivité, H2O2, fer, carbone organique, formaldéhyde.',
      },
    }),
    ...period(begin, begin + random.int(2, 14) * HOUR),
    ...point(PUY, 1465),
    acquisition: 4,
    format: random.chance(0.7) ? 10 : 1,
    product_level: 'validated',
    keywords: ['eau de nuage', 'chimie', ...(micro ? ['micro-organismes'] : [])],
    instrument: ['cloud-collector'],
    platform: 'puy-de-dome',
    fields: {
      event: index,
      samples,
      air_mass: random.pick(ORIGINS),
      ph: random.number(3.5, 7.6, 2),
      conductivity: random.number(3, 200, 1),
      lwc: random.number(0.05, 1.1, 2),
      microbiology: micro,
    },
  };
}

export function biocap(): SeedService {
  return { name: 'biocap', fixed: [], row: (index, own) => cloud(own, index) };
}

interface WaterSite {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly kindEn: string;
  readonly kindFr: string;
  readonly position: Position;
  readonly elevation: number | null;
}
const SITES: readonly WaterSite[] = [
  ['argnat', 'Argnat', 'volcanic', 'volcanic aquifer', 'aquifère volcanique', 3.05, 45.86, 560],
  ['volvic', 'Volvic', 'volcanic', 'volcanic aquifer', 'aquifère volcanique', 3.03, 45.87, 700],
  ['val-allier', 'Val d’Allier', 'alluvial', 'alluvial aquifer', 'aquifère alluvial', 3.25, 45.77, 320],
  ['joze', 'Joze', 'alluvial', 'alluvial aquifer', 'aquifère alluvial', 3.31, 45.87, 305],
  ['sables', 'Sables du Bourbonnais', 'sand', 'sand aquifer', 'aquifère sableux', 3.2, 46.45, 260],
  ['ambert', 'Monts du Livradois', 'crystalline', 'crystalline aquifer', 'aquifère cristallin', 3.7, 45.55, 900],
  ['royat', 'Royat', 'thermomineral', 'thermo-mineral water', 'eau thermominérale', 3.05, 45.77, 450],
  ['cezeaux', 'Cézeaux', 'rain', 'rain', 'pluie', 3.11, 45.76, 410],
  ['port-douvot', 'Port-Douvot', 'alluvial', 'alluvial aquifer', 'aquifère alluvial', 5.97, 47.22, 245],
].map(([id, title, kind, kindEn, kindFr, lon, lat, elevation]) => ({
  id: String(id),
  title: String(title),
  kind: String(kind),
  kindEn: String(kindEn),
  kindFr: String(kindFr),
  position: [Number(lon), Number(lat)],
  elevation: Number(elevation),
}));

export function auverwatch(): SeedService {
  return {
    name: 'auverwatch',
    fixed: [],
    row(index, own) {
      const site = SITES[index % SITES.length] as WaterSite;
      const month = Math.floor(index / SITES.length);
      const taken = Date.UTC(2014, month % 136, own.int(3, 26));
      return {
        ...wording('fr', {
          en: {
            title: `Water of ${site.title}, ${day(taken)}`,
            abstract: `Monthly sample (${site.kindEn}): major ions, trace elements, stable isotopes. Indicative position.`,
          },
          fr: {
            title: `Prélèvement d’eau, ${site.title}, ${day(taken)}`,
            abstract: `Prélèvement mensuel (${site.kindFr}) : ions majeurs, éléments traces, isotopes stables. Position indicative.`,
          },
        }),
        ...(own.chance(0.5) ? days(taken, null) : period(taken + own.int(7, 16) * HOUR, null)),
        ...point(site.position, own.chance(0.05) ? null : site.elevation),
        acquisition: 4,
        format: own.chance(0.6) ? 2 : 10,
        product_level: own.chance(0.8) ? 'validated' : 'raw',
        instrument: [own.pick(['field-probe', 'ion-chromatograph', 'isotope-analyser'])],
        platform: own.chance(0.5) ? 'well' : 'laboratory',
        keywords: ['hydrogéologie', 'isotopes', site.kindFr],
        fields: {
          site: site.id,
          water_type: site.kind,
          ph: own.number(6, 8.4, 2),
          conductivity: own.number(20, site.kind === 'thermomineral' ? 6000 : 700, 0),
          temperature: own.number(6, site.kind === 'thermomineral' ? 34 : 16, 1),
          delta_18o: own.number(-11.5, -6, 2),
          delta_2h: own.number(-80, -40, 1),
        },
      };
    },
  };
}
