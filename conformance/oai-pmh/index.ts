// OAI-PMH 2.0. What is claimed follows from Identify and ListSets.

import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { ask, type Facts, harvest, of } from './client.ts';
import { harvesting } from './harvesting.ts';
import { protocol } from './protocol.ts';

async function discover({ http, door }: Target) {
  const address = door('oai-pmh', '/oai');
  const identify = await ask(http, address, { verb: 'Identify' });
  if (identify.status === 404) return { absent: `nothing answers at ${address}` };
  identify.xml();
  const formats = await of(http, address, { verb: 'ListMetadataFormats' });
  const sets = (await ask(http, address, { verb: 'ListSets' })).xml().all('//oai:set/oai:setSpec');
  const list = await harvest(http, address, { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' });
  const size = list.first.xml().text('//oai:resumptionToken/@completeListSize');
  const claims = new Set(['protocol', 'harvest']);
  if (sets.length > 0) claims.add('sets');
  if (identify.xml().text('//oai:deletedRecord') !== 'no') claims.add('deletions');
  const facts: Facts = {
    address,
    identify,
    formats: formats
      .xml()
      .nodes('//oai:metadataFormat')
      .map((format) => ({
        prefix: format.text('oai:metadataPrefix'),
        schema: format.text('oai:schema'),
        namespace: format.text('oai:metadataNamespace'),
      })),
    sets,
    headers: list.headers,
    complete: list.complete,
    size: size === '' ? null : Number(size),
  };
  return { claims, facts };
}

export const oaiPmh = runnable<Facts>({
  name: 'oai-pmh',
  title: 'Open Archives Initiative Protocol for Metadata Harvesting 2.0',
  classes: { protocol: 'Verbs, arguments, errors', harvest: 'Harvesting', sets: 'Sets', deletions: 'Deletions kept' },
  discover,
  requirements: [...protocol, ...harvesting],
});
