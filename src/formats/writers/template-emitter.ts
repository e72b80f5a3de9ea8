// Collects the statements of a template's function and joins the text between them into single expressions.

export interface Emitter {
  /** Text that is known now. */
  literal(text: string): void;
  /** An expression that gives text. */
  expression(code: string): void;
  /** A statement, after all text so far. */
  statement(code: string): void;
  fresh(letter: string): string;
  /** Number of a new place where a text is remembered. */
  memory(): number;
  memories(): number;
  source(): string;
}

export function createEmitter(): Emitter {
  const lines: string[] = [];
  let terms: string[] = [];
  let text = '';
  let count = 0;
  let memories = 0;
  const endText = (): void => {
    if (text !== '') terms.push(JSON.stringify(text));
    text = '';
  };
  return {
    literal: (more) => {
      text += more;
    },
    expression: (code) => {
      endText();
      terms.push(code);
    },
    statement: (code) => {
      endText();
      if (terms.length > 0) lines.push(`o += ${terms.join(' + ')};`);
      terms = [];
      if (code !== '') lines.push(code);
    },
    fresh: (letter) => `${letter}${++count}`,
    memory: () => memories++,
    memories: () => memories,
    source: () => lines.join('\n'),
  };
}
