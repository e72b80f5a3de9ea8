// Requirements on answers: numbers, pages, words, the other types, suggestions, Atom (RFC 4287) and the schema of the OGC suite.
import { given, must, none, type Requirement, same, schemas } from '../kit/requirement.ts';
import { entries, type Facts, feedOf, findTemplate, identifiers, templatesOf, total } from './description.ts';

const OS = 'OpenSearch 1.1 draft 6';

export const answers: readonly Requirement<Facts>[] = [
  {
    id: 'opensearch/1.1/response/elements',
    title: 'A feed has one totalResults, startIndex, itemsPerPage, and they are true',
    clause: `${OS}, Response elements`,
    needs: 'answers',
    check: async ({ search }, { http }) => {
      const answer = await feedOf(http, search, { count: 3 });
      const feed = answer.xml();
      for (const name of ['totalResults', 'startIndex', 'itemsPerPage'])
        same(feed.count(`/atom:feed/os:${name}`), 1, name, answer);
      same(Number(feed.text('/atom:feed/os:itemsPerPage')), entries(answer).length, 'itemsPerPage', answer);
      same(entries(answer).length, Math.min(3, total(answer)), 'entries of count=3', answer);
    },
  },
  {
    id: 'opensearch/1.1/response/total',
    title: 'totalResults is the number of entries of all pages, each once, in one order',
    clause: `${OS}, totalResults, startIndex, next`,
    needs: 'answers',
    check: async ({ search }, { http }) => {
      const first = await feedOf(http, search, { count: 100 });
      const found: string[] = [];
      let page = first;
      for (let pages = 0; pages < 60; pages++) {
        found.push(...identifiers(page));
        const next = page.xml().text("/atom:feed/atom:link[@rel='next']/@href");
        if (next === '') break;
        page = await http.get(next);
        same(page.status, 200, 'status of the next page', page);
      }
      same(found.length, total(first), 'entries of all pages against totalResults', first);
      same(new Set(found).size, found.length, 'different entries', first);
    },
  },
  {
    id: 'opensearch/1.1/response/start-index',
    title: 'startIndex and startPage begin where they say',
    clause: `${OS}, startIndex, startPage`,
    needs: 'answers',
    check: async ({ search }, { http }) => {
      const whole = identifiers(await feedOf(http, search, { count: 4 }));
      given(whole.length === 4, 'fewer than four entries');
      const second = await feedOf(http, search, { count: 2, startIndex: 3 });
      same(identifiers(second), whole.slice(2), 'entries from the third on', second);
      same(second.xml().text('/atom:feed/os:startIndex'), '3', 'startIndex', second);
      const page = await feedOf(http, search, { count: 2, startPage: 2 });
      same(identifiers(page), whole.slice(2), 'entries of the second page', page);
    },
  },
  {
    id: 'opensearch/1.1/response/count-zero',
    title: 'count=0 gives the total alone; a count that is no number is refused with 400',
    clause: `${OS}, count`,
    needs: 'answers',
    check: async ({ search, feed }, { http }) => {
      const none_ = await feedOf(http, search, { count: 0 });
      same([entries(none_).length, total(none_)], [0, total(feed)], 'entries and total', none_);
      for (const count of ['-1', 'x', '1.5']) {
        const answer = await http.get(search.fill({ count }));
        same(answer.status, 400, `status of count=${count}`, answer);
      }
    },
  },
  {
    id: 'opensearch/1.1/search-terms',
    title: 'A word of an entry finds it, a word of nobody finds nothing, and each further word finds no more',
    clause: `${OS}, searchTerms; ets-cat30 q`,
    needs: 'answers',
    check: async ({ search, feed }, { http }) => {
      const entry = given(entries(feed)[0], 'no entry');
      const word = given(/\p{L}{4,}/u.exec(entry.text('atom:title'))?.[0], 'no word in the first title');
      const found = await feedOf(http, search, { searchTerms: word, count: 0 });
      must(total(found) >= 1, `"${word}" finds nothing`, found);
      const byUid = search.parameters.has('geo:uid');
      if (byUid) {
        const one = await feedOf(http, search, { searchTerms: word, 'geo:uid': entry.text('dc:identifier') });
        same(total(one), 1, `total of "${word}" with the identifier of its entry`, one);
      }
      const nobody = await feedOf(http, search, { searchTerms: 'qzxwvkjhgf' });
      same(total(nobody), 0, 'total of a word of nobody', nobody);
      const both = await feedOf(http, search, { searchTerms: `${word} qzxwvkjhgf` });
      same(total(both), 0, 'total of two words of which one is nobody’s', both);
    },
  },
  {
    id: 'opensearch/1.1/empty-parameters',
    title: 'An optional parameter left empty is an absent one',
    clause: `${OS}, Optional template parameters`,
    needs: 'answers',
    check: async ({ search }, { http }) => {
      const filled = await feedOf(http, search, {});
      const bare = await http.get(
        search
          .fill({})
          .replace(/[?&][^=&]+=(?=&|$)/g, '')
          .replace(/^([^?&]*)&/, '$1?'),
      );
      same([bare.status, total(bare)], [200, total(filled)], 'status and total without the empty ones', bare);
    },
  },
  {
    id: 'ets-osxgeotime10/feed-schema',
    title: 'Each entry has id, title, updated, content and one georss; authors stand where Atom wants them',
    clause: 'RFC 4287 4.1; OGC 10-032r8 schema of the answer',
    needs: 'core',
    check: ({ feed }) => {
      const document = feed.xml();
      const perEntry = ['atom:id', 'atom:title', 'atom:updated', 'dc:identifier', 'atom:content'];
      const faults = entries(feed).flatMap((entry) => [
        ...perEntry
          .filter((name) => entry.count(name) !== 1)
          .map((name) => `${entry.text('atom:id')}: ${entry.count(name)} ${name}`),
        ...(entry.count('georss:*') > 1 ? [`${entry.text('atom:id')}: several georss`] : []),
        ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(entry.text('atom:updated'))
          ? []
          : ['updated is no RFC 3339 date']),
      ]);
      none(faults, 'entries', feed);
      must(document.holds('/atom:feed/atom:author or not(/atom:feed/atom:entry[not(atom:author)])'), 'no author', feed);
      must(
        document.holds("/atom:feed/atom:link[@rel='self'] and /atom:feed/atom:id and /atom:feed/atom:updated"),
        'feed without self, id or updated',
        feed,
      );
      const ids = document.all('/atom:feed/atom:entry/atom:id');
      same(new Set(ids).size, ids.length, 'different ids', feed);
    },
  },
  {
    id: 'rfc4287/relaxng',
    title: 'The feed is valid Atom',
    clause: 'RFC 4287, appendix B',
    needs: 'core',
    check: ({ feed }, target) => {
      none(schemas(target).faults(feed.text, 'atom'), 'atom.rng', feed);
    },
  },
  {
    id: 'opensearch/1.1/other-types',
    title: 'Every other result type answers with its own media type and the same total',
    clause: `${OS}, Url type`,
    needs: 'answers',
    check: async ({ searchDescription, feed }, { http }) => {
      for (const template of templatesOf(searchDescription.xml()).filter(({ rel }) => rel === 'results')) {
        const answer = await http.get(template.fill({ count: 1 }));
        same([answer.status, answer.media], [200, template.type], `status and type of ${template.type}`, answer);
        const totals = /totalResults["'>\s:/a-z=]*?(\d+)/i.exec(answer.text)?.[1];
        same(Number(totals), total(feed), `total of ${template.type}`, answer);
      }
    },
  },
  {
    id: 'opensearch/two-step/collections',
    title: 'Entries of the search for collections lead to a description document of their own',
    clause: 'OGC 13-026r9 two-step search; CEOS OpenSearch best practice',
    needs: 'two-step',
    check: async ({ templates, description }, { http }) => {
      const template = findTemplate(templates, 'application/atom+xml', 'collection');
      must(template, 'no Url of relation collection', description);
      const answer = await feedOf(http, template, { count: 3 });
      must(entries(answer).length > 0, 'there are no collections', answer);
      for (const entry of entries(answer)) {
        const address = entry.text("atom:link[@rel='search'][@type='application/opensearchdescription+xml']/@href");
        must(address !== '', `${entry.text('dc:identifier')} has no link of relation search`, answer);
        const own = await http.get(address);
        same([own.status, own.media], [200, 'application/opensearchdescription+xml'], 'status and type', own);
        must(findTemplate(templatesOf(own.xml()), 'application/atom+xml'), 'no Atom Url of relation results', own);
      }
    },
  },
  {
    id: 'opensearch/links',
    title: 'Every link of the first entry answers',
    clause: 'OGC 13-026r9 link relations; RFC 4287 4.2.7',
    needs: 'answers',
    check: async ({ feed }, { http }) => {
      const links = given(entries(feed)[0], 'no entry').nodes('atom:link');
      for (const link of links) {
        const answer = await http.get(link.text('@href'), { Accept: link.text('@type') || '*/*' });
        const locked = link.text('@rel') === 'enclosure' && [401, 403].includes(answer.status);
        must(locked || answer.status < 400, `rel ${link.text('@rel')}: status ${answer.status}`, answer);
        if (answer.status === 200 && link.holds('@type'))
          same(
            answer.media,
            (link.text('@type').split(';')[0] ?? '').trim(),
            `type of rel ${link.text('@rel')}`,
            answer,
          );
      }
    },
  },
  {
    id: 'opensearch/suggestions/1.1',
    title: 'Suggestions are an array of what was typed, completions, descriptions and addresses of equal number',
    clause: 'OpenSearch Suggestions 1.1',
    needs: 'suggestions',
    check: async ({ templates, description }, { http }) => {
      const template = findTemplate(templates, 'application/x-suggestions+json', 'suggestions');
      must(template, 'no Url of relation suggestions', description);
      const answer = await http.get(template.fill({ searchTerms: 'a', 'suggestions:suggestionPrefix': 'a' }));
      same([answer.status, answer.media], [200, 'application/x-suggestions+json'], 'status and type', answer);
      const [typed, completions, ...more] = answer.json<readonly (string | readonly string[])[]>();
      must(typed === 'a' && Array.isArray(completions), 'not [typed, [completions]]', answer);
      for (const list of more) same(list?.length, completions?.length, 'length of a further list', answer);
    },
  },
];
