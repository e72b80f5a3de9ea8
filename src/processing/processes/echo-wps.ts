// The echo process whose name and inputs the test suite of WPS 2.0 has written into it; offered by a setting only.
import type { MediaFormat } from '../../model/process.ts';
import { boxOutput, complexOutput, content, literalOutput, optional, optionalBox } from '../ports.ts';
import { defineProcess } from '../process.ts';
import { echoed, echoedBox, echoedBytes } from './echo.ts';

const XML: MediaFormat = { id: 'xml', mediaType: 'text/xml' };
const CRS = [
  'http://www.opengis.net/def/crs/EPSG/0/4326',
  'urn:ogc:def:crs:EPSG::4326',
  'EPSG:4326',
  'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  'urn:ogc:def:crs:OGC:1.3:CRS84',
];

export const echoWps = defineProcess({
  id: 'org.n52.javaps.test.EchoProcess',
  version: '1.0.0',
  title: { en: 'Echo (WPS)', fr: 'Écho (WPS)' },
  abstract: {
    en: 'Gives back what it was given, for tests of clients of WPS.',
    fr: 'Rend ce qui lui a été donné, pour les tests de clients WPS.',
  },
  keywords: ['test'],
  inputs: {
    literalInput: optional('string', echoed('Text', 'Texte')),
    complexInput: content(echoed('XML', 'XML'), [XML]),
    boundingboxInput: optionalBox(echoed('Box', 'Rectangle'), CRS),
  },
  outputs: {
    literalOutput: literalOutput('string', echoed('Text', 'Texte')),
    complexOutput: complexOutput(echoed('XML', 'XML'), [XML]),
    boundingboxOutput: boxOutput(echoed('Box', 'Rectangle'), CRS),
  },
  example: { literalInput: [{ kind: 'text', text: 'hello_literal' }] },
  suits: () => false,
  run: async ({ literalInput, complexInput, boundingboxInput }) => ({
    literalOutput: () => (literalInput === null ? { kind: 'none' } : { kind: 'literal', value: literalInput }),
    complexOutput: () => echoedBytes(complexInput, XML),
    boundingboxOutput: () => echoedBox(boundingboxInput),
  }),
});
