// A request against the description of its process: everything that is wrong with it at once, else its values as the process takes them.
import { axisOrder } from '../../formats/syntax/crs.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { ProcessingReason } from '../../model/job.ts';
import type { JsonValue } from '../../model/json.ts';
import type {
  BoxKind,
  ComplexKind,
  ExecuteRequest,
  InputDescription,
  InputValue,
  LiteralKind,
  MediaFormat,
  ProcessDescription,
} from '../../model/process.ts';
import type { Localised } from '../../model/text.ts';
import { chooseFormat } from '../formats.ts';
import { readLiteral, valueOfText } from '../literals.ts';
import type { GivenBox } from '../process.ts';
import { ProcessingFault, type ProcessingFaultEntry } from '../processing.ts';

/** A value that is ready, or one whose content has still to be had. */
export type CheckedValue =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'box'; readonly box: GivenBox }
  /** The content of a complex value. */
  | { readonly kind: 'content'; readonly value: InputValue; readonly format: MediaFormat | null }
  /** A literal that stands at an address. */
  | { readonly kind: 'literal-at'; readonly href: string; readonly type: LiteralKind };

export interface CheckedRequest {
  readonly inputs: { readonly [input: string]: readonly CheckedValue[] };
  /** In the order asked. */
  readonly outputs: readonly { readonly output: string; readonly format: MediaFormat | null }[];
}

class Wrong extends Error {
  readonly entry: Omit<ProcessingFaultEntry, 'parameter'>;
  constructor(reason: ProcessingReason, detail: Localised) {
    super(detail.en);
    this.entry = { reason, detail };
  }
}

const wrong = (reason: ProcessingReason, en: string, fr: string): Wrong => new Wrong(reason, { en, fr });

