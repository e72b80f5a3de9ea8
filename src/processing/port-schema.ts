// The JSON Schema of an input or output, as OpenAPI 3.0 has it (no `const`, no list of types), which OGC API Processes asks of both (18-062r2, 7.9).
import type { ComplexKind, LiteralKind, MediaFormat, PortKind, PortSchema } from '../model/process.ts';

const BOX = 'https://schemas.opengis.net/ogcapi/processes/part1/1.0/openapi/schemas/bbox.yaml';

function literalSchema(kind: LiteralKind): PortSchema {
  if (kind.isList) {
    const { isList: _isList, ...one } = kind;
    return { type: 'array', items: literalSchema(one) };
  }
  const bounds = {
    ...(kind.minimum === undefined ? {} : { minimum: kind.minimum }),
    ...(kind.maximum === undefined ? {} : { maximum: kind.maximum }),
    ...(kind.longest === undefined ? {} : { maxLength: kind.longest }),
    ...(kind.allowed === undefined ? {} : { enum: kind.allowed }),
    ...(kind.default === undefined ? {} : { default: kind.default }),
  };
  if (kind.type === 'double') return { type: 'number', format: 'double', ...bounds };
  if (kind.type === 'integer' || kind.type === 'boolean') return { type: kind.type, ...bounds };
  return { type: 'string', ...(kind.type === 'duration' ? { format: 'duration' } : {}), ...bounds };
}

function formatSchema(format: MediaFormat): PortSchema {
  const { mediaType, encoding, schema } = format;
  const isObject = encoding === undefined && /[/+]json$/.test(mediaType);
  return {
    type: isObject ? 'object' : 'string',
    contentMediaType: mediaType,
    ...(encoding === undefined ? {} : { contentEncoding: encoding }),
    ...(schema === undefined ? {} : { contentSchema: schema }),
  };
}

function complexSchema({ formats }: ComplexKind): PortSchema {
  const [only, ...others] = formats.map(formatSchema);
  return others.length === 0 ? (only ?? {}) : { oneOf: formats.map(formatSchema) };
}

/** The first branch of `oneOf` is the default format. The box says its format first: clients tell it by that. */
export function schemaOf(kind: PortKind): PortSchema {
  if (kind.kind === 'literal') return literalSchema(kind);
  if (kind.kind === 'complex') return complexSchema(kind);
  return { allOf: [{ format: 'ogc-bbox' }, { $ref: BOX }] };
}
