// One application for all tests of the portal: the small demo catalogue with some hostile rows beside, in a database of its own.
// Nobody changes or closes it.
import type { MetadataInput } from '../../src/mapping/row.ts';
import { openTestApp, type TestApp } from '../fixtures/app.ts';

let memo: Promise<TestApp> | undefined;

export const HOSTILE = '<img src=x onerror=alert(1)>"\'&amp;';

/** What somebody could store: markup, script addresses, a template's braces. */
const HOSTILE_ROWS: readonly MetadataInput[] = [
  {
    service: 'presse',
    id: 9001,
    name: `${HOSTILE}`,
    description: `</p><script>alert(1)</script> ${HOSTILE}`,
    keywords: [HOSTILE, '{title}'],
    doi: '10.5072/"><script>alert(1)</script>',
    version: HOSTILE,
    contacts: [{ organisation: HOSTILE, role: 'author', url: 'javascript:alert(1)', email: 'data@example.org' }],
    lineage: { en: HOSTILE, fr: HOSTILE },
    links: [
      { role: 'related', href: 'javascript:alert(1)', title: 'script' },
      { role: 'related', href: 'https://archive.example.org/a?b=1&c=2', title: HOSTILE },
    ],
    date_b: '2020-01-01',
    longitude: 3.1,
    latitude: 45.7,
  },
  { service: 'presse', id: 9002, name: 'Restricted run', authorization_: 2, embargo_until: '2031-12-31' },
  { service: 'presse', id: 9003, name: 'Hidden run', authorization_: 3 },
];

export function portalApp(): Promise<TestApp> {
  memo ??= openTestApp().then(async (app) => {
    const report = await app.writer.write(HOSTILE_ROWS);
    if (report.refused.length > 0) throw new Error(JSON.stringify(report.refused));
    return app;
  });
  return memo;
}
