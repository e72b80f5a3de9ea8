// Descriptions of processes in WPS 1.0.0 (OGC 05-007r7, 9.3). The elements of this document are in no namespace but those of OWS Common: its schema
// leaves local elements unqualified.
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type {
  InputDescription,
  LiteralKind,
  MediaFormat,
  OutputDescription,
  PortKind,
  ProcessDescription,
} from '../../model/process.ts';
import { inLanguage, type Language, type Localised } from '../../model/text.ts';
import { DATA_TYPES, DIALECTS, LANGUAGE_TAGS, TYPE_REFERENCE, XLINK } from './vocabulary.ts';

export interface DescriptionLimits {
  /** Most that may stand inside a request, in megabytes. */
  readonly mostMegabytes: number;
}

const VERSION = '1.0.0';

function head(id: string, title: Localised, abstract: Localised, language: Language): string {
  return (
    `<ows:Identifier>${xmlText(id)}</ows:Identifier><ows:Title>${xmlText(inLanguage(title, language))}</ows:Title>` +
    `<ows:Abstract>${xmlText(inLanguage(abstract, language))}</ows:Abstract>`
  );
}

function formatElement({ mediaType, encoding, schema }: MediaFormat): string {
  return (
    `<Format><MimeType>${xmlText(mediaType)}</MimeType>${encoding === undefined ? '' : `<Encoding>${encoding}</Encoding>`}` +
    `${schema === undefined ? '' : `<Schema>${xmlText(schema)}</Schema>`}</Format>`
  );
}

/** The default stands among the supported ones again. */
function formats(all: readonly MediaFormat[]): string {
  const [first] = all;
  if (first === undefined) throw new Error('a complex value has at least one format');
  return `<Default>${formatElement(first)}</Default><Supported>${all.map(formatElement).join('')}</Supported>`;
}

function dataType({ type, isList }: LiteralKind): string {
  const name = isList ? 'string' : DATA_TYPES[type];
  return `<ows:DataType ows:reference="${TYPE_REFERENCE[VERSION]}${name}">${name}</ows:DataType>`;
}

function units({ unit }: LiteralKind): string {
  if (unit === undefined) return '';
  const element = `<ows:UOM>${xmlText(unit)}</ows:UOM>`;
  return `<UOMs><Default>${element}</Default><Supported>${element}</Supported></UOMs>`;
}

/** ows:AllowedValues or ows:AnyValue; the same in OWS 1.1 and 2.0. */
export function allowedValues({ allowed, minimum, maximum, isList }: LiteralKind): string {
  if (isList) return '<ows:AnyValue/>';
  if (allowed !== undefined)
    return `<ows:AllowedValues>${allowed.map((each) => `<ows:Value>${xmlText(each)}</ows:Value>`).join('')}</ows:AllowedValues>`;
  if (minimum === undefined && maximum === undefined) return '<ows:AnyValue/>';
  return (
    `<ows:AllowedValues><ows:Range>${minimum === undefined ? '' : `<ows:MinimumValue>${xmlText(minimum)}</ows:MinimumValue>`}` +
    `${maximum === undefined ? '' : `<ows:MaximumValue>${xmlText(maximum)}</ows:MaximumValue>`}</ows:Range></ows:AllowedValues>`
  );
}

function systems(crs: readonly string[]): string {
  const all = crs.map((each) => `<CRS>${xmlText(each)}</CRS>`);
  return `<Default>${all[0] ?? ''}</Default><Supported>${all.join('')}</Supported>`;
}

function inputType(type: PortKind, limits: DescriptionLimits): string {
  switch (type.kind) {
    case 'complex': {
      const most = Math.max(1, Math.floor(Math.min(type.mostMegabytes ?? Infinity, limits.mostMegabytes)));
      return `<ComplexData maximumMegabytes="${most}">${formats(type.formats)}</ComplexData>`;
    }
    case 'literal': {
      const preset = type.default === undefined ? '' : `<DefaultValue>${xmlText(type.default)}</DefaultValue>`;
      return `<LiteralData>${dataType(type)}${units(type)}${allowedValues(type)}${preset}</LiteralData>`;
    }
    default:
      return `<BoundingBoxData>${systems(type.crs)}</BoundingBoxData>`;
  }
}

function outputType(type: PortKind): string {
  switch (type.kind) {
    case 'complex':
      return `<ComplexOutput>${formats(type.formats)}</ComplexOutput>`;
    case 'literal':
      return `<LiteralOutput>${dataType(type)}${units(type)}</LiteralOutput>`;
    default:
      return `<BoundingBoxOutput>${systems(type.crs)}</BoundingBoxOutput>`;
  }
}

function inputElement(input: InputDescription, language: Language, limits: DescriptionLimits): string {
  const { id, title, abstract, minOccurs, maxOccurs, type } = input;
  return `<Input minOccurs="${minOccurs}" maxOccurs="${maxOccurs}">${head(id, title, abstract, language)}${inputType(type, limits)}</Input>`;
}

const outputElement = ({ id, title, abstract, type }: OutputDescription, language: Language): string =>
  `<Output>${head(id, title, abstract, language)}${outputType(type)}</Output>`;

function description(process: ProcessDescription, language: Language, limits: DescriptionLimits): string {
  const { id, version, title, abstract } = process;
  const inputs = process.inputs.map((input) => inputElement(input, language, limits)).join('');
  return (
    `<ProcessDescription wps:processVersion="${xmlAttribute(version)}" storeSupported="true" statusSupported="true">` +
    `${head(id, title, abstract, language)}${inputs === '' ? '' : `<DataInputs>${inputs}</DataInputs>`}` +
    `<ProcessOutputs>${process.outputs.map((output) => outputElement(output, language)).join('')}</ProcessOutputs></ProcessDescription>`
  );
}

/** One `wps:ProcessDescriptions` element, without XML declaration. */
export function processDescriptions(
  processes: readonly ProcessDescription[],
  language: Language,
  limits: DescriptionLimits,
): string {
  const { wps, ows } = DIALECTS[VERSION];
  return (
    `<wps:ProcessDescriptions xmlns:wps="${wps}" xmlns:ows="${ows}" xmlns:xlink="${XLINK}" service="WPS" version="${VERSION}" ` +
    `xml:lang="${LANGUAGE_TAGS[language]}">${processes.map((process) => description(process, language, limits)).join('')}</wps:ProcessDescriptions>`
  );
}
