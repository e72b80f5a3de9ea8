// The rules of the HAPI server verifier (hapi-server/verifier-nodejs) as functions that name what is wrong; written anew, without packages.
// Its warnings are rules here too, but for two: titles of at most 40 characters, and a Last-Modified of lists.
import { csvRows, type HapiInfo, type HapiParameter } from './client.ts';

const D = '-([0-2]\\d\\d|3[0-5]\\d|36[0-6])';
const MD = '-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])';
const CLOCK =
  '(T([01]\\d|2[0-4])|T([01]\\d|2[0-3]):[0-5]\\d|T24:00|T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{0,9})?)?';
/** The patterns of HAPI's schema for times, leap seconds left out. */
const TIME = new RegExp(`^\\d{4}(${D}${CLOCK}|${MD}${CLOCK}|-(0[1-9]|1[0-2]))?Z$`);
const CADENCE =
  /^P(?!$)((\d+Y)|(\d+\.\d+Y$))?((\d+M)|(\d+\.\d+M$))?((\d+W)|(\d+\.\d+W$))?((\d+D)|(\d+\.\d+D$))?(T(?=\d)((\d+H)|(\d+\.\d+H$))?((\d+M)|(\d+\.\d+M$))?(\d+(\.\d+)?S)?)??$/;
const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]{1,30}$/;
const NUMBER = /^[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]{1,3})?$/;

const INFO_MEMBERS = new Set(
  'HAPI status format startDate stopDate timeStampLocation cadence sampleStartDate sampleStopDate maxRequestDuration description unitsSchema coordinateSystemSchema location geoLocation resourceURL resourceID creationDate citation datasetCitation licenseURL provenance modificationDate contact contactID additionalMetadata definitions note warning parameters'.split(
    ' ',
  ),
);
const PARAMETER_MEMBERS = new Set(
  'name type length size units fill description label stringType coordinateSystemName vectorComponents bins'.split(' '),
);
const BIN_MEMBERS = new Set('name centers ranges units label description'.split(' '));

type Faults = string[];

const millisecondsOf = (time: string): number => Date.parse(time);

function checkUnits(faults: Faults, where: string, units: unknown): void {
  const isText = typeof units === 'string' && units !== '';
  if (!isText && units !== null && !Array.isArray(units)) faults.push(`${where}: units ${JSON.stringify(units)}`);
}

function checkFill(faults: Faults, { name, type, fill, length = 0 }: HapiParameter): void {
  if (fill === null) return;
  if (typeof fill !== 'string') faults.push(`${name}: fill is no text`);
  else if (type === 'isotime' && Buffer.byteLength(fill) !== length) faults.push(`${name}: fill has another length`);
  else if (type === 'string' && (Buffer.byteLength(fill) > length || NUMBER.test(fill) || fill === 'null'))
    faults.push(`${name}: fill ${fill}`);
  else if (type === 'integer' && !/^-?\d+$/.test(fill)) faults.push(`${name}: fill ${fill} of an integer`);
  else if (type === 'double' && (!NUMBER.test(fill) || /\.[1-9][1-9]/.test(fill)))
    faults.push(`${name}: fill ${fill} of a double`);
}

function checkBins(faults: Faults, { name, size = [], bins }: HapiParameter): void {
  if (bins === undefined) return;
  if (bins.length !== size.length) faults.push(`${name}: ${bins.length} bins for ${size.length} dimensions`);
  bins.forEach((bin, n) => {
    for (const member of Object.keys(bin))
      if (!BIN_MEMBERS.has(member)) faults.push(`${name}: member ${member} of bins`);
    if (typeof bin.name !== 'string') faults.push(`${name}: bins without name`);
    checkUnits(faults, `${name}: bins`, bin.units);
    const { centers, ranges } = bin;
    if (centers === undefined && ranges === undefined) faults.push(`${name}: neither centers nor ranges`);
    if (Array.isArray(centers) && (centers.length !== size[n] || !centers.every(Number.isFinite)))
      faults.push(`${name}: centers`);
    if (centers === null && ranges !== undefined) faults.push(`${name}: ranges without centers`);
  });
}

function checkParameter(faults: Faults, parameter: HapiParameter): void {
  const { name, type, length, size, units } = parameter;
  for (const member of Object.keys(parameter))
    if (!PARAMETER_MEMBERS.has(member)) faults.push(`${name}: member ${member}`);
  if (!['isotime', 'double', 'integer', 'string'].includes(type)) faults.push(`${name}: type ${type}`);
  for (const member of ['units', 'fill']) if (!(member in parameter)) faults.push(`${name}: no ${member}`);
  if ((type === 'isotime' || type === 'string') !== (length !== undefined))
    faults.push(`${name}: length ${length} of ${type}`);
  if (type === 'isotime' && units !== 'UTC') faults.push(`${name}: units of a time`);
  if (size !== undefined && (size.length === 0 || !size.every((n) => Number.isInteger(n) && n > 0)))
    faults.push(`${name}: size`);
  checkUnits(faults, name, units);
  checkFill(faults, parameter);
  checkBins(faults, parameter);
}

