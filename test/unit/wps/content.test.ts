// Results between tags: nothing is lost at the ends of pieces, and nothing that is not XML stands there as XML.
import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseXml, textOf } from '../../../src/formats/syntax/xml.ts';
import { printXml } from '../../../src/formats/syntax/xml-print.ts';
import { cleanText } from '../../../src/formats/writers/text.ts';
import type { ByteSource } from '../../../src/model/byte-source.ts';
import { contentPieces } from '../../../src/protocols/wps/content.ts';
import { boxOfPairs } from '../../../src/protocols/wps/kvp-box.ts';

const test = suite('content of WPS');
const TEXT = { id: 'csv', mediaType: 'text/csv' };
const XML = { id: 'xml', mediaType: 'application/x+xml; charset=utf-8' };

/** Bytes in pieces of a few bytes each. */
function inPieces(bytes: Uint8Array, length: number): ByteSource {
  return {
    name: null,
    size: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
    },
    readAt: async (start, size) => bytes.subarray(start, start + size),
  };
}

async function whole(...parameters: Parameters<typeof contentPieces>): Promise<string> {
  let text = '';
  for await (const piece of contentPieces(...parameters)) text += piece;
  return text;
}

test('text of any kind comes back, whatever the pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      async (text, length) => {
        const plain = Buffer.from(text).toString();
        const content = await whole(inPieces(Buffer.from(plain), length), TEXT, null);
        // Characters that XML forbids are left out.
        assert.is(textOf(parseXml(`<a>${content}</a>`)), cleanText(plain).replace(/^\ufeff/, ''));
      },
    ),
    { numRuns: 150 },
  );
});

test('bytes come back from base64, whatever the pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: 1, max: 7 }), async (bytes, length) => {
      const content = await whole(inPieces(bytes, length), TEXT, 'base64');
      assert.is(content, Buffer.from(bytes).toString('base64'));
    }),
    { numRuns: 100 },
  );
});

test('XML stands there as XML without what is before its root; what is none as characters', async () => {
  const of = (text: string) => whole(inPieces(Buffer.from(text), 5), XML, null);
  assert.is(await of('\ufeff<?xml version="1.0"?>\r\n<!-- c -->\r\n<a>\r\n<b/></a>\r\n'), '<a>\n<b/></a>');
  for (const text of ['<a><b></a>', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', '<a/><b/>', 'plain', '<p:a/>', '']) {
    const content = await of(text);
    assert.is(XmlDocument.fromString(`<r>${content}</r>`).root.content, text, text);
  }
});

test('an element is written as a document that says the same', () => {
  const text =
    '<r xmlns="urn:d" xmlns:p="urn:p"><p:a q="1&#10;&quot;" p:s="&lt;" xml:lang="fr"><b/>x &amp; <c xmlns=""/></p:a></r>';
  const [inner] = parseXml(text).children;
  assert.ok(inner !== undefined && typeof inner !== 'string');
  const printed = printXml(inner);
  const again = parseXml(printed);
  const told = (element: typeof inner): unknown => [
    element.namespace,
    element.name,
    element.attributes.map(({ namespace, name, value }) => [namespace, name, value]),
    element.children.map((child) => (typeof child === 'string' ? child : told(child))),
  ];
  assert.equal(told(again), told(inner));
  assert.is(XmlDocument.fromString(printed).root.name, 'a');
});

test('boxes in characters', () => {
  const faults: Parameters<typeof boxOfPairs>[2] = [];
  assert.equal(boxOfPairs('b', '46,102,47,103', faults), {
    kind: 'box',
    lower: [46, 102],
    upper: [47, 103],
    crs: null,
  });
  assert.equal(boxOfPairs('b', ' 1 2 3 4 5 6 EPSG:4979 3 ', faults), {
    kind: 'box',
    lower: [1, 2, 3],
    upper: [4, 5, 6],
    crs: 'EPSG:4979',
  });
  assert.is(faults.length, 0);
  for (const wrong of [
    '',
    '1,2,3',
    '1,2,3,4,5',
    '1,2,3,4,EPSG:4326,3',
    '1,2,3,4,a,2,b',
    'x,1,2,3,4',
    `1,2,3,${'4'.repeat(500)}`,
  ]) {
    boxOfPairs('b', wrong, faults);
  }
  assert.is(faults.length, 7);
});

test.run();
