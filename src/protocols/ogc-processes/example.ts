// The example of a process as an execute request of this dialect.
import type { JsonValue } from '../../model/json.ts';
import type { InputValue, ProcessDescription } from '../../model/process.ts';
import { valueOfText } from '../../processing/literals.ts';

function written(value: InputValue, process: ProcessDescription, id: string): JsonValue {
  const type = process.inputs.find((input) => input.id === id)?.type;
  switch (value.kind) {
    case 'text':
      if (type?.kind === 'literal') return valueOfText(type, value.text);
      return { value: value.text, ...value.format };
    case 'json':
      return value.value;
    case 'reference':
      return { href: value.href };
    case 'record':
      return { href: value.record === null ? `/data/${value.service}` : `/data/${value.service}/${value.record}` };
    case 'file':
      return { href: `/files/${value.asset}/file` };
    case 'box':
      return { bbox: [...value.lower, ...value.upper], ...(value.crs === null ? {} : { crs: value.crs }) };
  }
}

/** The body to send. */
export function exampleOf(process: ProcessDescription): { readonly inputs: { readonly [input: string]: JsonValue } } {
  const inputs = Object.entries(process.example).map(([id, values]) => {
    const list = values.map((value) => written(value, process, id));
    const [first = null] = list;
    return [id, list.length === 1 ? first : list] as const;
  });
  return { inputs: Object.fromEntries(inputs) };
}
