// What makes a harvest complete (OAI-PMH 2.0, 2.5 to 2.7, 3.5): lists, tokens, datestamps, sets, deletions.
import { given, must, none, type Requirement, same } from '../kit/requirement.ts';
import { ask, type Facts, type Header, harvest, headersOf, latest, of, refused } from './client.ts';

const LIST = { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' };

function rule(
  id: string,
  clause: string,
  title: string,
  check: Requirement<Facts>['check'],
  needs = 'harvest',
): Requirement<Facts> {
  return {
    id: `oai-pmh/2.0/${id}`,
    title,
    clause: `OAI-PMH 2.0, ${clause}`,
    needs,
    check,
  };
}

/** Sets of two lists of headers, told apart by identifier and status. */
function differences(a: readonly Header[], b: readonly Header[]): readonly string[] {
  const key = ({ identifier, deleted }: Header): string => `${identifier}${deleted ? ' (deleted)' : ''}`;
  const [inA, inB] = [new Set(a.map(key)), new Set(b.map(key))];
  return [...[...inA].filter((each) => !inB.has(each)), ...[...inB].filter((each) => !inA.has(each))];
}

/** A set with deletions if there is one, of at most some hundred members. */
function someSet(facts: Facts): string | undefined {
  const sizes = new Map<string, { members: number; deleted: number }>();
  for (const { sets, deleted } of facts.headers) {
    for (const spec of sets) {
      const size = sizes.get(spec) ?? { members: 0, deleted: 0 };
      sizes.set(spec, { members: size.members + 1, deleted: size.deleted + (deleted ? 1 : 0) });
    }
  }
  const fitting = [...sizes].filter(([, { members }]) => members <= 400);
  return fitting.sort(([, a], [, b]) => b.deleted - a.deleted || b.members - a.members)[0]?.[0];
}

export const harvesting: readonly Requirement<Facts>[] = [
  rule(
    'FlowControl-list',
    '3.5',
    'A list has each record once, and as many as completeListSize says',
    ({ headers, complete, size }) => {
      const identifiers = headers.map(({ identifier }) => identifier);
      same(new Set(identifiers).size, identifiers.length, 'different identifiers');
      if (complete && size !== null) same(identifiers.length, size, 'records against completeListSize');
      must(identifiers.length > 0, 'the list is empty');
    },
  ),
  rule(
    'FlowControl-token',
    '3.5',
    'The token stands with cursor and size, is empty at the end, and gives the same page again',
    async ({ address, size }, { http }) => {
      const first = await of(http, address, LIST);
      const token = given(first.xml().text('//oai:resumptionToken') || null, 'the list fits on one page');
      const cursor = first.xml().text('//oai:resumptionToken/@cursor');
      must(cursor === '' || cursor === '0', 'cursor of the first page', first);
      const next = { verb: LIST.verb, resumptionToken: token };
      const [once, again] = [await of(http, address, next), await of(http, address, next)];
      same(headersOf(again.xml()), headersOf(once.xml()), 'headers of the same token', again);
      const at = once.xml().text('//oai:resumptionToken/@cursor');
      if (at !== '') same(Number(at), headersOf(first.xml()).length, 'cursor of the second page', once);
      if (size !== null)
        same(
          Number(once.xml().text('//oai:resumptionToken/@completeListSize')),
          size,
          'completeListSize of the second page',
          once,
        );
      refused(await ask(http, address, { ...LIST, resumptionToken: token }), 'badArgument');
      refused(await ask(http, address, { verb: 'ListRecords', resumptionToken: `${token}x` }), 'badResumptionToken');
    },
  ),
  rule(
    'FlowControl-last',
    '3.5',
    'A list that fits on one page has no token element, the last page of another an empty one',
    async (facts, { http }) => {
      const { address } = facts;
      const at = latest(facts);
      const one = await harvest(http, address, { ...LIST, from: at, until: at });
      if (one.pages.length === 1)
        same(one.first.xml().count('//oai:resumptionToken'), 0, 'token elements of a whole list', one.first);
      const many = await harvest(http, address, LIST);
      if (!many.complete || many.pages.length < 2) return;
      const last = many.pages.at(-1);
      same(
        [last?.xml().count('//oai:resumptionToken'), last?.xml().text('//oai:resumptionToken')],
        [1, ''],
        'token of the last page',
        last,
      );
    },
  ),
  rule(
    'Datestamp-form',
    '2.7.1, 3.3',
    'Every datestamp has the granularity announced and is not before the earliest',
    ({ headers, identify }) => {
      const earliest = identify.xml().text('//oai:earliestDatestamp');
      const form = earliest.length === 10 ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
      none(
        headers.filter(({ datestamp }) => !form.test(datestamp)).map(({ datestamp }) => datestamp),
        'malformed',
        identify,
      );
      none(
        headers
          .filter(({ datestamp }) => datestamp < earliest)
          .map(({ identifier, datestamp }) => `${identifier} ${datestamp}`),
        `before ${earliest}`,
        identify,
      );
    },
  ),
  rule(
    'SelectiveHarvestingandDatestamps',
    '2.7.1',
    'from and until are inclusive at both granularities, and select by the datestamp that is shown',
    async (facts, { http }) => {
      given(facts.complete, 'the list is too long to know it whole');
      const stamps = facts.headers.map(({ datestamp }) => datestamp).sort();
      const middle = given(stamps[Math.floor(stamps.length / 2)], 'no datestamps');
      const day = middle.slice(0, 10);
      const expected = (keep: (stamp: string) => boolean) => facts.headers.filter(({ datestamp }) => keep(datestamp));
      for (const [pairs, keep] of [
        [{ from: middle, until: middle }, (stamp: string) => stamp === middle],
        [{ from: day, until: day }, (stamp: string) => stamp.startsWith(day)],
        [{ from: middle }, (stamp: string) => stamp >= middle],
        [{ until: middle }, (stamp: string) => stamp <= middle],
      ] as const) {
        const found = await harvest(http, facts.address, { ...LIST, ...pairs });
        none(differences(found.headers, expected(keep)), `${JSON.stringify(pairs)}: not in both lists`, found.first);
      }
    },
  ),
  rule(
    'SelectiveHarvestingandSets',
    '2.7.2',
    'A set gives the records whose headers name it, and no others',
    async (facts, { http }) => {
      given(facts.complete, 'the list is too long to know it whole');
      const set = given(someSet(facts), 'no set of a few records');
      const found = await harvest(http, facts.address, { ...LIST, set });
      none(
        differences(
          found.headers,
          facts.headers.filter(({ sets }) => sets.includes(set)),
        ),
        `set ${set}: not in both lists`,
        found.first,
      );
      const parent = set.includes(':') ? set.slice(0, set.indexOf(':')) : null;
      if (parent === null || !facts.sets.includes(parent)) return;
      const wider = await harvest(http, facts.address, { ...LIST, set: parent });
      const inParent = new Set(wider.headers.map(({ identifier }) => identifier));
      none(
        found.headers.filter(({ identifier }) => !inParent.has(identifier)).map(({ identifier }) => identifier),
        `in ${set} and not in ${parent}`,
        wider.first,
      );
    },
    'sets',
  ),
  rule(
    'ListRecords',
    '4.5',
    'ListRecords gives the same headers as ListIdentifiers, metadata with each that is not deleted',
    async (facts, { http }) => {
      const set = given(someSet(facts), 'no set of a few records');
      const records = await harvest(http, facts.address, { ...LIST, verb: 'ListRecords', set });
      const identifiers = await harvest(http, facts.address, { ...LIST, set });
      none(differences(records.headers, identifiers.headers), `set ${set}: not in both lists`, records.first);
      for (const page of records.pages) {
        same(
          page.xml().count("//oai:record[not(oai:metadata)][not(oai:header/@status='deleted')]"),
          0,
          'records without metadata',
          page,
        );
      }
    },
  ),
  rule(
    'ListRecords-formats',
    '4.5',
    'Every format that all records have gives the same records, deletions included',
    async (facts, { http }) => {
      const set = given(someSet(facts), 'no set of a few records');
      const whole = await harvest(http, facts.address, { ...LIST, set });
      for (const { prefix } of facts.formats.filter((format) => format.prefix !== 'oai_dc')) {
        const found = await harvest(http, facts.address, { ...LIST, metadataPrefix: prefix, set });
        const deleted = (headers: readonly Header[]) => headers.filter((header) => header.deleted);
        none(
          differences(deleted(found.headers), deleted(whole.headers)),
          `${prefix}: deletions not in both lists`,
          found.first,
        );
        const known = new Set(whole.headers.map(({ identifier }) => identifier));
        none(
          found.headers.filter(({ identifier }) => !known.has(identifier)).map(({ identifier }) => identifier),
          `${prefix}: not in oai_dc`,
          found.first,
        );
      }
    },
  ),
  rule(
    'DeletedRecords',
    '2.5.1',
    'A deleted record has its header in GetRecord and in a harvest of its moment, without metadata',
    async (facts, { http }) => {
      const gone = given(
        facts.headers.find(({ deleted }) => deleted),
        'no deleted record in the list',
      );
      const one = await of(http, facts.address, {
        verb: 'GetRecord',
        metadataPrefix: 'oai_dc',
        identifier: gone.identifier,
      });
      same(
        [one.xml().text('//oai:header/@status'), one.xml().count('//oai:metadata')],
        ['deleted', 0],
        'status and metadata of GetRecord',
        one,
      );
      const moment = { from: gone.datestamp, until: gone.datestamp };
      for (const verb of ['ListRecords', 'ListIdentifiers']) {
        const found = await harvest(http, facts.address, { ...LIST, verb, ...moment });
        const header = found.headers.find(({ identifier }) => identifier === gone.identifier);
        must(
          header?.deleted === true,
          `${verb} of ${gone.datestamp} does not tell that ${gone.identifier} is deleted`,
          found.first,
        );
      }
    },
    'deletions',
  ),
  rule(
    'DeletedRecords-elsewhere',
    '2.5.1',
    'No header of a list says deleted where GetRecord gives metadata',
    async (facts, { http }) => {
      for (const { identifier, deleted } of [
        ...facts.headers.filter((header) => header.deleted).slice(0, 5),
        ...facts.headers.filter((header) => !header.deleted).slice(0, 5),
      ]) {
        const answer = await of(http, facts.address, { verb: 'GetRecord', metadataPrefix: 'oai_dc', identifier });
        same(
          [answer.xml().text('//oai:header/@status') === 'deleted', answer.xml().count('//oai:metadata')],
          [deleted, deleted ? 0 : 1],
          `${identifier}: deleted, metadata`,
          answer,
        );
      }
    },
  ),
  rule(
    'dublin-core-minimum',
    'BASE and OpenAIRE guidelines',
    'Records in oai_dc have title, identifier, type, creator or publisher, and dates in ISO 8601',
    async ({ address }, { http }) => {
      const answer = await of(http, address, { verb: 'ListRecords', metadataPrefix: 'oai_dc' });
      for (const record of answer.xml().nodes('//oai:record[oai:metadata]').slice(0, 100)) {
        const id = record.text('oai:header/oai:identifier');
        for (const name of ['title', 'identifier', 'type', 'date'])
          must(record.holds(`.//dc:${name}[normalize-space()]`), `${id} has no dc:${name}`, answer);
        must(record.holds('.//dc:creator | .//dc:publisher'), `${id} has neither creator nor publisher`, answer);
        must(
          record.all('.//dc:date').every((text) => /^\d{4}(-\d\d(-\d\d(T[\d:.]+Z)?)?)?(\/.*)?$/.test(text)),
          `${id}: a date that is none`,
          answer,
        );
        must(
          record.all('.//dc:language').every((text) => /^[a-z]{2,3}$/.test(text)),
          `${id}: a language that is none`,
          answer,
        );
      }
    },
  ),
];
