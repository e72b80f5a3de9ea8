// The addresses that EPOS calls since 2019: each of its templates stands in a service file, with the defaults and values of its record.
import { suite } from 'uvu';
import { equal, ok } from 'uvu/assert';
import { variablesOf } from '../../../src/mapping/check-addresses.ts';
import type { EposParameter, EposService, OldParameter } from '../../../src/model/service.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const test = suite('EPOS templates');
const BASE = '/rest2/req.php';
const HOTVOLC =
  '/www/php/data_catalog.php{?date_begin, date_end, volcano, zone, type, ddss, count, start_page, start_index}&bbox=({lonmin, latmin, lonmax, latmax})';

/** DDSS, service, template, defaults in the order of the template's variables (`-` none; `*` after a required one). */
const TEMPLATES: readonly (readonly [string, string, string, string])[] = [
  [
    'WP11-DDSS-024',
    'voldorad',
    `${BASE}/voldorad{?timestart, timeend, radar, localization, eruption}`,
    '2015-12-01T00:00:00Z 2015-12-06T23:59:59Z VOLDORAD2B Etna false',
  ],
  [
    'WP11-DDSS-053',
    'voldorad',
    `${BASE}/voldorad/spectra/{startDate}/{endDate}`,
    '2010-05-08T10:00:00Z* 2010-05-12T10:00:00Z*',
  ],
  [
    'WP11-DDSS-036',
    'dynvolc',
    `${BASE}/dynvolc{?timestart, timeend, eruptive_style, elevation_min, elevation_max}`,
    '2014-01-01T00:00:00Z 2014-12-31T23:59:59Z - - -',
  ],
  ['WP11-DDSS-036', 'gazvolc', `${BASE}/gazvolc{?timestart, timeend}`, '2014-01-01T00:00:00Z* 2014-12-31T23:59:59Z*'],
  [
    'WP11-DDSS-026',
    'dynvolc',
    `${BASE}/dynvolc/rocks/{startDate}/{endDate}{?lat-min, lat-max, lng-min, lng-max}`,
    '2015-07-30T00:00:00Z* 2015-08-03T23:45:45Z* - - - -',
  ],
  [
    'WP11-DDSS-050',
    'oi2',
    `${BASE}/oi2{?sat, start_date, stop_date, mas_orb_min, mas_orb_max, sla_orb_min, sla_orb_max, mas_pol, sla_pol, mode, ah_min, ah_max, swath, track, beam}`,
    'SENTINEL 2015-01-01T00:00:00Z 2015-12-31T23:59:59Z - - - - - - - - - - - -',
  ],
  [
    'WP11-DDSS-051',
    'oi2',
    `${BASE}/oi2/lavamap{?sat, start_date, stop_date, eruption}`,
    'SENTINEL 2018-09-01T00:00:00Z 2018-10-31T23:59:59Z Sept-Oct_2018',
  ],
  [
    'WP11-DDSS-047',
    'hotvolc',
    HOTVOLC,
    '2010-05-06T00:00:00Z 2010-06-06T00:00:00Z - - - WP11-DDSS-047* 50 - - -28* 57* -1.5* 68.5*',
  ],
];

for (const [ddss, name, template, defaults] of TEMPLATES) {
  test(`${ddss} of ${name}`, () => {
    const [service, epos] = find(ddss, name);
    equal(epos.template, template);
    const parameters = variablesOf(template).map((variable) => {
      const own = epos.parameters.find((parameter) => parameter.name === variable)!;
      return { own, old: addressOf(service, epos).find((parameter) => parameter.name === variable) };
    });
    equal(parameters.map(shown).join(' '), defaults);
  });
}

test('049 is the thermal half of HOTVOLC, at Etna', () => {
  const [service, epos] = find('WP11-DDSS-049', 'hotvolc');
  const of = (name: string) => epos.parameters.find((parameter) => parameter.name === name)!;
  equal(epos.template, HOTVOLC);
  equal([of('date_begin').default, of('date_end').default], ['2019-07-19T04:00:00Z', '2019-07-19T08:00:00Z']);
  equal([of('volcano').default, of('ddss').default], ['Etna', 'WP11-DDSS-049']);
  equal(of('type').values, ['IMHOT', 'IMRAD', 'TSTSR', 'TSVFR', 'TSHOT', 'TSRAD']);
  equal(addressOf(service, epos).find(({ name }) => name === 'volcano')?.values?.length, 40);
  equal(addressOf(service, epos).find(({ name }) => name === 'zone')?.values?.length, 12);
});

test('values of the lists', () => {
  const [oi2, interferograms] = find('WP11-DDSS-050', 'oi2');
  const [, lava] = find('WP11-DDSS-051', 'oi2');
  const old = (name: string) => addressOf(oi2, interferograms).find((parameter) => parameter.name === name)!;
  equal(interferograms.parameters[0]?.values, ['SENTINEL', 'ALOS', 'CSK']);
  equal(lava.parameters[0]?.values, ['SENTINEL', 'TSX', 'CSK']);
  equal(old('track').values, ['66', '162', '539', '540', '514']);
  equal(old('beam').values, ['H4-05', 'H4-09', 'H4-15', 'H4-18']);
  equal([old('mas_orb_min').min, old('mas_orb_max').max, old('ah_min').min], [0, 99_999, -99_999]);
  equal(addressOf(oi2, lava).find(({ name }) => name === 'eruption')?.values?.length, 47);
});

test('every variable of time and space has a target that tells EPOS what it is', () => {
  for (const service of testMappings().services) {
    for (const epos of service.epos) {
      const targets = addressOf(service, epos).map((parameter) => parameter.target);
      ok(targets.includes('begin') && targets.includes('end'), `${service.name} ${epos.ddss}`);
    }
  }
});

type Service = ReturnType<typeof testMappings>['services'][number];

function find(ddss: string, name: string): readonly [Service, EposService] {
  const service = testMappings().services.find((entry) => entry.name === name)!;
  return [service, service.epos.find((epos) => epos.ddss === ddss)!];
}

function addressOf(service: Service, epos: EposService): readonly OldParameter[] {
  return service.old.templates.find(({ path }) => path === epos.address)?.parameters ?? service.old.parameters;
}

function shown({ own, old }: { own: EposParameter; old: OldParameter | undefined }): string {
  return `${own.default ?? old?.default ?? '-'}${(own.required ?? old?.required) ? '*' : ''}`;
}

test.run();
