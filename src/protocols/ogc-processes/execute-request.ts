// The execute request (18-062r2, 7.11): its JSON body and its Prefer header as a request in no dialect.
import { SyntaxFault } from '../../model/errors.ts';
import type { JsonValue } from '../../model/json.ts';
import type { ExecuteRequest, GivenFormat, InputValue, ProcessDescription, WantedOutput } from '../../model/process.ts';
import { ProcessingFault, type ProcessingFaultEntry, type Subscriber } from '../../processing/processing.ts';
import { LONGEST_WAIT } from './vocabulary.ts';

type JsonObject = { readonly [name: string]: JsonValue };

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** `{mediaType, encoding, schema}`, beside the value or in a member `format`: the schemas and the test suite differ. */
function formatOf(object: JsonObject): GivenFormat {
  const inner = isObject(object.format) ? object.format : {};
  const [mediaType, encoding] = [
    text(object.mediaType) ?? text(inner.mediaType),
    text(object.encoding) ?? text(inner.encoding),
  ];
  const schema = text(object.schema) ?? text(inner.schema);
  return {
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(schema === undefined ? {} : { schema }),
  };
}

const withFormat = <Value extends object>(value: Value, format: GivenFormat): Value =>
  Object.keys(format).length === 0 ? value : { ...value, format };

/** A link, a qualified value, a box, or a value as it is (7.11.2.1), in this order of tests. */
function inputValue(value: JsonValue): InputValue {
  if (!isObject(value)) return { kind: 'json', value };
  const { href, bbox } = value;
  if (typeof href === 'string') {
    const type = text(value.type);
    return withFormat({ kind: 'reference', href }, type === undefined ? formatOf(value) : { mediaType: type });
  }
  if (value.value !== undefined) return withFormat({ kind: 'json', value: value.value }, formatOf(value));
  if (bbox !== undefined) return { kind: 'json', value };
  return { kind: 'json', value };
}

/** One value, or a list of them where the process takes several; a list is one value where it takes a list. */
function valuesOf(id: string, value: JsonValue, description: ProcessDescription): readonly InputValue[] {
  const input = description.inputs.find((known) => known.id === id);
  const takesList = input?.type.kind === 'literal' && input.type.isList === true;
  const isBox = input?.type.kind === 'box';
  if (!Array.isArray(value) || takesList || isBox) return [inputValue(value)];
  return value.map((each: JsonValue) => inputValue(each));
}

function fault(parameter: string, en: string, fr: string): ProcessingFaultEntry {
  return { parameter, reason: 'invalid-input', detail: { en, fr } };
}

function outputsOf(value: JsonValue | undefined, faults: ProcessingFaultEntry[]): ExecuteRequest['outputs'] {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) {
    faults.push(fault('outputs', 'an object keyed by output is wanted', 'un objet indexé par sortie est attendu'));
    return null;
  }
  const entries = Object.entries(value).map(([id, wanted]): readonly [string, WantedOutput] => {
    const { transmissionMode: mode, ...rest } = isObject(wanted) ? wanted : {};
    if (!isObject(wanted) || (mode !== undefined && mode !== 'value' && mode !== 'reference'))
      faults.push(
        fault(
          `outputs.${id}`,
          'format and transmissionMode (value, reference) are known',
          'format et transmissionMode (value, reference) sont connus',
        ),
      );
    return [id, { ...withFormat({}, formatOf(rest)), transmission: mode === 'reference' ? 'reference' : 'value' }];
  });
  // What `{}` means is not said by 1.0; the suite sends it for all.
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

function subscriberOf(value: JsonValue | undefined, faults: ProcessingFaultEntry[]): Subscriber | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) {
    faults.push(fault('subscriber', 'an object is wanted', 'un objet est attendu'));
    return null;
  }
  const of = (name: string): string | null => {
    const href = value[name];
    if (href === undefined || href === null) return null;
    if (typeof href === 'string') return href;
    faults.push(fault(`subscriber.${name}`, 'an address is wanted', 'une adresse est attendue'));
    return null;
  };
  return {
    successUri: of('successUri') ?? of('successUrl'),
    failedUri: of('failedUri'),
    inProgressUri: of('inProgressUri'),
  };
}

export interface ReadRequest {
  readonly request: ExecuteRequest;
  readonly subscriber: Subscriber | null;
}

/** Throws ProcessingFault with what is wrong with the form; what is wrong with the values, the process finds. */
export function readExecute(body: string, description: ProcessDescription): ReadRequest {
  let document: JsonValue;
  try {
    document = JSON.parse(body) as JsonValue;
  } catch {
    throw new SyntaxFault('the body is no JSON', "le corps n'est pas du JSON");
  }
  if (!isObject(document))
    throw new ProcessingFault([
      fault('body', 'a JSON object with inputs is wanted', 'un objet JSON avec inputs est attendu'),
    ]);
  const faults: ProcessingFaultEntry[] = [];
  const { inputs = {}, response } = document;
  if (!isObject(inputs))
    faults.push(fault('inputs', 'an object keyed by input is wanted', 'un objet indexé par entrée est attendu'));
  if (response !== undefined && response !== 'raw' && response !== 'document')
    faults.push(fault('response', 'raw or document is wanted', 'raw ou document est attendu'));
  const outputs = outputsOf(document.outputs, faults);
  const subscriber = subscriberOf(document.subscriber, faults);
  if (faults.length > 0) throw new ProcessingFault(faults);
  const given = Object.entries(isObject(inputs) ? inputs : {}).map(
    ([id, value]) => [id, valuesOf(id, value, description)] as const,
  );
  const request: ExecuteRequest = {
    process: description.id,
    inputs: Object.fromEntries(given),
    outputs,
    response: response === 'document' ? 'document' : 'raw',
  };
  return { request, subscriber };
}

export interface Preference {
  /** The caller wants to come back for the results. */
  readonly async: boolean;
  /** Seconds that it waits before; null: not said. */
  readonly wait: number | null;
  /** `return=minimal` gives results by reference, `representation` by value; null: not said. */
  readonly return: 'minimal' | 'representation' | null;
}

/** Prefer (RFC 7240): a list of tokens with blanks around them; unknown ones are ignored. */
export function readPrefer(header: string | string[] | undefined): Preference {
  const tokens = [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((token) => token.trim().toLowerCase());
  const wait = tokens
    .map((token) => /^wait\s*=\s*"?(\d{1,6})"?$/.exec(token)?.[1])
    .find((digits) => digits !== undefined);
  const kept = tokens.find((token) => /^return\s*=\s*(?:minimal|representation)$/.test(token));
  return {
    async: tokens.some((token) => token === 'respond-async' || token.startsWith('respond-async;')),
    wait: wait === undefined ? null : Math.min(Number(wait), LONGEST_WAIT),
    return: kept === undefined ? null : kept.endsWith('minimal') ? 'minimal' : 'representation',
  };
}
