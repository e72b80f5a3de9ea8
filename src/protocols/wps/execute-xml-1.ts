// Execute of WPS 1.0.0 in XML (OGC 05-007r7, 10.2): Identifier, DataInputs, ResponseForm.
import { attributeOf, elementsOf, type XmlElement } from '../../formats/syntax/xml.ts';
import type { InputValue } from '../../model/process.ts';
import type { AskedOutput, Execution } from './call.ts';
import { type Exception, invalid, missing, statusNeedsStore } from './errors.ts';
import { formatOf } from './given-format.ts';
import { childNamed, literalText, readBox, readContent, readLiteralElement, readReference } from './input-elements.ts';

const identifierOf = (element: XmlElement): string => {
  const named = childNamed(element, 'Identifier');
  return named === undefined ? '' : literalText(named).trim();
};

function readData(id: string, data: XmlElement, faults: Exception[]): InputValue | null {
  const [content] = elementsOf(data);
  switch (content?.name) {
    case 'LiteralData':
      return readLiteralElement(content);
    case 'ComplexData':
      return readContent(id, content, faults);
    // OpenLayers 2 writes the box of OWS Common itself.
    case 'BoundingBoxData':
    case 'BoundingBox':
      return readBox(id, content, faults);
    default:
      faults.push(
        invalid(
          id,
          'Data holds LiteralData, ComplexData or BoundingBoxData',
          'Data contient LiteralData, ComplexData ou BoundingBoxData',
        ),
      );
      return null;
  }
}

function readInput(input: XmlElement, faults: Exception[]): readonly (readonly [string, InputValue])[] {
  const id = identifierOf(input);
  if (id === '') {
    faults.push(missing('Input/Identifier'));
    return [];
  }
  const reference = childNamed(input, 'Reference');
  if (reference !== undefined) return [[id, readReference(id, reference, faults)]];
  const data = childNamed(input, 'Data');
  if (data === undefined) {
    faults.push(invalid(id, 'an input has Data or Reference', 'une entrée a Data ou Reference'));
    return [];
  }
  const value = readData(id, data, faults);
  return value === null ? [] : [[id, value]];
}

/** xs:boolean of an attribute. */
function flagOf(element: XmlElement | undefined, name: string, faults: Exception[]): boolean {
  const text = attributeOf(element, name)?.trim() ?? 'false';
  if (!/^(?:true|false|1|0)$/.test(text)) {
    faults.push(invalid(name, 'must be true or false', 'doit être true ou false'));
  }
  return text === 'true' || text === '1';
}

function readOutput(element: XmlElement, faults: Exception[]): AskedOutput {
  const id = identifierOf(element);
  if (id === '') faults.push(missing('Output/Identifier'));
  const format = formatOf(id, (name) => attributeOf(element, name), faults);
  const isReference = flagOf(element, 'asReference', faults);
  return { id, ...(format === null ? {} : { format }), transmission: isReference ? 'reference' : 'value' };
}

export function readExecute1(request: XmlElement, faults: Exception[]): Execution {
  const process = identifierOf(request);
  if (process === '') faults.push(missing('Identifier'));
  const inputs = elementsOf(childNamed(request, 'DataInputs')).filter((child) => child.name === 'Input');
  const form = childNamed(request, 'ResponseForm');
  const raw = childNamed(form, 'RawDataOutput');
  const document = childNamed(form, 'ResponseDocument');
  if (raw !== undefined && document !== undefined) {
    faults.push(invalid('ResponseDocument', 'either this or RawDataOutput', 'soit cet élément, soit RawDataOutput'));
  }
  if (form !== undefined && raw === undefined && document === undefined) {
    faults.push(
      invalid('ResponseForm', 'holds ResponseDocument or RawDataOutput', 'contient ResponseDocument ou RawDataOutput'),
    );
  }
  const outputs = raw === undefined ? elementsOf(document).filter((child) => child.name === 'Output') : [raw];
  const isStored = flagOf(document, 'storeExecuteResponse', faults);
  const hasLineage = flagOf(document, 'lineage', faults);
  const hasStatus = flagOf(document, 'status', faults);
  if (hasStatus && !isStored) faults.push(statusNeedsStore);
  return {
    process,
    inputs: inputs.flatMap((input) => readInput(input, faults)),
    outputs: outputs.length === 0 ? null : outputs.map((output) => readOutput(output, faults)),
    response: raw === undefined ? 'document' : 'raw',
    mode: hasStatus ? 'async' : 'sync',
    isStored,
    hasLineage,
  };
}
