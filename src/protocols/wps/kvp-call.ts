// Key-value pairs as a call (OGC 05-007r7, 8.2, 9.2, 10.2; OGC 14-065r2, binding of GET): names in any case, values exact, unknown names ignored.
import { decodeQuery, foldedPairs } from '../../http/query-string.ts';
import type { Call, Execution } from './call.ts';
import { readDataInputs, readOutputs } from './data-inputs.ts';
import { type Exception, invalid, missing, statusNeedsStore, WpsError } from './errors.ts';
import { callOf, likelyVersion } from './negotiation.ts';
import type { Path, Version } from './vocabulary.ts';

/** The values of some parameters as they stand in the address: their separators are found before they are decoded. */
function rawValues(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  // Node hands over raw bytes of the request line as Latin-1.
  const text = /[^\0-\x7f]/.test(query) ? Buffer.from(query, 'latin1').toString() : query;
  for (const part of text.split('&')) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    const [[name = ''] = []] = decodeQuery(part.slice(0, at)).pairs;
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, part.slice(at + 1));
  }
  return values;
}

function readFlag(name: string, text: string | undefined, faults: Exception[]): boolean {
  if (text === undefined || text.trim() === '') return false;
  if (/^(?:true|false|1|0)$/i.test(text.trim())) return /^(?:true|1)$/i.test(text.trim());
  faults.push(invalid(name, 'must be true or false', 'doit être true ou false'));
  return false;
}

function readExecution(
  pairs: ReadonlyMap<string, string>,
  raw: ReadonlyMap<string, string>,
  version: Version,
  faults: Exception[],
): Execution {
  if (version === '2.0.0') {
    const text = {
      en: 'Execute of version 2.0.0 is sent by POST',
      fr: 'Execute de la version 2.0.0 s’envoie par POST',
    };
    throw new WpsError([{ code: 'OperationNotSupported', locator: 'request', text }]);
  }
  const process = pairs.get('identifier')?.trim() ?? '';
  if (process === '') faults.push(missing('Identifier'));
  const rawOutput = raw.get('rawdataoutput') ?? '';
  const document = raw.get('responsedocument') ?? '';
  if (rawOutput !== '' && document !== '') {
    faults.push(invalid('ResponseDocument', 'either this or RawDataOutput', 'soit ce paramètre, soit RawDataOutput'));
  }
  const isRaw = rawOutput !== '';
  const outputs = isRaw
    ? readOutputs(rawOutput, 'RawDataOutput', faults)
    : readOutputs(document, 'ResponseDocument', faults);
  if (isRaw && outputs.length > 1) faults.push(invalid('RawDataOutput', 'exactly one output', 'exactement une sortie'));
  const flag = (name: string): boolean => readFlag(name, pairs.get(name.toLowerCase()), faults);
  const flags = [flag('storeExecuteResponse'), flag('lineage'), flag('status')] as const;
  // They say what becomes of a document: a raw output has none.
  const [isStored, hasLineage, hasStatus] = isRaw ? [false, false, false] : flags;
  if (hasStatus && !isStored) faults.push(statusNeedsStore);
  return {
    process,
    inputs: readDataInputs(raw.get('datainputs') ?? '', faults),
    outputs: outputs.length === 0 ? null : outputs,
    response: isRaw ? 'raw' : 'document',
    mode: hasStatus ? 'async' : 'sync',
    isStored,
    hasLineage,
  };
}

/** The version that a query names, for wording errors. */
export function versionOfQuery(query: string, path: Path): Version {
  const pairs = foldedPairs(decodeQuery(query).pairs);
  return likelyVersion(path, pairs.get('version') || pairs.get('acceptversions'));
}

/** Throws WpsError with all that is wrong. */
export function callOfQuery(query: string, path: Path): Call {
  const { pairs, faults } = decodeQuery(query);
  if (faults.length > 0) {
    const code = 'InvalidParameterValue' as const;
    throw new WpsError(faults.map(({ parameter, detail }) => ({ code, locator: parameter, text: detail })));
  }
  const parameters = foldedPairs(pairs);
  const text = (name: string): string | null => parameters.get(name)?.trim() || null;
  return callOf(
    {
      path,
      envelope: null,
      service: text('service'),
      request: text('request'),
      version: text('version'),
      acceptVersions: text('acceptversions'),
      languages: text('language') ?? text('acceptlanguages') ?? text('lang'),
      updateSequence: text('updatesequence'),
      sections: text('sections'),
      identifiers: (parameters.get('identifier') ?? '').split(','),
      job: text('jobid'),
    },
    (version, wrong) => readExecution(parameters, rawValues(query), version, wrong),
  );
}
