// The hydra operation of a DDSS: its template, and for each variable what the portal's form shows. Both profiles write it alike.
import { EPOS_PAYLOADS } from '../../formats/writers/epos-geojson.ts';
import { type Node, node, text, typed } from '../../formats/writers/rdf.ts';
import type { EposParameter, OldParameter } from '../../model/service.ts';
import { inLanguage } from '../../model/text.ts';
import { addressOf, type Described, type Publisher } from './described.ts';

const RANGES: { readonly [T in OldParameter['type']]: string } = {
  text: 'xsd:string',
  integer: 'xsd:integer',
  number: 'xsd:decimal',
  boolean: 'xsd:boolean',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  box: 'xsd:string',
};
const PATTERNS: { readonly [T in OldParameter['type']]?: string } = {
  date: 'YYYY-MM-DD',
  datetime: 'YYYY-MM-DDThh:mm:ssZ',
};
/** Sides of a box by their place in it. */
const SIDES = [
  'epos:westernmostLongitude',
  'epos:southernmostLatitude',
  'epos:easternmostLongitude',
  'epos:northernmostLatitude',
] as const;

/** Name of the variable that chooses the payload, which every address takes. */
const FORMAT = 'format';

/** The template with the optional variable for the payload; where nobody asks for one it expands as before. */
export function templateOf({ epos }: Described): string {
  const { template } = epos;
  return template.includes('{?') ? template.replace(/\{\?([^}]*)\}/, `{?$1, ${FORMAT}}`) : `${template}{?${FORMAT}}`;
}

/** What the portal's map and calendar fill. */
function meaningOf(old: OldParameter | undefined, part: EposParameter['part']): string | null {
  if (part !== undefined) return SIDES[part.index];
  if (old?.target === 'begin') return 'schema:startDate';
  if (old?.target === 'end') return 'schema:endDate';
  if (old?.target === 'latitude') return old.operator === 'max' ? SIDES[3] : old.operator === 'min' ? SIDES[1] : null;
  if (old?.target === 'longitude') return old.operator === 'max' ? SIDES[2] : old.operator === 'min' ? SIDES[0] : null;
  return null;
}

function mappingNode(own: EposParameter, { parameters }: Described): Node {
  const old = parameters.find(({ name }) => name === (own.part?.of ?? own.name));
  const type = own.part === undefined ? (old?.type ?? 'text') : 'number';
  const label = inLanguage(own.label ?? (own.part === undefined ? old?.label : undefined), 'en') || own.name;
  const values =
    own.values ?? (own.part === undefined ? old?.values : undefined) ?? (type === 'boolean' ? ['true', 'false'] : []);
  const bounds = own.part === undefined ? old : partBounds(own.part.index);
  return node(
    null,
    ['hydra:IriTemplateMapping'],
    [
      ['hydra:variable', text(own.name)],
      ['rdfs:label', text(label)],
      ['rdfs:range', text(RANGES[type])],
      [
        'hydra:required',
        typed(String(own.required ?? (own.part === undefined && old?.required) ?? false), 'xsd:boolean'),
      ],
      ['hydra:property', text(meaningOf(old, own.part))],
      ['schema:valuePattern', text(PATTERNS[type])],
      ['schema:defaultValue', text(own.default ?? (own.part === undefined ? old?.default : undefined))],
      ['schema:minValue', text(bounds?.min === undefined ? null : String(bounds.min))],
      ['schema:maxValue', text(bounds?.max === undefined ? null : String(bounds.max))],
      ['http:paramValue', values.flatMap((value) => text(value))],
    ],
  );
}

function partBounds(index: 0 | 1 | 2 | 3): { readonly min: number; readonly max: number } {
  return index % 2 === 0 ? { min: -180, max: 180 } : { min: -90, max: 90 };
}

function formatNode(): Node {
  return node(
    null,
    ['hydra:IriTemplateMapping'],
    [
      ['hydra:variable', text(FORMAT)],
      ['rdfs:label', text('Format of the answer')],
      ['rdfs:range', text('xsd:string')],
      ['hydra:required', typed('false', 'xsd:boolean')],
      ['hydra:property', text('schema:encodingFormat')],
      ['http:paramValue', EPOS_PAYLOADS.flatMap(({ mediaType }) => text(mediaType))],
    ],
  );
}

/** The operation under the address of 2019. */
export function operationNode(described: Described, { url }: Publisher): Node {
  const { epos } = described;
  const mappings = [...epos.parameters.map((own) => mappingNode(own, described)), formatNode()];
  const template = node(
    null,
    ['hydra:IriTemplate'],
    [
      ['hydra:template', text(url(templateOf(described)))],
      ['hydra:mapping', mappings],
    ],
  );
  return node(
    addressOf(epos.identifiers.operation),
    ['hydra:Operation'],
    [
      ['hydra:method', text('GET')],
      ['hydra:returns', EPOS_PAYLOADS.flatMap(({ mediaType }) => text(mediaType))],
      ['hydra:property', [template]],
    ],
  );
}
