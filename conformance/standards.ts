// Every standard that the self-check knows, in the order in which it asks.
import { csw202 } from './csw-2.0.2/index.ts';
import { csw30 } from './csw-3.0/index.ts';
import { dcat } from './dcat/index.ts';
import { edr } from './edr/index.ts';
import { epos } from './epos/index.ts';
import { hapi } from './hapi/index.ts';
import { inspire } from './inspire/index.ts';
import type { Runnable } from './kit/run-standard.ts';
import { legacyRest } from './legacy-rest/index.ts';
import { metadataFormats } from './metadata-formats/index.ts';
import { oaiPmh } from './oai-pmh/index.ts';
import { ogcProcesses } from './ogc-processes/index.ts';
import { ogcRecords } from './ogc-records/index.ts';
import { opensearch } from './opensearch/index.ts';
import { resto } from './resto/index.ts';
import { stac } from './stac/index.ts';
import { wps10 } from './wps-1.0/index.ts';
import { wps20 } from './wps-2.0/index.ts';

export const STANDARDS: readonly Runnable[] = [
  opensearch,
  csw202,
  csw30,
  oaiPmh,
  ogcRecords,
  stac,
  resto,
  legacyRest,
  epos,
  dcat,
  metadataFormats,
  inspire,
  hapi,
  edr,
  ogcProcesses,
  wps10,
  wps20,
];
