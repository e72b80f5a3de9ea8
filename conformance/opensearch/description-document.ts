// Requirements on the description document: OpenSearch 1.1 draft 6, and the schema of the OGC suite for 10-032.

import type { Requirement } from '../kit/requirement.ts';
import { must, none, same } from '../kit/requirement.ts';
import { type Facts, findTemplate } from './description.ts';

const TYPE = 'application/opensearchdescription+xml';
const at = (element: string): string => `/os:OpenSearchDescription/os:${element}`;
const RELS = new Set(['results', 'suggestions', 'self', 'collection']);

/** Element, fewest, most, longest text. */
const ELEMENTS: readonly (readonly [string, number, number, number])[] = [
  ['ShortName', 1, 1, 16],
  ['Description', 1, 1, 1024],
  ['Contact', 0, 1, 256],
  ['Tags', 1, 1, 256],
  ['LongName', 0, 1, 48],
  ['Developer', 0, 1, 64],
  ['Attribution', 0, 1, 256],
  ['SyndicationRight', 0, 1, 16],
  ['AdultContent', 0, 1, 5],
  ['Language', 0, 1, 32],
  ['InputEncoding', 0, 1, 32],
  ['OutputEncoding', 0, 1, 32],
];

export const descriptionDocument: readonly Requirement<Facts>[] = [
  {
    id: 'opensearch/1.1/description/type',
    title: 'The description document has its own media type',
    clause: 'OpenSearch 1.1 draft 6, Description; ets-osxgeotime10',
    needs: 'description',
    check: ({ description }) => {
      same([description.status, description.media], [200, TYPE], 'status and type', description);
    },
  },
  {
    id: 'opensearch/1.1/description/elements',
    title: 'Each element stands as often and is as long as it may',
    clause: 'OpenSearch 1.1 draft 6, Description elements',
    needs: 'description',
    check: ({ description, searchDescription }) => {
      for (const answer of [description, searchDescription]) {
        const document = answer.xml();
        same(
          [document.name, document.namespace],
          ['OpenSearchDescription', 'http://a9.com/-/spec/opensearch/1.1/'],
          'root',
          answer,
        );
        const faults = ELEMENTS.flatMap(([name, fewest, most, longest]) => {
          const texts = document.all(at(name));
          return [
            ...(texts.length < fewest || texts.length > most ? [`${name} stands ${texts.length} times`] : []),
            ...texts
              .filter((text) => [...text].length > longest || text === '')
              .map(() => `${name} is empty or longer than ${longest}`),
          ];
        });
        none(faults, 'elements', answer);
        must(
          document.all(at('Contact')).every((text) => /.+@.+/.test(text)),
          'Contact is no e-mail address',
          answer,
        );
        must(
          document.all(at('AdultContent')).every((text) => /^(true|false)$/.test(text)),
          'AdultContent is neither true nor false',
          answer,
        );
        must(!document.all(at('Language')).includes('*'), 'Language is *', answer);
      }
    },
  },
  {
    id: 'opensearch/1.1/description/urls',
    title: 'Each Url has a template, a type and a known relation; no type comes twice for one relation',
    clause: 'OpenSearch 1.1 draft 6, Url',
    needs: 'description',
    check: ({ description, searchDescription }) => {
      for (const answer of [description, searchDescription]) {
        const urls = answer.xml().nodes(at('Url'));
        must(urls.length > 0, 'there is no Url', answer);
        for (const url of urls) {
          must(
            /^https?:\/\//.test(url.text('@template')) && url.text('@type') !== '',
            'a Url without template or type',
            answer,
          );
          must(RELS.has(url.text('@rel') || 'results'), `a Url with rel "${url.text('@rel')}"`, answer);
          must(
            Number(url.text('@indexOffset') || 1) >= 0 && Number(url.text('@pageOffset') || 1) >= 0,
            'an offset is no number',
            answer,
          );
        }
        const keys = urls.map((url) => `${url.text('@rel') || 'results'} ${url.text('@type')}`);
        same(new Set(keys).size, keys.length, 'Urls of different relation and type', answer);
      }
    },
  },
  {
    id: 'opensearch/1.1/description/template-prefixes',
    title: 'Every prefix of a template is declared, and stands for the namespace that clients look for',
    clause: 'OpenSearch 1.1 draft 6, Url template syntax; OGC 10-032r8',
    needs: 'description',
    check: ({ description, searchDescription }) => {
      const wanted: { readonly [prefix: string]: string } = {
        geo: 'http://a9.com/-/opensearch/extensions/geo/1.0/',
        time: 'http://a9.com/-/opensearch/extensions/time/1.0/',
        eo: 'http://a9.com/-/opensearch/extensions/eo/1.0/',
      };
      for (const answer of [description, searchDescription]) {
        for (const [, prefix] of answer.text.matchAll(/\{([A-Za-z][\w-]*):[^}]+\}/g)) {
          const bound = new RegExp(`xmlns:${prefix}="([^"]+)"`).exec(answer.text)?.[1];
          must(bound !== undefined && bound !== '', `the prefix ${prefix} is not declared`, answer);
          if (prefix !== undefined && wanted[prefix] !== undefined)
            same(bound, wanted[prefix], `namespace of ${prefix}`, answer);
        }
      }
    },
  },
  {
    id: 'opensearch/1.1/description/self',
    title: 'The Url of relation self leads to this document',
    clause: 'OpenSearch 1.1 draft 6, Url relations',
    needs: 'description',
    check: async ({ description, templates }, { http }) => {
      const self = findTemplate(templates, TYPE, 'self');
      must(self, 'there is no Url of relation self', description);
      const answer = await http.get(self.fill({}));
      same(
        [answer.status, answer.media, answer.text === description.text],
        [200, TYPE, true],
        'status, type, same document',
        answer,
      );
    },
  },
  {
    id: 'opensearch/1.1/description/example',
    title: 'There is an example query, and it finds something',
    clause: 'OpenSearch 1.1 draft 6, Query role example',
    needs: 'description',
    check: async ({ searchDescription, search }, { http }) => {
      const example = searchDescription.xml().nodes(`${at('Query')}[@role='example']`)[0];
      must(example, 'there is no Query of role example', searchDescription);
      const answer = await http.get(search.fill({ searchTerms: example.text('@searchTerms') }));
      must(Number(answer.xml().text('//os:totalResults')) > 0, 'the example finds nothing', answer);
    },
  },
  {
    id: 'opensearch/1.1/autodiscovery',
    title: 'Answers lead to the description document',
    clause: 'OpenSearch 1.1 draft 6, Autodiscovery',
    needs: 'description',
    check: async ({ feed }, { http }) => {
      const address = feed.xml().text(`/atom:feed/atom:link[@rel='search'][@type='${TYPE}']/@href`);
      must(address !== '', 'the feed has no link of relation search', feed);
      const answer = await http.get(address);
      same([answer.status, answer.media], [200, TYPE], 'status and type', answer);
    },
  },
];
