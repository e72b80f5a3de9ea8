import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { attributeOf, parseXml, textOf } from '../../../src/formats/syntax/xml.ts';
import {
  compileTemplate,
  type Names,
  shared,
  TemplateFault,
  type ViewOf,
} from '../../../src/formats/writers/xml-template.ts';

const test = suite('XML templates');

function compile<const N extends Names>(
  body: string,
  names: N,
  others: { readonly [file: string]: string } = {},
): (view: ViewOf<N>) => string {
  const templates = new Map([
    ['t/doc.xml', `<r xmlns:vobs="urn:vobs:template">${body}</r>`],
    ...Object.entries(others).map(([file, text]) => [`t/${file}`, text] as const),
  ]);
  const write = compileTemplate(templates, 't/doc.xml', names);
  return (view) => write(view).replace(/^<r>|<\/r>$/g, '');
}

function faultOf(
  body: string,
  names: Names = { a: 'value', list: 'list', group: { b: 'value' } },
  others = {},
): TemplateFault {
  try {
    compile(body, names, others);
  } catch (error) {
    if (error instanceof TemplateFault) return error;
    throw error;
  }
  throw new Error(`no fault in ${body}`);
}

const A = { a: 'value' } as const;
const AB = { a: 'value', b: 'value' } as const;

test('slots in text and attributes', () => {
  const write = compile('<x y="{a}">{a} and {b}</x>', AB);
  assert.is(write({ a: 'one', b: 2 }), '<x y="one">one and 2</x>');
});

