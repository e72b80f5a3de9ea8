// `vobs check`: each kind of fault, made one at a time in a copy of the mappings, is told with its file, place and reason, and alone.
import { suite } from 'uvu';
import { equal, match, ok, throws } from 'uvu/assert';
import { checkMappings } from '../../../src/mapping/check-mappings.ts';
import { faultLine, MappingsError } from '../../../src/mapping/fault.ts';
import { loadMappings } from '../../../src/mapping/load.ts';
import { readMappingFiles } from '../../../src/mapping/read-files.ts';
import { createSchemas } from '../../../src/mapping/schemas.ts';
import { MAPPINGS_DIRECTORY, testMappings } from '../../fixtures/mappings.ts';
import { type Changes, copyMappings, type MappingsCopy } from '../../fixtures/mappings-copy.ts';
import { SEVENTEENTH_SERVICE } from '../../fixtures/seventeenth-service.ts';

const test = suite('check');
const schemas = createSchemas();
const VOLDORAD = 'services/voldorad.json';
const OI2 = 'services/oi2.json';
const COPDD = 'services/copdd.json';

type Line = string | RegExp;

/** Name, file, what is changed in it, and what is told: the rest of the line after `{file}#`, or the whole line's pattern. */
const FAULTS: readonly (readonly [string, string, Changes, ...Line[]])[] = [
  ['a French title is missing', VOLDORAD, { '/title/fr': undefined }, "/title: lacks 'fr'"],
  ['an English abstract is missing', VOLDORAD, { '/abstract/en': undefined }, "/abstract: lacks 'en'"],
  ['a short abstract', VOLDORAD, { '/abstract/fr': 'Court.' }, '/abstract/fr: must NOT have fewer than 50 characters'],
  [
    'an unknown role',
    VOLDORAD,
    { '/contacts/3/role': 'boss' },
    /#\/contacts\/3\/role: must be one of "resourceProvider".*"author"$/,
  ],
  [
    'no point of contact',
    VOLDORAD,
    { '/contacts/0': undefined },
    '/contacts: lacks a contact with the role pointOfContact and an e-mail address',
  ],
  ['an unknown member', COPDD, { '/colour~1shade': 'red' }, '/colour~1shade: is not known here'],
  ['a word that no code list has', COPDD, { '/topics': ['weather'] }, /#\/topics\/0: must be one of "farming"/],
  ['a mode of its own', COPDD, { '/mode': 'sometimes' }, '/mode: must be one of "realtime", "occasional"'],
  [
    'a STAC property of a field that the service lacks',
    OI2,
    { '/stac/0/properties/sat:orbit_state': { from: 'field:sense' } },
    "/stac/0/properties/sat:orbit_state: 'sense' is not a field of this service",
  ],
  [
    'a STAC rule on a field that the service lacks',
    OI2,
    { '/stac/1/where': { kind: 'LAVAMAP' } },
    "/stac/1/where/kind: 'kind' is not a field of this service",
  ],
  ['two STAC assets of one name', OI2, { '/stac/0/assets/1/name': 'coh' }, "/stac/0/assets/1/name: 'coh' stands twice"],
  ['a STAC property from nowhere', OI2, { '/stac/0/properties/gsd': { from: 'sat' } }, /#\/stac\/0\/properties\/gsd/],
  ['an unknown code', COPDD, { '/defaults/format': 77 }, '/defaults/format: 77 is not a code of format in codes.json'],
  [
    'configurations that overlap',
    VOLDORAD,
    { '/instruments/0/configurations/0/to': '2013-06-01' },
    '/instruments/0/configurations/1: overlaps with configuration 0 of the same instrument',
  ],
  [
    'a configuration that never ends before another',
    VOLDORAD,
    { '/instruments/0/configurations/0/to': null },
    '/instruments/0/configurations/1: overlaps with configuration 0 of the same instrument',
  ],
  [
    'a configuration that ends before it begins',
    VOLDORAD,
    { '/instruments/0/configurations/0/to': '2008-01-01' },
    '/instruments/0/configurations/0/to: 2008-01-01 lies before 2009-07-01',
  ],
  [
    'an instrument on no platform',
    VOLDORAD,
    { '/instruments/1/platform': 'moon' },
    "/instruments/1/platform: 'moon' is not a platform of this service",
  ],
  [
    'an instrument twice',
    VOLDORAD,
    { '/instruments/1/id': 'VOLDORAD2B' },
    "/instruments/1/id: 'VOLDORAD2B' stands twice",
  ],
  [
    'a field twice',
    COPDD,
    { '/fields/1/name': 'site', '/import/columns': {}, '/data/series': [] },
    "/fields/1/name: 'site' stands twice",
  ],
  [
    'a field that every record has',
    COPDD,
    { '/fields/1/name': 'elevation', '/import/columns': {}, '/data/series': [] },
    "/fields/1/name: 'elevation' is the name of a field that every record has",
  ],
  ['a name that is not the file’s', COPDD, { '/name': 'other' }, '/name: the file is called copdd.json'],
  [
    'a service twice',
    COPDD,
    { '/name': 'renag' },
    '/name: the file is called copdd.json',
    /the service 'renag' stands in services\/copdd\.json too$/,
  ],
  [
    'an extent that ends before it begins',
    COPDD,
    { '/extent/end': '1990-01-01' },
    '/extent/end: lies before the begin',
  ],
  [
    'a parameter without target field',
    VOLDORAD,
    { '/old/parameters/2/target': 'field:antenna' },
    "/old/parameters/2/target: 'antenna' is not a field of this service",
  ],
  [
    'a parameter of another type than its field',
    OI2,
    { '/old/parameters/3/type': 'text' },
    "/old/parameters/3/type: the field 'mas_orb' is of the type 'integer'",
  ],
  [
    'a parameter without any target',
    VOLDORAD,
    { '/old/parameters/2/target': 'antenna' },
    /#\/old\/parameters\/2\/target: must match pattern/,
  ],
  [
    'a value that its field does not have',
    OI2,
    { '/old/parameters/0/values/6': 'LANDSAT' },
    "/old/parameters/0/values/6: 'LANDSAT' is not a value of the field 'sat'",
  ],
  [
    'a default outside the values',
    OI2,
    { '/old/parameters/0/default': 'NIMBUS' },
    "/old/parameters/0/default: 'NIMBUS' is not one of the values",
  ],
  [
    'a path variable without parameter',
    VOLDORAD,
    { '/old/templates/0/path': '/rest2/req.php/voldorad/spectra/{startDate}/{endDate}/{gate}', '/epos/1': undefined },
    "/old/templates/0/path: the variable 'gate' has no parameter",
  ],
  [
    'a condition on no field',
    VOLDORAD,
    { '/old/templates/0/where': { kind: 'spectra' } },
    "/old/templates/0/where/kind: 'kind' is not a field of this service",
  ],
  [
    'a condition with a value that the field does not have',
    VOLDORAD,
    { '/old/templates/0/where/product': 'songs' },
    "/old/templates/0/where/product: 'songs' is not a value of the field 'product'",
  ],
  [
    'a localization from no field',
    VOLDORAD,
    { '/old/localization': 'town' },
    "/old/localization: 'town' is not a field of this service",
  ],
  [
    'a variable of an EPOS template without parameter',
    VOLDORAD,
    { '/epos/0/parameters/4': undefined },
    "/epos/0/template: the variable 'eruption' has no parameter",
  ],
  [
    'a parameter of EPOS that its template lacks',
    VOLDORAD,
    { '/epos/0/template': '/rest2/req.php/voldorad{?timestart, timeend, radar, localization}' },
    "/epos/0/parameters/4/name: 'eruption' does not stand in the template",
  ],
  [
    'a parameter of EPOS that the old address lacks',
    VOLDORAD,
    { '/old/parameters/4': undefined },
    "/epos/0/parameters/4/name: /rest2/req.php/voldorad has no parameter 'eruption'",
  ],
  [
    'an EPOS template that no address answers',
    VOLDORAD,
    { '/epos/0/address': '/rest2/req.php/gone' },
    '/epos/0/address: no old address of this service is /rest2/req.php/gone',
  ],
  [
    'a resto property from no field',
    OI2,
    { '/resto/properties/beam/from': 'field:ray' },
    "/resto/properties/beam/from: 'ray' is not a field of this service",
  ],
  [
    'a natural key without column',
    VOLDORAD,
    { '/data/key': ['time', 'pixel'] },
    "/data/key/1: 'pixel' is not a column of the data",
  ],
  [
    'a series told by what is no field',
    VOLDORAD,
    { '/data/series': ['instrument', 'target'] },
    "/data/series/1: 'target' is not a field of this service, instrument or platform",
  ],
  [
    'import columns that lead nowhere',
    COPDD,
    { '/import/columns': { lieu: 'fields.place', nom: 'title' } },
    "/import/columns/lieu: 'fields.place' is neither a column of the table nor a field of this service",
    "/import/columns/nom: 'title' is neither a column of the table nor a field of this service",
  ],
  ['a pointer to nothing', COPDD, { '/toConfirm': ['/fields/99'] }, '/toConfirm/0: nothing stands at /fields/99'],
  ['a DOI as an address', COPDD, { '/doi': 'https://doi.org/10.5072/x' }, /#\/doi: must match pattern/],
  [
    'an access code is missing',
    'codes.json',
    { '/authorization/3': undefined },
    '/authorization: must NOT have fewer than 4 items',
  ],
  [
    'a code twice',
    'codes.json',
    { '/format/1/code': 1 },
    "/format/1/code: '1' stands twice",
    /^services\/\w+\.json#\/defaults\/format: 2 is not a code of format in codes\.json$/,
  ],
  [
    'a place in no place',
    'places.json',
    { [placeAt('etna', 'within')]: 'atlantis' },
    /within: no place has the id 'atlantis'$/,
  ],
  [
    'a place in itself',
    'places.json',
    { [placeAt('italy', 'within')]: 'montagnola' },
    /within: leads back to the place itself$/,
  ],
  [
    'a position outside its box',
    'places.json',
    { [placeAt('etna', 'position')]: [0, 0] },
    /position: lies outside the box$/,
  ],
  [
    'a short name that is too long',
    'site.json',
    { '/shortName': 'A catalogue of everything' },
    '/shortName: must NOT have more than 16 characters',
  ],
];

for (const [name, file, changes, ...expected] of FAULTS) {
  test(name, () => {
    const lines = told((copy) => copy.change(file, changes));
    same(
      lines,
      expected.map((line) => (typeof line === 'string' ? `${file}#${line}` : line)),
    );
  });
}

for (const name of ['service', 'org', 'record', 'catalog', 'records']) {
  test(`the reserved name ${name}`, () => {
    const lines = told((copy) => copy.write(`services/${name}.json`, JSON.stringify({ ...SEVENTEENTH_SERVICE, name })));
    same(lines, [`services/${name}.json#/name: '${name}' is a reserved name`]);
  });
}

test('the project’s own mappings have no fault', () => {
  equal(checkMappings(readMappingFiles(MAPPINGS_DIRECTORY), schemas), []);
});

test('a file that is no JSON, and one of no kind', () => {
  same(
    told((copy) => {
      copy.write('site.json', '{"title": ');
      copy.write('colours.json', '{}');
    }),
    [/^site\.json: not JSON: /, 'colours.json: no such file belongs here'],
  );
});

test('loading tells all faults of all files at once', () => {
  const copy = copyMappings();
  try {
    copy.change(VOLDORAD, { '/title/fr': undefined, '/mode': 'sometimes' });
    copy.change('site.json', { '/licence': undefined });
    throws(
      () => loadMappings(copy.directory),
      (error: unknown) => error instanceof MappingsError && error.faults.length === 3,
    );
  } finally {
    copy.remove();
  }
});

test('what the check of the templates tells stands beside the rest', () => {
  const faults = checkMappings(readMappingFiles(MAPPINGS_DIRECTORY), schemas, (templates) =>
    [...templates.keys()].slice(0, 1).map((file) => ({ file, pointer: '', reason: 'line 3: no such slot' })),
  );
  equal(faults.length, 1);
  match(faultLine(faults[0]!), /\.xml: line 3: no such slot$/);
});

function told(change: (copy: MappingsCopy) => void): readonly string[] {
  const copy = copyMappings();
  try {
    change(copy);
    return checkMappings(readMappingFiles(copy.directory), schemas).map(faultLine);
  } finally {
    copy.remove();
  }
}

/** Each line is expected, and each expected one is told. */
function same(lines: readonly string[], expected: readonly Line[]): void {
  const fits = (line: string, one: Line) => (typeof one === 'string' ? one === line : one.test(line));
  for (const line of lines)
    ok(
      expected.some((one) => fits(line, one)),
      `unexpected: ${line}`,
    );
  for (const one of expected)
    ok(
      lines.some((line) => fits(line, one)),
      `not told: ${one}; told: ${lines.join(' | ')}`,
    );
}

function placeAt(id: string, member: string): string {
  return `/${testMappings().places.findIndex((place) => place.id === id)}/${member}`;
}

test.run();
