// Units of distances in filters (DWITHIN and BEYOND of classic CQL, Distance of Filter Encoding: UCUM signs, names, URNs of EPSG).
import { excerpt } from './excerpt.ts';
import { filterFault, type Place } from './filter-faults.ts';

const METRES: ReadonlyMap<string, number> = new Map([
  ...['m', 'metre', 'metres', 'meter', 'meters', '9001', 'si'].map((name) => [name, 1] as const),
  ...['km', 'kilometre', 'kilometres', 'kilometer', 'kilometers', '9036'].map((name) => [name, 1000] as const),
  ...['ft', '[ft_i]', 'foot', 'feet', '9002'].map((name) => [name, 0.3048] as const),
  ...['mi', '[mi_i]', 'mile', 'miles', 'statute mile', 'statute miles', '9093'].map(
    (name) => [name, 1609.344] as const,
  ),
  ...['nmi', '[nmi_i]', 'nautical mile', 'nautical miles', '9030'].map((name) => [name, 1852] as const),
]);

/** Metres; no unit is metres. @throws SyntaxFault for a unit that is no length or is not known. */
export function metresOf(value: number, unit: string | null, place: Place): number {
  const name = (unit ?? 'm').trim().toLowerCase().replace(/\s+/g, ' ');
  const code = /(?:^|[:/#])(\d{4}|m|metre)$/.exec(name)?.[1];
  const metres = METRES.get(name) ?? METRES.get(code ?? '');
  if (metres !== undefined) return value * metres;
  throw filterFault(
    place,
    `the unit ${excerpt(unit ?? '')} is not known: m, km, ft, statute miles, nautical miles are`,
    `l'unité ${excerpt(unit ?? '')} est inconnue : m, km, ft, statute miles, nautical miles sont connues`,
  );
}
