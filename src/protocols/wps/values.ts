// Values of outputs between the tags of an answer: literals, boxes, content, and the address instead of them.
import { xmlAttribute, xmlContent } from '../../formats/writers/text.ts';
import type { JobOutput } from '../../model/job.ts';
import type { JsonValue } from '../../model/json.ts';
import type { GivenFormat, MediaFormat } from '../../model/process.ts';

export type LiteralOutput = JobOutput & { readonly kind: 'literal' };
export type BoxOutput = JobOutput & { readonly kind: 'box' };
export type FileOutput = JobOutput & { readonly kind: 'file' };

/** A literal as characters; lists and objects as JSON. */
export const literalCharacters = (value: JsonValue): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Corners of a box as OWS Common writes them, in the axis order of its crs. */
export function corners({ lower, upper }: Pick<BoxOutput, 'lower' | 'upper'>): string {
  return (
    `<ows:LowerCorner>${xmlContent(lower.join(' '))}</ows:LowerCorner>` +
    `<ows:UpperCorner>${xmlContent(upper.join(' '))}</ows:UpperCorner>`
  );
}

export const boxAttributes = ({
  crs,
  lower,
}: {
  readonly crs: string | null;
  readonly lower: readonly number[];
}): string => `${crs === null ? '' : ` crs="${xmlAttribute(crs)}"`} dimensions="${lower.length}"`;

/** ` mimeType="…" encoding="…" schema="…"`. */
export function formatAttributes({ mediaType, encoding, schema }: GivenFormat | MediaFormat): string {
  const one = (name: string, text: string | undefined): string =>
    text === undefined ? '' : ` ${name}="${xmlAttribute(text)}"`;
  return one('mimeType', mediaType) + one('encoding', encoding) + one('schema', schema);
}