function literal(type: LiteralKind, value: InputValue): CheckedValue {
  if (value.kind === 'reference') return { kind: 'literal-at', href: value.href, type };
  if (value.kind !== 'text' && value.kind !== 'json')
    throw wrong('invalid-input', 'a literal value is wanted', 'une valeur littérale est attendue');
  if (value.kind === 'text' && value.unit !== undefined && value.unit !== type.unit)
    throw wrong(
      'invalid-input',
      type.unit === undefined ? 'it has no unit' : `its unit is ${type.unit}`,
      type.unit === undefined ? 'elle n’a pas d’unité' : `son unité est ${type.unit}`,
    );
  const plain = value.kind === 'text' ? valueOfText(type, value.text) : value.value;
  readLiteral(type, plain);
  return { kind: 'literal', value: plain };
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

function checkInline(type: ComplexKind, text: string, isBase64: boolean): void {
  const most = (type.mostMegabytes ?? 50) * 1_000_000;
  if (text.length > (isBase64 ? (most * 4) / 3 : most))
    throw wrong(
      'input-too-large',
      `at most ${most} bytes may stand in a request`,
      `au plus ${most} octets peuvent figurer dans une requête`,
    );
  if (isBase64 && !BASE64.test(text.replace(/\s+/g, '')))
    throw wrong('invalid-input', 'it is not base64', 'ce n’est pas du base64');
}

function content(type: ComplexKind, isSource: boolean, value: InputValue): CheckedValue {
  if (value.kind === 'box')
    throw wrong('invalid-input', 'a complex value is wanted', 'une valeur complexe est attendue');
  if (value.kind === 'record') {
    if (!isSource) throw wrong('invalid-input', 'a record cannot be given here', 'une notice ne peut être donnée ici');
    return { kind: 'content', value, format: null };
  }
  const given = value.format;
  const format = chooseFormat(type.formats, given);
  if (format === null)
    throw wrong(
      'unsupported-format',
      `${given?.mediaType ?? ''} ${given?.schema ?? ''} is not taken; there are: ${[...new Set(type.formats.map(({ mediaType }) => mediaType))].join(', ')}`,
      `${given?.mediaType ?? ''} ${given?.schema ?? ''} n'est pas accepté ; il y a : ${[...new Set(type.formats.map(({ mediaType }) => mediaType))].join(', ')}`,
    );
  // Told by its content where nothing was said.
  const said = given?.mediaType === undefined || given.mediaType === '' ? null : format;
  if (value.kind === 'text') checkInline(type, value.text, isBase64(value, said));
  if (value.kind === 'json') {
    const { value: plain } = value;
    if (plain === null || typeof plain === 'number' || typeof plain === 'boolean')
      throw wrong('invalid-input', 'a complex value is wanted', 'une valeur complexe est attendue');
    if (typeof plain === 'string') checkInline(type, plain, isBase64(value, said));
  }
  return { kind: 'content', value, format: said };
}

/** Are the characters of the value base64? As it says, else as its format needs. */
export function isBase64(value: InputValue, format: MediaFormat | null): boolean {
  if (value.kind !== 'text' && value.kind !== 'json') return false;
  const said = value.format?.encoding?.toLowerCase();
  if (said !== undefined && said !== '') return said === 'base64' || said === 'binary';
  return format?.encoding === 'base64';
}

interface Corners {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly crs: string | null;
}

function boxOf(type: BoxKind, { lower, upper, crs }: Corners): CheckedValue {
  const fault = () =>
    wrong(
      'invalid-input',
      'two corners of two numbers each are wanted',
      'deux coins de deux nombres chacun sont attendus',
    );
  if (lower.length !== upper.length || lower.length < 2 || lower.length > 3) throw fault();
  if (![...lower, ...upper].every(Number.isFinite)) throw fault();
  const named = crs ?? type.crs[0] ?? '';
  const isKnown = type.crs.some((known) => known.toLowerCase() === named.toLowerCase());
  const order = isKnown ? axisOrder(named) : undefined;
  if (order === undefined)
    throw wrong(
      'invalid-input',
      `the reference system ${named} is not taken; there are: ${type.crs.join(', ')}`,
      `le système de référence ${named} n'est pas accepté ; il y a : ${type.crs.join(', ')}`,
    );
  const [west, south] = order(lower[0] as number, lower[1] as number);
  const [east, north] = order(upper[0] as number, upper[1] as number);
  return { kind: 'box', box: { lower, upper, crs: named, bounds: [west, south, east, north] } };
}

const isObject = (value: JsonValue): value is { readonly [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{bbox, crs}` of OGC API Processes, four numbers, or a text of them. */
function cornersOfJson(value: JsonValue): Corners | null {
  const list = isObject(value) ? value.bbox : value;
  const crs = isObject(value) && typeof value.crs === 'string' ? value.crs : null;
  if (!Array.isArray(list) || list.length % 2 !== 0 || !list.every((each) => typeof each === 'number')) return null;
  const half = list.length / 2;
  return { lower: list.slice(0, half) as number[], upper: list.slice(half) as number[], crs };
}

function box(type: BoxKind, value: InputValue): CheckedValue {
  if (value.kind === 'box') return boxOf(type, value);
  const corners = value.kind === 'json' ? cornersOfJson(value.value) : null;
  if (corners !== null) return boxOf(type, corners);
  if (value.kind === 'text') {
    const numbers = value.text.split(',').map(Number);
    if (numbers.length === 4) return boxOf(type, { lower: numbers.slice(0, 2), upper: numbers.slice(2), crs: null });
  }
  throw wrong('invalid-input', 'a bounding box is wanted', 'un rectangle est attendu');
}

function checkValue(input: InputDescription, value: InputValue): CheckedValue {
  switch (input.type.kind) {
    case 'literal':
      return literal(input.type, value);
    case 'complex':
      return content(input.type, input.isSource, value);
    case 'box':
      return box(input.type, value);
  }
}

/** A list where several values may stand is several values (18-062r2, 7.11.2.1). */
function spread(input: InputDescription, values: readonly InputValue[]): readonly InputValue[] {
  const isList = input.type.kind === 'literal' && input.type.isList === true;
  if (input.maxOccurs === 1 || isList || input.type.kind === 'box') return values;
  return values.flatMap((value): readonly InputValue[] =>
    value.kind === 'json' && Array.isArray(value.value) && value.format === undefined
      ? value.value.map((each: JsonValue): InputValue => ({ kind: 'json', value: each }))
      : [value],
  );
}

function entryOf(parameter: string, thrown: unknown): ProcessingFaultEntry {
  if (thrown instanceof Wrong) return { parameter, ...thrown.entry };
  if (thrown instanceof SyntaxFault) return { parameter, reason: 'invalid-input', detail: thrown.detail };
  throw thrown;
}

function checkInputs(
  description: ProcessDescription,
  request: ExecuteRequest,
  faults: ProcessingFaultEntry[],
): CheckedRequest['inputs'] {
  const known = description.inputs.map(({ id }) => id);
  for (const parameter of Object.keys(request.inputs)) {
    if (known.includes(parameter)) continue;
    const list = known.join(', ');
    faults.push({
      parameter,
      reason: 'no-such-input',
      detail: {
        en: `there is no such input; there are: ${list}`,
        fr: `il n'y a pas d'entrée de ce nom ; il y a : ${list}`,
      },
    });
  }
  const checked: Record<string, readonly CheckedValue[]> = {};
  for (const input of description.inputs) {
    const { id, minOccurs, maxOccurs } = input;
    const own = Object.hasOwn(request.inputs, id) ? (request.inputs[id] ?? []) : [];
    const values = spread(input, own);
    if (values.length < minOccurs)
      faults.push({ parameter: id, reason: 'missing-input', detail: { en: 'is required', fr: 'est obligatoire' } });
    if (values.length > maxOccurs)
      faults.push({
        parameter: id,
        reason: 'too-many-values',
        detail: { en: `at most ${maxOccurs} values`, fr: `au plus ${maxOccurs} valeurs` },
      });
    checked[id] = values.slice(0, maxOccurs).flatMap((value) => {
      try {
        return [checkValue(input, value)];
      } catch (thrown) {
        faults.push(entryOf(id, thrown));
        return [];
      }
    });
  }
  return checked;
}

function checkOutputs(
  { outputs }: ProcessDescription,
  request: ExecuteRequest,
  faults: ProcessingFaultEntry[],
): CheckedRequest['outputs'] {
  if (request.outputs === null) return outputs.map(({ id }) => ({ output: id, format: null }));
  return Object.entries(request.outputs).flatMap(([parameter, { format: given }]): CheckedRequest['outputs'] => {
    const output = outputs.find(({ id }) => id === parameter);
    if (output === undefined) {
      const list = outputs.map(({ id }) => id).join(', ');
      faults.push({
        parameter,
        reason: 'no-such-output',
        detail: {
          en: `there is no such output; there are: ${list}`,
          fr: `il n'y a pas de sortie de ce nom ; il y a : ${list}`,
        },
      });
      return [];
    }
    const isSaid = (given?.mediaType ?? '') !== '' || (given?.schema ?? '') !== '';
    if (output.type.kind !== 'complex' || !isSaid) return [{ output: parameter, format: null }];
    const format = chooseFormat(output.type.formats, given);
    if (format === null) {
      const list = output.type.formats.map(({ mediaType }) => mediaType).join(', ');
      faults.push({
        parameter,
        reason: 'unsupported-format',
        detail: {
          en: `${given?.mediaType ?? given?.schema} is not made; there are: ${list}`,
          fr: `${given?.mediaType ?? given?.schema} n'est pas produit ; il y a : ${list}`,
        },
      });
      return [];
    }
    return [{ output: parameter, format }];
  });
}

/** Throws ProcessingFault with one entry for each wrong input and output. */
export function checkRequest(description: ProcessDescription, request: ExecuteRequest): CheckedRequest {
  const faults: ProcessingFaultEntry[] = [];
  const inputs = checkInputs(description, request, faults);
  const outputs = checkOutputs(description, request, faults);
  if (faults.length > 0) throw new ProcessingFault(faults);
  return { inputs, outputs };
}
