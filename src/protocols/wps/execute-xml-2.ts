// Execute of WPS 2.0 in XML (OGC 14-065r2, Execute): Identifier, Input, Output, mode and response.
import { attributeOf, elementsOf, type XmlElement } from '../../formats/syntax/xml.ts';
import type { InputValue } from '../../model/process.ts';
import type { AskedOutput, Execution } from './call.ts';
import { type Exception, invalid, missing } from './errors.ts';
import { formatOf } from './given-format.ts';
import { childNamed, literalText, readBox, readContent, readLiteralElement, readReference } from './input-elements.ts';

const MODES = ['sync', 'async', 'auto'] as const;
const RESPONSES = ['document', 'raw'] as const;

/** Content of wps:Data: a literal, a box, XML of any kind, or characters, which the process's description tells apart. */
function readData(id: string, data: XmlElement, faults: Exception[]): InputValue {
  const elements = elementsOf(data);
  const [content] = elements;
  if (elements.length === 1 && content?.name === 'LiteralValue') return readLiteralElement(content);
  if (elements.length === 1 && (content?.name === 'BoundingBox' || content?.name === 'BoundingBoxData')) {
    return readBox(id, content, faults);
  }
  return readContent(id, data, faults);
}

function readInput(input: XmlElement, faults: Exception[]): readonly (readonly [string, InputValue])[] {
  const id = attributeOf(input, 'id')?.trim() ?? '';
  if (id === '') {
    faults.push(missing('Input/@id'));
    return [];
  }
  const reference = childNamed(input, 'Reference');
  if (reference !== undefined) return [[id, readReference(id, reference, faults)]];
  const data = childNamed(input, 'Data');
  if (data !== undefined) return [[id, readData(id, data, faults)]];
  faults.push(
    invalid(
      id,
      'an input has Data or Reference; no process here has inputs inside inputs',
      'une entrée a Data ou Reference ; aucun traitement n’a ici d’entrées dans des entrées',
    ),
  );
  return [];
}

function readOutput(output: XmlElement, faults: Exception[]): AskedOutput {
  const id = attributeOf(output, 'id')?.trim() ?? '';
  if (id === '') faults.push(missing('Output/@id'));
  if (childNamed(output, 'Output') !== undefined) {
    faults.push(
      invalid(id, 'no process here has outputs inside outputs', 'aucun traitement n’a ici de sorties dans des sorties'),
    );
  }
  const format = formatOf(id, (name) => attributeOf(output, name), faults);
  const transmission = attributeOf(output, 'transmission')?.trim() ?? 'value';
  if (transmission !== 'value' && transmission !== 'reference') {
    faults.push(invalid('transmission', 'there are: value, reference', 'il y a : value, reference'));
  }
  return {
    id,
    ...(format === null ? {} : { format }),
    transmission: transmission === 'reference' ? 'reference' : 'value',
  };
}

/** An attribute with a closed list of values; the first one where it is wrong, which is told. */
function chosen<const T extends string>(
  request: XmlElement,
  name: string,
  values: readonly [T, ...T[]],
  fault: (text: string) => Exception,
  faults: Exception[],
): T {
  const text = attributeOf(request, name)?.trim() ?? '';
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  faults.push(text === '' ? missing(name) : fault(values.join(', ')));
  return values[0];
}

export function readExecute2(request: XmlElement, faults: Exception[]): Execution {
  const named = childNamed(request, 'Identifier');
  const process = named === undefined ? '' : literalText(named).trim();
  if (process === '') faults.push(missing('Identifier'));
  const noMode = (have: string): Exception => ({
    code: 'NoSuchMode',
    locator: 'mode',
    text: { en: `there are: ${have}`, fr: `il y a : ${have}` },
  });
  const mode = chosen(request, 'mode', MODES, noMode, faults);
  const noResponse = (have: string): Exception => invalid('response', `there are: ${have}`, `il y a : ${have}`);
  const response = chosen(request, 'response', RESPONSES, noResponse, faults);
  const children = elementsOf(request);
  const outputs = children.filter(({ name }) => name === 'Output').map((output) => readOutput(output, faults));
  if (outputs.length === 0) faults.push(missing('Output'));
  if (response === 'raw' && outputs.length > 1) {
    faults.push(invalid('response', 'raw gives exactly one output', 'raw donne exactement une sortie'));
  }
  return {
    process,
    inputs: children.filter(({ name }) => name === 'Input').flatMap((input) => readInput(input, faults)),
    outputs,
    response,
    mode,
    isStored: false,
    hasLineage: false,
  };
}