test('an element disappears when one of its own slots has no value, with all that is in it', () => {
  const write = compile('<x y="{a}"><z>constant</z><w>{b}</w></x>', AB);
  assert.is(write({ a: undefined, b: 'kept?' }), '');
  assert.is(write({ a: 'yes', b: undefined }), '<x y="yes"><z>constant</z></x>');
  for (const nothing of [undefined, null, '', '  \n', '\u0001', Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.is(write({ a: nothing, b: 1 }), '', `${String(nothing)} is no value`);
  }
  for (const something of [0, false, '0', -0.5]) assert.match(write({ a: something, b: 1 }), /^<x/);
});

test('an element without slots of its own lives as long as something variable in it lives; constants keep nothing alive', () => {
  const write = compile('<x><k>constant</k><y><z>{a}</z></y><w><v>{b}</v></w></x>', AB);
  assert.is(write({ a: 1, b: undefined }), '<x><k>constant</k><y><z>1</z></y></x>');
  assert.is(write({ a: undefined, b: 2 }), '<x><k>constant</k><w><v>2</v></w></x>');
  assert.is(write({ a: undefined, b: undefined }), '');
});

test('an element that holds constants only is always written', () => {
  assert.is(compile('<x y="1"><z/>text</x>', A)({ a: undefined }), '<x y="1"><z/>text</x>');
});

test('the tags around a single variable element come and go with it', () => {
  const write = compile('<x><y k="1"><z><c/>{a}</z><d/></y></x>', A);
  assert.is(write({ a: 'v' }), '<x><y k="1"><z><c/>v</z><d/></y></x>');
  assert.is(write({ a: '' }), '');
});

test('optional pieces', () => {
  const write = compile('<x y="[{b}]" z="1[-{b}]">{a}[; b={b}]</x>', AB);
  assert.is(write({ a: 1, b: 2 }), '<x y="2" z="1-2">1; b=2</x>');
  assert.is(write({ a: 1, b: undefined }), '<x z="1">1</x>');
  assert.is(compile('<x>[{a}][{b}]</x>', AB)({ a: undefined, b: undefined }), '');
});

test('a condition slot writes nothing and must hold', () => {
  const write = compile('<x t="[{?b}yes]">{a}</x>', AB);
  assert.is(write({ a: 1, b: 'z' }), '<x t="yes">1</x>');
  assert.is(write({ a: 1, b: undefined }), '<x>1</x>');
});

test('braces and brackets doubled are themselves', () => {
  assert.is(compile('<x y="{{[[{a}]]}}">{{{a}}}</x>', A)({ a: 1 }), '<x y="{[1]}">{1}</x>');
});

test('vobs:if and vobs:unless', () => {
  const write = compile(
    '<x vobs:if="a">1</x><y vobs:unless="a">2</y><z vobs:if="a = dog">{a}</z><w vobs:unless="a = dog">3</w>',
    A,
  );
  assert.is(write({ a: 'dog' }), '<x>1</x><z>dog</z>');
  assert.is(write({ a: undefined }), '<y>2</y><w>3</w>');
  assert.is(compile('<p><x vobs:if="a"/></p>', A)({ a: true }), '<p><x/></p>');
  assert.is(compile('<p><x vobs:if="a"/></p>', A)({ a: false }), '');
  const list = compile('<x vobs:if="l">some</x>', { l: 'list' });
  assert.is(list({ l: [] }), '');
  assert.is(list({ l: ['a'] }), '<x>some</x>');
});

test('vobs:each over values, groups, one group, nothing', () => {
  const values = compile('<p><x vobs:each="l">{.}</x></p>', { l: 'list' });
  assert.is(values({ l: ['a', '', 'b'] }), '<p><x>a</x><x>b</x></p>');
  assert.is(values({ l: [] }), '');
  assert.is(values({ l: undefined }), '');
  const names = { id: 'value', g: { v: 'value', inner: { w: 'value' } } } as const;
  const groups = compile(
    '<x vobs:each="g" id="{../id}"><v>{v}</v><y vobs:each="inner">{w}{../v}{../../id}</y></x>',
    names,
  );
  assert.is(
    groups({
      id: 9,
      g: [
        { v: 1, inner: { w: 'a' } },
        { v: 2, inner: [] },
        { v: 3, inner: undefined },
      ],
    }),
    '<x id="9"><v>1</v><y>a19</y></x><x id="9"><v>2</v></x><x id="9"><v>3</v></x>',
  );
  assert.is(groups({ id: 9, g: { v: 1, inner: null } }), '<x id="9"><v>1</v></x>');
});

test('vobs:group vanishes and leaves its content', () => {
  const write = compile('<p><vobs:group vobs:each="g"><k>{v}</k><l>{v}</l></vobs:group></p>', { g: { v: 'value' } });
  assert.is(write({ g: [{ v: 1 }, { v: 2 }] }), '<p><k>1</k><l>1</l><k>2</k><l>2</l></p>');
  assert.is(write({ g: [] }), '');
});

test('a plain vobs:group is only a bracket: its constants belong to the element around it', () => {
  const write = compile('<p><q>{a}</q><vobs:group><k>constant</k><l>{b}</l></vobs:group></p>', AB);
  assert.is(write({ a: 1, b: undefined }), '<p><q>1</q><k>constant</k></p>');
  assert.is(write({ a: undefined, b: undefined }), '');
  const fragment = '<vobs:group xmlns:vobs="urn:vobs:template"><k>constant</k><l>{b}</l></vobs:group>';
  const included = compile('<p><q>{a}</q><vobs:group vobs:include="f.xml"/></p>', AB, { 'f.xml': fragment });
  assert.is(included({ a: 1, b: undefined }), '<p><q>1</q><k>constant</k></p>');
});

test('fragments are included in the scope of the element; declarations that are in force are not repeated', () => {
  const fragment = '<f xmlns:vobs="urn:vobs:template" xmlns:q="urn:q"><q:v>{v}</q:v></f>';
  const write = compile('<x vobs:each="g" vobs:include="f.xml"/>', { g: { v: 'value' } }, { 'f.xml': fragment });
  assert.is(write({ g: [{ v: 1 }, { v: '' }] }), '<x><f xmlns:q="urn:q"><q:v>1</q:v></f></x>');
  const inForce = compile(
    '<x xmlns:q="urn:q" vobs:each="g" vobs:include="f.xml"/>',
    { g: { v: 'value' } },
    { 'f.xml': fragment },
  );
  assert.is(inForce({ g: [{ v: 1 }] }), '<x xmlns:q="urn:q"><f><q:v>1</q:v></f></x>');
});

test('shared groups are remembered, others are written anew', () => {
  const write = compile('<p><x vobs:each="g">{v}</x></p>', { g: { v: 'value' } });
  const group = shared([{ v: 'first' }]);
  assert.is(write({ g: group }), '<p><x>first</x></p>');
  assert.is(write({ g: group }), '<p><x>first</x></p>');
  assert.throws(() => (group as unknown[]).push({ v: 'second' }));
  const free = [{ v: 'first' }];
  assert.is(write({ g: free }), '<p><x>first</x></p>');
  free[0] = { v: 'second' };
  assert.is(write({ g: free }), '<p><x>second</x></p>');
  const outer = compile('<x vobs:each="g">{v}{../a}</x>', { a: 'value', g: { v: 'value' } });
  assert.is(outer({ a: 1, g: group }), '<x>first1</x>');
  assert.is(outer({ a: 2, g: group }), '<x>first2</x>');
  const empty = shared([{ v: '' }]);
  assert.is(write({ g: empty }) + write({ g: empty }), '');
});

test('two templates never remember each other’s text', () => {
  const group = shared([{ v: 1 }]);
  const [one, two] = [
    compile('<x vobs:each="g">{v}</x>', { g: { v: 'value' } }),
    compile('<y vobs:each="g">{v}</y>', { g: { v: 'value' } }),
  ];
  assert.is(one({ g: group }) + two({ g: group }), '<x>1</x><y>1</y>');
});

test('markup, control characters and half surrogate pairs in values', () => {
  const write = compile('<x y="{a}">{a}</x>', A);
  assert.is(
    write({ a: '<b a="1">&amp;]]>\u0000\u0008é\ud83d x \ufffe\ud83c\udf0b' }),
    '<x y="&lt;b a=&quot;1&quot;&gt;&amp;amp;]]&gt;é\ufffd x \u{1f30b}">&lt;b a="1"&gt;&amp;amp;]]&gt;é\ufffd x \u{1f30b}</x>',
  );
  assert.is(write({ a: 1e-7 }), '<x y="0.0000001">0.0000001</x>');
  assert.is(write({ a: 1e21 }), '<x y="1000000000000000000000">1000000000000000000000</x>');
});

test('any strings in any slots: well formed, and read back equal', () => {
  const write = compile('<x y="{a}" z="[{b}]"><t>{b}</t><u vobs:each="l"><v>{.}</v></u></x>', { ...AB, l: 'list' });
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('&', '<', '>', '"', "'", ']', '\r', '\n', '\t', 'é', '\ud800', '\u0000', ' ', 'x'),
    }),
  );
  const kept = (value: string): string => {
    const clean = value
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
    return clean.trim() === '' ? '' : clean;
  };
  fc.assert(
    fc.property(text, text, fc.array(text, { maxLength: 4 }), (a, b, l) => {
      const root = parseXml(`<r>${write({ a, b, l })}</r>`);
      const [x] = root.children;
      if (kept(a) === '') return assert.is(x, undefined);
      if (x === undefined || typeof x === 'string') throw new Error('no element');
      assert.is(attributeOf(x, 'y'), kept(a));
      assert.is(attributeOf(x, 'z') ?? '', kept(b));
      const wanted = [kept(b), ...l.map(kept)].filter((each) => each !== '');
      assert.equal(
        x.children.map((child) => (typeof child === 'string' ? child : textOf(child))),
        wanted,
      );
    }),
    { numRuns: 500 },
  );
});