/** Of a description without data before it. */
export function infoFaults(info: HapiInfo): readonly string[] {
  const faults: Faults = [];
  for (const member of Object.keys(info)) if (!INFO_MEMBERS.has(member)) faults.push(`member ${member}`);
  if ('format' in info) faults.push('format where there are no data');
  if ('definitions' in info) faults.push('definitions');
  for (const member of ['startDate', 'stopDate', 'sampleStartDate', 'sampleStopDate', 'modificationDate']) {
    const time = info[member];
    if (time !== undefined && !TIME.test(String(time))) faults.push(`${member} ${time}`);
  }
  if (!(millisecondsOf(info.startDate) < millisecondsOf(info.stopDate))) faults.push('stopDate is not after startDate');
  const { sampleStartDate: from, sampleStopDate: to, parameters, cadence } = info;
  if ((from === undefined) !== (to === undefined)) faults.push('one of two sample dates');
  if (from !== undefined && to !== undefined && !(millisecondsOf(from) < millisecondsOf(to)))
    faults.push('sample dates');
  if (cadence !== undefined && !CADENCE.test(cadence)) faults.push(`cadence ${cadence}`);
  const names = parameters.map(({ name }) => name.toLowerCase());
  if (new Set(names).size !== names.length) faults.push('names differ by case alone, or not at all');
  const [first] = parameters;
  if (first?.name !== 'Time' || first.fill !== null || first.type !== 'isotime')
    faults.push('the first parameter is no plain Time');
  for (const parameter of parameters) checkParameter(faults, parameter);
  return faults;
}

export function catalogFaults({
  catalog,
}: {
  readonly catalog: readonly { readonly id: string; readonly title?: unknown }[];
}): readonly string[] {
  const faults: Faults = [];
  const ids = catalog.map(({ id }) => id);
  if (catalog.length === 0) faults.push('no data set');
  if (new Set(ids).size !== ids.length) faults.push('an id twice');
  for (const entry of catalog) {
    if (!IDENTIFIER.test(entry.id)) faults.push(`id ${entry.id}`);
    for (const member of Object.keys(entry))
      if (!['id', 'title', 'info'].includes(member)) faults.push(`member ${member}`);
  }
  return faults;
}

const checks: { readonly [T in HapiParameter['type']]: (cell: string, length: number) => boolean } = {
  isotime: (cell, length) => TIME.test(cell) && cell.length === length,
  double: (cell) => NUMBER.test(cell.trim()),
  integer: (cell) => /^-?\d+$/.test(cell) && Math.abs(Number(cell)) <= 2 ** 31,
  string: (cell, length) => Buffer.byteLength(cell) <= length,
};

/** Of a body of csv without header: structure, types, times that ascend inside the window. */
export function csvFaults(
  body: string,
  parameters: readonly HapiParameter[],
  start: string,
  stop: string,
): readonly string[] {
  const faults: Faults = [];
  if (body === '') return ['zero bytes'];
  if (!/^[0-9]/.test(body)) faults.push('the first character is no digit');
  if (!body.endsWith('\n') || body.endsWith('\n\n')) faults.push('the last line does not end once');
  const columns = parameters.flatMap((parameter) =>
    new Array<HapiParameter>(parameter.size?.reduce((a, b) => a * b, 1) ?? 1).fill(parameter),
  );
  const rows = csvRows(body);
  rows.forEach((row, line) => {
    if (row.length !== columns.length) faults.push(`line ${line + 1}: ${row.length} columns, not ${columns.length}`);
    row.forEach((cell, n) => {
      const column = columns[n];
      if (column !== undefined && !checks[column.type](cell, column.length ?? 0))
        faults.push(`line ${line + 1}: ${cell} of ${column.name}`);
    });
    if (line > 0 && !(millisecondsOf(row[0] ?? '') > millisecondsOf(rows[line - 1]?.[0] ?? '')))
      faults.push(`line ${line + 1}: time`);
  });
  const [first, last] = [rows[0]?.[0] ?? '', rows.at(-1)?.[0] ?? ''];
  if (!(millisecondsOf(first) >= millisecondsOf(start) && millisecondsOf(last) < millisecondsOf(stop)))
    faults.push('outside the window');
  return faults;
}

/** `2024-05-01T…` as `2024-122T…`. */
export function byDayOfYear(time: string): string {
  const day =
    (Date.parse(`${time.slice(0, 10)}T00:00:00Z`) - Date.UTC(Number(time.slice(0, 4)), 0, 1)) / 86_400_000 + 1;
  return `${time.slice(0, 4)}-${String(day).padStart(3, '0')}${time.slice(10)}`;
}
