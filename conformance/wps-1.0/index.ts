// WPS 1.0.0. Documents are asked of every server; processes are executed where there is the echo process of the test suites.
import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { ask, capabilitiesPairs, ECHO, type Facts } from './client.ts';
import { documents } from './documents.ts';
import { execution } from './execution.ts';

async function discover({ http, door }: Target) {
  const address = door('wps-1.0', '/wps');
  const capabilities = await ask(http, address, capabilitiesPairs);
  if (capabilities.status === 404) return { absent: `nothing answers at ${address}` };
  const document = capabilities.xml();
  const version = document.text('/*/@version');
  if (version !== '1.0.0') return { absent: `${address} answers version ${version || 'nothing'}` };
  const processes = document.all('//wps1:ProcessOfferings/wps1:Process/ows11:Identifier');
  const facts: Facts = {
    address,
    capabilities,
    processes,
    languages: document.all('//wps1:Languages/wps1:Supported/ows11:Language'),
  };
  return { claims: new Set(['documents', ...(processes.includes(ECHO.id) ? ['execute'] : [])]), facts };
}

export const wps10 = runnable<Facts>({
  name: 'wps-1.0',
  title: 'OGC Web Processing Service 1.0.0',
  classes: { documents: 'Capabilities, descriptions, exceptions', execute: 'Execute' },
  discover,
  requirements: [...documents, ...execution],
});