test('values and constants never reach the code', () => {
  const evil = ['"+process.exit(3)+"`$', '{process.exit(4)}`\\";throw 1//'].join('');
  const write = compile(`<x y='{a}"+q+"\\'>{a} \`$\{{1}}\` \\</x>`, A);
  const [x] = parseXml(`<r>${write({ a: evil })}</r>`).children;
  if (x === undefined || typeof x === 'string') throw new Error('no element');
  assert.is(textOf(x), `${evil} \`$\{1}\` \\`);
  assert.is(attributeOf(x, 'y'), `${evil}"+q+"\\`);
});

test('a fault names file, line and slot', () => {
  const fault = faultOf('<x>\n  <y>{a}</y>\n  <z a="1"\n     b="{nonsense}"/></x>');
  assert.is(fault.file, 't/doc.xml');
  assert.is(fault.line, 4);
  assert.is(fault.slot, 'nonsense');
  assert.match(fault.message, /^t\/doc\.xml:4: \{nonsense\}: there is no such name here; there are: a, list, group$/);
  const inFragment = faultOf('<x vobs:include="f.xml"/>', A, { 'f.xml': '<f>\n{b}</f>' });
  assert.match(inFragment.message, /^t\/f\.xml:2: \{b\}/);
});

test('every kind of fault is found', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['<x>{a</x>', /single "\{"/],
    ['<x>a}</x>', /single "\}"/],
    ['<x>[{a}</x>', /"\[" without "\]"/],
    ['<x>{a}]</x>', /"\]" without "\["/],
    ['<x>[[{a}] [nothing]</x>', /"\]" without|no slot in the optional piece/],
    ['<x>[nothing]</x>', /no slot in the optional piece/],
    ['<x>[a [{a}]]</x>', /optional piece within another/],
    ['<x>{a b}</x>', /a slot is a name/],
    ['<x>{list}</x>', /is a list; use vobs:each/],
    ['<x>{group}</x>', /is a list; use vobs:each/],
    ['<x>{.}</x>', /no list of plain values/],
    ['<x>{../a}</x>', /nothing further out/],
    ['<x vobs:each="a"/>', /wants a list or a group/],
    ['<x vobs:if="group = 1"/>', /only a value can be compared/],
    ['<x vobs:if="a" vobs:unless="a"/>', /together/],
    ['<x vobs:loop="a"/>', /there is no vobs:loop/],
    ['<vobs:loop/>', /there is no <vobs:loop>/],
    ['<vobs:group x="1"/>', /no attributes of its own/],
    ['<vobs:group>text</vobs:group>', /holds elements only/],
    ['<vobs:group xmlns:q="urn:q"><q:x/></vobs:group>', /declare xmlns:q/],
    ['<x vobs:include="no.xml"/>', /no template t\/no\.xml/],
    ['<x vobs:include="doc.xml"/>', /includes itself/],
    ['<x vobs:include="doc.xml">text</x>', /no content of its own/],
    ['<x><y></x>', /not well formed/],
    ['<q:x/>', /prefix q is not declared/],
  ];
  for (const [body, reason] of cases) assert.match(faultOf(body).message, reason, body);
  assert.throws(
    () => compileTemplate(new Map([['d.xml', '<r xmlns:vobs="urn:vobs:template" vobs:if="a"/>']]), 'd.xml', A),
    /always written/,
  );
});

test('the root is always written; a slot of its own that has no value is an error', () => {
  const write = compileTemplate(new Map([['d.xml', '<r y="{a}"/>']]), 'd.xml', A);
  assert.is(write({ a: 1 }), '<r y="1"/>');
  assert.throws(() => write({ a: undefined }), /required slot of the root/);
});

test.run();
