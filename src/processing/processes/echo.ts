// echo: gives back what it was given, after a pause. For the test suite of OGC API Processes; offered by a setting only.
import type { MediaFormat } from '../../model/process.ts';
import {
  boxOutput,
  complexOutput,
  content,
  literalOutput,
  optional,
  optionalBox,
  required,
  type Words,
} from '../ports.ts';
import { defineProcess, type GivenBox, type Outcome, type Source } from '../process.ts';

export const echoed = (en: string, fr: string): Words => ({
  title: { en, fr },
  abstract: { en: 'Given back as it is.', fr: 'Rendu tel quel.' },
});

export function echoedBox(box: GivenBox | null): Outcome {
  return box === null ? { kind: 'none' } : { kind: 'box', lower: box.lower, upper: box.upper, crs: box.crs };
}

export function echoedBytes(source: Source | null, format: MediaFormat): Outcome {
  if (source?.bytes == null) return { kind: 'none' };
  return { kind: 'bytes', bytes: source.bytes.stream(), format, name: 'echo' };
}

const TIFF: MediaFormat = { id: 'tiff', mediaType: 'image/tiff; application=geotiff', encoding: 'base64' };

export const echo = defineProcess({
  id: 'echo',
  version: '1.0.0',
  title: { en: 'Echo', fr: 'Écho' },
  abstract: {
    en: 'Gives back what it was given, for tests of clients.',
    fr: 'Rend ce qui lui a été donné, pour les tests de clients.',
  },
  keywords: ['test'],
  inputs: {
    stringInput: required('string', echoed('Text', 'Texte')),
    pause: optional(
      'integer',
      { title: { en: 'Pause', fr: 'Pause' }, abstract: { en: 'Seconds to wait.', fr: 'Secondes d’attente.' } },
      { minimum: 0, maximum: 60 },
    ),
    arrayInput: optional('string', echoed('List', 'Liste'), { isList: true }),
    boxInput: optionalBox(echoed('Box', 'Rectangle')),
    tiffInput: content(echoed('Picture', 'Image'), [TIFF]),
  },
  outputs: {
    stringInput: literalOutput('string', echoed('Text', 'Texte')),
    arrayInput: literalOutput('string', echoed('List', 'Liste'), { isList: true }),
    boxInput: boxOutput(echoed('Box', 'Rectangle')),
    tiffInput: complexOutput(echoed('Picture', 'Image'), [TIFF]),
  },
  example: { stringInput: [{ kind: 'text', text: 'teststring' }] },
  suits: () => false,
  run: async ({ stringInput, pause, arrayInput, boxInput, tiffInput }, context) => {
    if (pause !== null) await context.sleep(pause * 1000);
    return {
      stringInput: () => ({ kind: 'literal', value: stringInput }),
      arrayInput: () => (arrayInput === null ? { kind: 'none' } : { kind: 'literal', value: arrayInput }),
      boxInput: () => echoedBox(boxInput),
      tiffInput: () => echoedBytes(tiffInput, TIFF),
    };
  },
});
