// The OpenSearch binding of CSW 3.0 as ets-cat30 tests it: the description document, and searches by its templates.

import type { Http } from '../kit/http.ts';
import { given, must, type Requirement, same } from '../kit/requirement.ts';
import { entries, findTemplate, identifiers, type Template, templatesOf, total } from '../opensearch/description.ts';
import { type Facts, matched } from './client.ts';

const TYPE = 'application/opensearchdescription+xml';
const CLAUSE = 'OGC 12-176r7, OpenSearch binding; http://www.opengis.net/spec/csw/3.0/conf/OpenSearch';
const suite = (name: string): string => `ets-cat30/opensearch/${name}`;

async function atomTemplate(facts: Facts, http: Http): Promise<Template> {
  const answer = await http.once(facts.description, { Accept: TYPE });
  const template = findTemplate(templatesOf(answer.xml()), 'application/atom+xml');
  must(template, 'no Url of type application/atom+xml', answer);
  return template;
}

export const openSearchBinding: readonly Requirement<Facts>[] = [
  {
    id: suite('description'),
    title: 'The base address gives the description document when it is accepted, by both of its types',
    clause: CLAUSE,
    needs: 'opensearch',
    check: async (facts, { http }) => {
      for (const accept of [TYPE, 'application/vnd.a9.opensearchdescription+xml']) {
        const answer = await http.get(facts.address, { Accept: accept });
        same(
          [answer.status, answer.xml().name],
          [200, 'OpenSearchDescription'],
          `answer for Accept: ${accept}`,
          answer,
        );
      }
    },
  },
  {
    id: suite('description-content'),
    title:
      'It has tags that are names, an Atom Url and one of XML with the output schema, and an example that finds something',
    clause: CLAUSE,
    needs: 'opensearch',
    check: async (facts, { http }) => {
      const answer = await http.once(facts.description, { Accept: TYPE });
      const document = answer.xml();
      const templates = templatesOf(document);
      must(findTemplate(templates, 'application/atom+xml'), 'no Url of type application/atom+xml', answer);
      must(
        document
          .all("//os:Url[@type='application/xml']/@template")
          .some((text) => /outputschema=http/i.test(decodeURIComponent(text))),
        'no Url of type application/xml with outputSchema',
        answer,
      );
      must(
        document
          .text('//os:Tags')
          .split(/\s+/)
          .every((tag) => /^[\p{L}_][\p{L}\p{N}._-]*$/u.test(tag)),
        'Tags are no names',
        answer,
      );
      const example = document.text("//os:Query[@role='example']/@searchTerms");
      must(example !== '', 'no example', answer);
      const found = await http.get((await atomTemplate(facts, http)).fill({ searchTerms: example }));
      must(total(found) > 0, 'the example finds nothing', found);
    },
  },
  {
    id: suite('feed'),
    title: 'A feed has an author, a search link, the numbers and the request; count and startIndex hold',
    clause: CLAUSE,
    needs: 'opensearch',
    check: async (facts, { http }) => {
      given(matched(facts.records) > 7, 'fewer than eight records');
      const answer = await http.get((await atomTemplate(facts, http)).fill({ count: 4, startIndex: 3 }));
      const feed = answer.xml();
      must(
        feed.holds(
          "/atom:feed/atom:author and /atom:feed/atom:link[@rel='search'] and /atom:feed/os:Query[@role='request']",
        ),
        'author, search link or os:Query is missing',
        answer,
      );
      same(
        [feed.text('//os:itemsPerPage'), feed.text('//os:startIndex'), entries(answer).length],
        ['4', '3', 4],
        'numbers',
        answer,
      );
    },
  },
  {
    id: suite('uid'),
    title: 'A known geo:uid gives its entry, an unknown one 404',
    clause: CLAUSE,
    needs: 'opensearch',
    check: async (facts, { http }) => {
      const template = await atomTemplate(facts, http);
      const id = facts.records.xml().text('//csw3:Record/dc:identifier');
      const known = await http.get(template.fill({ 'geo:uid': id }));
      same([known.status, identifiers(known)], [200, [id]], 'status and identifier', known);
      same(
        (await http.get(template.fill({ 'geo:uid': 'no-such-identifier-7f3a' }))).status,
        404,
        'status for an unknown one',
      );
    },
  },
  {
    id: suite('box'),
    title: 'A box in projected numbers is refused with 400',
    clause: CLAUSE,
    needs: 'opensearch',
    check: async (facts, { http }) => {
      const answer = await http.get(
        (await atomTemplate(facts, http)).fill({ 'geo:box': '514432,5429689,529130,5451619' }),
      );
      same(answer.status, 400, 'status', answer);
    },
  },
];
