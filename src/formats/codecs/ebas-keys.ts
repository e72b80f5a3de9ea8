// Keys of the header of EBAS NASA Ames 1.1 in canonical order, and the attributes `ebas_…` that stand for them in NetCDF.
import type { Attributes } from '../../model/table.ts';

/** In the order in which EBAS writes them. */
export const EBAS_KEYS =
  `Data definition|Data license|Citation|Set type code|Timezone|Timeref|File name|Represents DOI|Contains data from DOI|File creation|Export state|Export filter|Startdate|Revision date|Version|Version description|Input dataset|Software|Statistics|Data level|Period code|Resolution code|Sample duration|Orig. time res.|Add. qualifier|Station code|Platform code|Station name|Station WDCA-ID|Station WDCA-Name|Station GAW-ID|Station GAW-Name|Station AIRS-ID|Station other IDs|Station state/province|Station land use|Station setting|Station GAW type|Station WMO region|Station latitude|Station longitude|Station altitude|Measurement latitude|Measurement longitude|Measurement altitude|Measurement height|Regime|Component|Unit|Matrix|Laboratory code|Instrument type|Instrument name|Instrument PID|Instrument manufacturer|Instrument model|Instrument serial number|Sensor type|Analytical laboratory code|Analytical measurement technique|Analytical instrument name|Analytical instrument manufacturer|Analytical instrument model|Analytical instrument serial number|Method ref|Ext. lab. code|Standard method|Calibration scale|Calibration standard ID|Secondary standard ID|Inlet type|Inlet description|Inlet tube material|Inlet tube outer diameter|Inlet tube inner diameter|Inlet tube length|Maintenance description|Flow rate|Filter face velocity|Exposed filter area|Filter description|Medium|Coating/Solution|Filter prefiring|Filter conditioning|Sample preparation|Blank correction|Artifact correction|Artifact correction description|Charring correction|Ozone correction|Water vapor correction|Zero/span check type|Zero/span check interval|Humidity/temperature control|Humidity/temperature control description|Volume std. temperature|Volume std. pressure|Detection limit|Detection limit expl.|Upper range limit|Measurement uncertainty|Measurement uncertainty expl.|Zero/negative values code|Zero/negative values|Absorption cross section|QA measure ID|QA measure description|QA date|QA outcome|QA bias|QA variability|QA document name|QA document date|QA document URL|Originator|Submitter|Acknowledgement|Comment`.split(
    '|',
  );

/** Without one of these NILU's reader refuses the file. */
export const MANDATORY_KEYS = [
  'Data definition',
  'Set type code',
  'Timezone',
  'Startdate',
  'Period code',
  'Resolution code',
  'Station code',
] as const;
/** Mandatory too, in the header or in the line of each variable. */
export const MANDATORY_HERE_OR_THERE = [
  'Matrix',
  'Laboratory code',
  'Instrument type',
  'Instrument name',
  'Method ref',
] as const;

/** `Volume std. temperature` → `ebas_volume_std_temperature` */
export function ebasAttribute(key: string): string {
  return `ebas_${key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')}`;
}

/** Lines `Key: value` that the list of keys lacks. */
const OTHER_KEYS = 'ebas_other_keys';
const KEY_OF = new Map(EBAS_KEYS.map((key) => [ebasAttribute(key), key]));

/** A value with a colon stands in quotes (else NILU's reader refuses it); here it is without them. */
function unquoted(value: string): string {
  const match = /^"([^"]*)"$/.exec(value);
  return match?.[1]?.includes(':') ? match[1] : value;
}

/** Attributes from the comment lines; a repeated key has one line for each of its values. Lines without a colon are left out. */
export function attributesOfKeys(lines: readonly string[]): Attributes {
  const attributes: Record<string, string> = {};
  const add = (name: string, value: string) => {
    attributes[name] = name in attributes ? `${attributes[name]}\n${value}` : value;
  };
  for (const line of lines) {
    const match = /^([^:]+):(.*)$/.exec(line);
    if (!match) continue;
    const key = (match[1] ?? '').trim();
    const name = ebasAttribute(key);
    const value = unquoted((match[2] ?? '').trim());
    if (KEY_OF.get(name) === key) add(name, value);
    else add(OTHER_KEYS, `${key}: ${value}`);
  }
  return attributes;
}

function keyLine(key: string, value: string): string {
  const text = value.includes(':') && !value.startsWith('"') ? `"${value.replaceAll('"', "'")}"` : value;
  return `${`${key}:`.padEnd(29)} ${text}`.trimEnd();
}

/** The comment lines of the attributes, in canonical order, values from column 31. */
export function keyLines(attributes: Attributes): readonly string[] {
  const known = EBAS_KEYS.flatMap((key) => {
    const value = attributes[ebasAttribute(key)];
    return value === undefined
      ? []
      : String(value)
          .split('\n')
          .map((text) => keyLine(key, text));
  });
  const other = attributes[OTHER_KEYS];
  const others = typeof other === 'string' ? other.split('\n') : [];
  return [
    ...known,
    ...others.map((line) => {
      const colon = line.indexOf(':');
      return keyLine(line.slice(0, colon), line.slice(colon + 1).trim());
    }),
  ];
}

/** One value of the header; null: absent or empty. */
export function ebasValue(attributes: Attributes, key: string): string | null {
  const value = attributes[ebasAttribute(key)];
  return value === undefined || value === '' ? null : String(value);
}
