// CSW 2.0.2 (OGC 07-006r1) with the ISO application profile. What is claimed follows from the capabilities.

import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { capabilities } from './capabilities.ts';
import { type Facts, GMD, getRecords, kvp } from './client.ts';
import { filters } from './filters.ts';
import { byIdentifier, paging, schemasOffered } from './records.ts';

async function discover(target: Target) {
  const address = target.door('csw-2.0.2', '/csw');
  const answer = await kvp(target.http, address, { request: 'GetCapabilities', AcceptVersions: '2.0.2' });
  if (answer.status === 404) return { absent: `nothing answers at ${address}` };
  const document = answer.xml();
  if (document.text('/*/@version') !== '2.0.2') return { absent: 'the server does not speak 2.0.2' };
  const records = await target.http.post(
    address,
    'application/xml',
    getRecords({ attributes: 'resultType="results" maxRecords="20"', set: 'full' }),
  );
  const claims = new Set(['capabilities', 'records']);
  const operation = (name: string): boolean => document.holds(`//ows:Operation[@name='${name}']`);
  const value = (text: string): boolean => document.holds(`//ows:OperationsMetadata//ows:Value[.='${text}']`);
  if (operation('DescribeRecord')) claims.add('describe-record');
  if (operation('GetDomain')) claims.add('get-domain');
  if (value('FILTER')) claims.add('filter');
  if (value('CQL_TEXT')) claims.add('cql');
  if (value('SOAP')) claims.add('soap');
  if (value(GMD)) claims.add('iso');
  if (document.holds('//inspireds:ExtendedCapabilities')) claims.add('inspire');
  return { claims, facts: { address, capabilities: answer, records } satisfies Facts };
}

export const csw202 = runnable<Facts>({
  name: 'csw-2.0.2',
  title: 'OGC Catalogue Service for the Web 2.0.2 (07-006r1), ISO application profile 1.0 (07-045)',
  classes: {
    capabilities: 'GetCapabilities, exceptions',
    'describe-record': 'DescribeRecord',
    'get-domain': 'GetDomain',
    records: 'GetRecords, GetRecordById',
    filter: 'OGC Filter 1.1',
    cql: 'CQL text',
    iso: 'ISO application profile',
    soap: 'SOAP',
    inspire: 'INSPIRE discovery service',
  },
  discover,
  requirements: [...capabilities, ...byIdentifier, ...paging, ...filters, ...schemasOffered],
});
