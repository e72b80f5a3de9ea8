// Units as files of the field write them, in the form of UDUNITS that CF wants (CF-1.8, section 3.1).

/** What UDUNITS does not know, or means otherwise. */
const KNOWN: Readonly<Record<string, string>> = {
  'no unit': '1',
  none: '1',
  unitless: '1',
  dimensionless: '1',
  '-': '1',
  'n/a': '1',
  mach: '1',
  'ph units': '1',
  'deg c': 'degC',
  celsius: 'degC',
  'degrees c': 'degC',
  'degrees celsius': 'degC',
  'degrees k': 'K',
  kelvin: 'K',
  deg: 'degree',
  degs: 'degree',
  degrees: 'degree',
  'degrees north': 'degrees_north',
  'degrees east': 'degrees_east',
  meters: 'm',
  metres: 'm',
  seconds: 's',
  second: 's',
  hours: 'h',
  hour: 'h',
  minutes: 'min',
  ppmv: '1e-6',
  ppbv: '1e-9',
  pptv: '1e-12',
  ppm: '1e-6',
  ppb: '1e-9',
  ppt: '1e-12',
  'per mil': '1e-3',
  permil: '1e-3',
};
/** `ug C/m3`: the mass of carbon in the air; the substance is not a part of the unit. */
const SUBSTANCE = /^([munpk]?g)\s+(?:C|N|S|P|Na|K|Mg|Ca|Cl)\s*\/\s*(m3|l)$/;

/** `m3` → `m-3`, `cm2` → `cm-2`, `s` → `s-1`. */
function inverse(unit: string): string {
  const match = /^([A-Za-z_]+)(\d*)$/.exec(unit.trim());
  return match ? `${match[1]}-${match[2] || 1}` : `(${unit.trim()})-1`;
}

/** The UDUNITS text of a unit as EBAS, ICARTT or NASA Ames write it: `ug/m3` → `ug m-3`, `1/Mm` → `Mm-1`, `deg C` → `degC`. What is not known stays. */
export function udunits(text: string): string {
  const unit = text.trim().replaceAll('µ', 'u').replaceAll('μ', 'u');
  const known = KNOWN[unit.toLowerCase()];
  if (known !== undefined) return known;
  const substance = SUBSTANCE.exec(unit);
  if (substance) return `${substance[1]} ${inverse(substance[2] ?? '')}`;
  const parts = unit.split('/');
  const [over = '', under = ''] = parts;
  if (parts.length === 2 && /^[A-Za-z_1]*[A-Za-z_1\d]?$/.test(over.trim()) && /^[A-Za-z_]+\d*$/.test(under.trim())) {
    return over.trim() === '1' || over.trim() === '' ? inverse(under) : `${over.trim()} ${inverse(under)}`;
  }
  return unit;
}
