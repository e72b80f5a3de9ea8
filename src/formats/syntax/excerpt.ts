// How a message quotes what the caller wrote: short, on one line, without control characters.

const LONGEST = 40;

/** The text in quotes, at most 40 characters of it, control characters shown as `?`. */
export function excerpt(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `"${shown.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/g, '?')}"`;
}
