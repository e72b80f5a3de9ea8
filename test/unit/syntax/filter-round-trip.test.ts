// Any tree that a syntax can print parses back to the same tree.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { suite } from 'uvu';
import { parseCqlText } from '../../../src/formats/syntax/cql-text.ts';
import { parseCql2Json } from '../../../src/formats/syntax/cql2-json.ts';
import { writeCql2Json } from '../../../src/formats/syntax/cql2-json-writer.ts';
import { parseCql2Text } from '../../../src/formats/syntax/cql2-text.ts';
import { writeCql2Text } from '../../../src/formats/syntax/cql2-text-writer.ts';
import { parseFilterXml } from '../../../src/formats/syntax/filter-encoding.ts';
import { createQueryables } from '../../../src/mapping/queryables.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';
import type { Filter } from '../../../src/model/filter.ts';
import { printCql, printFes } from '../../fixtures/filter-printers.ts';
import { exactly, filterTrees, threeValued } from '../../fixtures/filter-trees.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const test = suite('filter: round trip');
const queryables = createQueryables(testMappings());
const RUNS = 600;

function orNull<T>(write: () => T): T | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof SyntaxFault) return null;
    throw error;
  }
}

interface Syntax {
  readonly name: string;
  /** What of a tree the syntax may say. */
  readonly shape: (filter: Filter) => Filter;
  readonly write: (filter: Filter) => unknown;
  readonly read: (written: never) => Filter;
  /** The least share of trees that it must be able to print, in percent. */
  readonly least: number;
}

const SYNTAXES: readonly Syntax[] = [
  {
    name: 'CQL2 text',
    shape: threeValued,
    write: (filter) => orNull(() => writeCql2Text(filter)),
    read: (written: string) => parseCql2Text(written, queryables),
    least: 70,
  },
  {
    name: 'CQL2 JSON',
    shape: threeValued,
    write: (filter) => orNull(() => JSON.stringify(writeCql2Json(filter))),
    read: (written: string) => parseCql2Json(JSON.parse(written), queryables),
    least: 90,
  },
  {
    name: 'classic CQL',
    shape: exactly,
    write: printCql,
    read: (written: string) => parseCqlText(written, queryables),
    least: 25,
  },
  {
    name: 'Filter Encoding 1.1',
    shape: exactly,
    write: (filter) => printFes(filter, '1.1'),
    read: (written: string) => parseFilterXml(written, queryables),
    least: 20,
  },
  {
    name: 'Filter Encoding 2.0',
    shape: exactly,
    write: (filter) => printFes(filter, '2.0'),
    read: (written: string) => parseFilterXml(written, queryables),
    least: 20,
  },
];

for (const { name, shape, write, read, least } of SYNTAXES) {
  test(name, () => {
    let printed = 0;
    fc.assert(
      fc.property(filterTrees, (tree) => {
        const wanted = shape(tree);
        const written = write(wanted);
        if (written === null) return;
        printed++;
        assert.deepEqual(read(written as never), wanted, String(written));
      }),
      { numRuns: RUNS, seed: 20_250_401 },
    );
    assert.ok(printed > (RUNS * least) / 100, `only ${printed} of ${RUNS} trees could be printed`);
  });
}

test.run();
