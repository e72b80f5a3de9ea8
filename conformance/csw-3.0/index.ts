// CSW 3.0.0 (OGC 12-176r7). What is claimed are the constraints of the capabilities whose value is TRUE.

import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { capabilities } from './capabilities.ts';
import { type Facts, kvp } from './client.ts';
import { openSearchBinding } from './opensearch-binding.ts';
import { byIdentifier, records } from './records.ts';

/** Class here → the names of the standard of which one must be TRUE. */
const CLAIMED_BY: { readonly [name: string]: readonly string[] } = {
  capabilities: ['GetCapabilities-XML'],
  'by-id': ['GetRecordById-XML'],
  records: ['GetRecords-Basic-XML'],
  domain: ['GetDomain-KVP'],
  filter: ['Filter-FES-XML'],
  opensearch: ['OpenSearch'],
};

async function discover(target: Target) {
  const address = target.door('csw-3.0', '/csw');
  const answer = await kvp(target.http, address, {
    request: 'GetCapabilities',
    version: undefined,
    AcceptVersions: '3.0.0',
  });
  if (answer.status === 404) return { absent: `nothing answers at ${address}` };
  const document = answer.xml();
  if (document.text('/*/@version') !== '3.0.0') return { absent: 'the server does not speak 3.0.0' };
  const stated = document
    .nodes('//ows2:OperationsMetadata/ows2:Constraint')
    .filter((constraint) => constraint.all('ows2:DefaultValue | ows11:DefaultValue | .//ows2:Value').includes('TRUE'))
    .map((constraint) => constraint.text('@name').split('/').at(-1) ?? '');
  const claims = new Set(
    Object.keys(CLAIMED_BY).filter((name) => CLAIMED_BY[name]?.some((each) => stated.includes(each))),
  );
  const list = await kvp(target.http, address, {
    request: 'GetRecords',
    typeNames: 'Record',
    maxRecords: 20,
    elementSetName: 'full',
  });
  const named = document.text("//ows2:Constraint[@name='OpenSearchDescriptionDocument']//ows2:Value");
  return {
    claims,
    facts: { address, capabilities: answer, records: list, description: named || address } satisfies Facts,
  };
}

export const csw30 = runnable<Facts>({
  name: 'csw-3.0',
  title: 'OGC Catalogue Services 3.0, HTTP protocol binding (12-176r7)',
  classes: {
    capabilities: 'GetCapabilities-XML',
    'by-id': 'GetRecordById-XML',
    records: 'GetRecords-Basic-XML',
    filter: 'Filter-FES-XML, Filter-CQL',
    domain: 'GetDomain-KVP',
    opensearch: 'OpenSearch',
  },
  discover,
  requirements: [...capabilities, ...byIdentifier, ...records, ...openSearchBinding],
});
