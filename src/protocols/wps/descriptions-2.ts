// Descriptions of processes in WPS 2.0 (OGC 14-065r2, DescribeProcess): title before identifier, a format for every value, and LiteralDataDomain in no
// namespace, as its schema has it.
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
import { allowedValues, type DescriptionLimits } from './descriptions-1.ts';
import { DATA_TYPES, DIALECTS, JOB_CONTROL, LANGUAGE_TAGS, TRANSMISSION, TYPE_REFERENCE } from './vocabulary.ts';

const VERSION = '2.0.0';

function head(id: string, title: Localised, abstract: Localised, language: Language, keywords = ''): string {
  return (
    `<ows:Title>${xmlText(inLanguage(title, language))}</ows:Title><ows:Abstract>${xmlText(inLanguage(abstract, language))}</ows:Abstract>` +
    `${keywords}<ows:Identifier>${xmlText(id)}</ows:Identifier>`
  );
}

function formatElement({ mediaType, encoding, schema }: MediaFormat, most: number | null, isDefault: boolean): string {
  return (
    `<wps:Format mimeType="${xmlAttribute(mediaType)}"${encoding === undefined ? '' : ` encoding="${encoding}"`}` +
    `${schema === undefined ? '' : ` schema="${xmlAttribute(schema)}"`}${most === null ? '' : ` maximumMegabytes="${most}"`}` +
    `${isDefault ? ' default="true"' : ''}/>`
  );
}

/** Literals and boxes as characters or as the elements of the standard. */
const PLAIN_OR_XML = '<wps:Format mimeType="text/plain" default="true"/><wps:Format mimeType="text/xml"/>';
const XML_ALONE = '<wps:Format mimeType="text/xml" default="true"/>';

function literal(kind: LiteralKind): string {
  const name = kind.isList ? 'string' : DATA_TYPES[kind.type];
  const unit = kind.unit === undefined ? '' : `<ows:UOM>${xmlText(kind.unit)}</ows:UOM>`;
  const preset = kind.default === undefined ? '' : `<ows:DefaultValue>${xmlText(kind.default)}</ows:DefaultValue>`;
  return (
    `<wps:LiteralData>${PLAIN_OR_XML}<LiteralDataDomain default="true">${allowedValues(kind)}` +
    `<ows:DataType ows:reference="${TYPE_REFERENCE[VERSION]}${name}">${name}</ows:DataType>${unit}${preset}</LiteralDataDomain></wps:LiteralData>`
  );
}

/** `limits`: of an input; null: of an output. */
function valueType(type: PortKind, limits: DescriptionLimits | null): string {
  switch (type.kind) {
    case 'literal':
      return literal(type);
    case 'complex': {
      const most =
        limits === null
          ? null
          : Math.max(1, Math.floor(Math.min(type.mostMegabytes ?? Infinity, limits.mostMegabytes)));
      const all = type.formats.map((format, n) => formatElement(format, most, n === 0));
      return `<wps:ComplexData>${all.join('')}</wps:ComplexData>`;
    }
    default: {
      const all = type.crs.map(
        (crs, n) => `<wps:SupportedCRS${n === 0 ? ' default="true"' : ''}>${xmlText(crs)}</wps:SupportedCRS>`,
      );
      return `<wps:BoundingBoxData>${XML_ALONE}${all.join('')}</wps:BoundingBoxData>`;
    }
  }
}

function inputElement(input: InputDescription, language: Language, limits: DescriptionLimits): string {
  const { id, title, abstract, minOccurs, maxOccurs, type } = input;
  return `<wps:Input minOccurs="${minOccurs}" maxOccurs="${maxOccurs}">${head(id, title, abstract, language)}${valueType(type, limits)}</wps:Input>`;
}

const outputElement = ({ id, title, abstract, type }: OutputDescription, language: Language): string =>
  `<wps:Output>${head(id, title, abstract, language)}${valueType(type, null)}</wps:Output>`;

function offering(process: ProcessDescription, language: Language, limits: DescriptionLimits): string {
  const { id, version, title, abstract, keywords } = process;
  const list = keywords.map((each) => `<ows:Keyword>${xmlText(each)}</ows:Keyword>`).join('');
  return (
    `<wps:ProcessOffering jobControlOptions="${JOB_CONTROL}" outputTransmission="${TRANSMISSION}" processVersion="${xmlAttribute(version)}">` +
    `<wps:Process xml:lang="${LANGUAGE_TAGS[language]}">` +
    head(id, title, abstract, language, list === '' ? '' : `<ows:Keywords>${list}</ows:Keywords>`) +
    process.inputs.map((input) => inputElement(input, language, limits)).join('') +
    process.outputs.map((output) => outputElement(output, language)).join('') +
    '</wps:Process></wps:ProcessOffering>'
  );
}

/** One `wps:ProcessOfferings` element, without XML declaration. */
export function processOfferings(
  processes: readonly ProcessDescription[],
  language: Language,
  limits: DescriptionLimits,
): string {
  const { wps, ows } = DIALECTS[VERSION];
  return (
    `<wps:ProcessOfferings xmlns:wps="${wps}" xmlns:ows="${ows}">` +
    `${processes.map((process) => offering(process, language, limits)).join('')}</wps:ProcessOfferings>`
  );
}
