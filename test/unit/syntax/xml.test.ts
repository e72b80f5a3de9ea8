import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { attributeOf, elementsOf, parseXml, textOf } from '../../../src/formats/syntax/xml.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';

const test = suite('reading XML');

function fault(text: string, limits?: Parameters<typeof parseXml>[1]): string {
  try {
    parseXml(text, limits);
  } catch (error) {
    if (error instanceof SyntaxFault) return error.detail.en ?? '';
    throw error;
  }
  throw new Error(`read without fault: ${text.slice(0, 100)}`);
}

test('names are resolved by address, whatever the prefix', () => {
  const root = parseXml(
    '<?xml version="1.0"?><!-- c --><a:r xmlns:a="urn:a" xmlns="urn:d" p="1" a:q="2"><x/><a:y xmlns:a="urn:b"/></a:r>',
  );
  assert.is(root.namespace, 'urn:a');
  assert.is(root.name, 'r');
  assert.is(attributeOf(root, 'p'), '1');
  assert.is(attributeOf(root, 'q', 'urn:a'), '2');
  assert.is(attributeOf(root, 'q'), undefined);
  assert.equal(
    elementsOf(root).map((child) => child.namespace),
    ['urn:d', 'urn:b'],
  );
});

test('a long text is read as a short one, quickly, and places stay those of the text', () => {
  const long = '1,2.5,-99.99\n'.repeat(10_000);
  const other = 'x'.repeat(5000);
  for (const [a, b] of [
    [long, other],
    [`${long}&lt;`, other],
    [long, `${other}<![CDATA[<]]>`],
    [`${long}<!-- > ${other} -->`, `${other}>`],
  ] as const) {
    const text = `<r q="> ${other}"><a>${a}</a><b>${b}</b><c/></r>`;
    const root = parseXml(text);
    const [first, second, third] = elementsOf(root);
    assert.ok(first && second && third);
    assert.ok(textOf(first).startsWith(long));
    assert.ok(textOf(second).startsWith(other));
    assert.is(attributeOf(root, 'q'), `> ${other}`);
    assert.equal(
      [first, second, third].map(({ offset }) => offset),
      [text.indexOf('<a>'), text.indexOf('<b>'), text.indexOf('<c/>')],
    );
  }
  const started = performance.now();
  parseXml(`<r>${long.repeat(15)}</r>`);
  assert.ok(performance.now() - started < 400, `${performance.now() - started} ms for 2 MB`);
  assert.match(fault(`<r>${other}]]>${other}</r>`), /"]]>" in text/);
  assert.match(fault(`<r>${other}&nobody;${other}</r>`), /nobody/);
  assert.is(
    textOf(parseXml(`<r>${other}&lt;${other}<![CDATA[<b>${other}]]>]] ></r>`)),
    `${other}<${other}<b>${other}]] >`,
  );
  assert.match(fault(`<r>${long}]]></r>`), /"]]>" in text/);
  assert.match(fault(`<r a="${long}`), /does not end/);
  assert.match(fault(`<r a="${long}"/>`), /longer than 100000/);
  assert.match(fault(`<r>${'<a/>'.repeat(60)}</r>`, { size: 1e6, depth: 9, elements: 60 }), /more than 60 elements/);
  assert.is(elementsOf(parseXml(`<r>${'<a/>'.repeat(60)}</r>`, { size: 1e6, depth: 9, elements: 61 })).length, 60);
});

test('text, references, CDATA and white space', () => {
  const root = parseXml('<r a="x&#10;&quot; y\nz"> a &amp; &#xE9;<![CDATA[<b>&amp;]]><!-- no --> c\r\n</r>');
  assert.is(textOf(root), ' a & é<b>&amp; c\n');
  assert.is(attributeOf(root, 'a'), 'x\n" y z');
  assert.is(parseXml('\ufeff<r/>').name, 'r');
});

test('what is not well formed is refused with a reason', () => {
  const bad = [
    '',
    'text',
    '<a>',
    '<a><b></a>',
    '<a/><b/>',
    '<a>&</a>',
    '<a>&nope;</a>',
    '<a b="1" b="2"/>',
    '<a b=1/>',
    '<a b="<"/>',
    '<a b/>',
  ];
  bad.push(
    '<x:a/>',
    '<a x:b="1"/>',
    '<a>]]></a>',
    '<a>\u0001</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#x110000;</a>',
    '<a:b:c/>',
    '<1a/>',
    '<a>\ud800</a>',
  );
  bad.push('<a><![CDATA[x</a>', '<a></a>x', '<__proto__/>', '<a __proto__="1"><b></a>');
  for (const text of bad) assert.match(fault(text), /not well formed/, text);
});

test('document types and entities are refused, size and depth bounded', () => {
  assert.match(fault('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'), /document type/);
  assert.match(fault(`<r>${' '.repeat(100)}</r>`, { size: 50, depth: 10 }), /longer than 50/);
  const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  assert.is(parseXml(nested(90)).name, 'a');
  assert.match(fault(nested(150)), /nested/i);
  assert.match(fault(nested(100_000)), /not well formed/);
});

test('whatever the text, it is read or refused', () => {
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<a',
    '>',
    '/>',
    '"',
    '=',
    ' b',
    '&',
    '&amp;',
    ';',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    'x',
    ':',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        parseXml(pieces.join(''));
      } catch (error) {
        assert.instance(error, SyntaxFault);
      }
    }),
    { numRuns: 2000 },
  );
});

test.run();
