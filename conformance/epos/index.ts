// EPOS-DCAT-AP in Turtle as the EPOS gateway takes it in, and the addresses that its expander makes of the templates.
import { type Quad, Store } from 'n3';
import { turtleQuads } from '../dcat/dcat-shapes.ts';
import type { Answer, Http } from '../kit/http.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { expand } from './expander.ts';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const DCT = 'http://purl.org/dc/terms/';
const DCAT = 'http://www.w3.org/ns/dcat#';
const HYDRA = 'http://www.w3.org/ns/hydra/core#';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const SCHEMA = 'http://schema.org/';
const ANY_URI = 'http://www.w3.org/2001/XMLSchema#anyURI';
const CLAUSE = 'EPOS-DCAT-AP 3';

interface Description {
  readonly answer: Answer;
  readonly store: Store;
}
interface Facts {
  readonly index: Answer;
  readonly descriptions: readonly Description[];
}

/** Class → properties that it must have; those of the second list once at most. */
const DEMANDED: readonly (readonly [type: string, demanded: readonly string[], single: readonly string[]])[] = [
  [`${DCAT}Dataset`, [`${DCT}title`, `${DCT}description`, `${DCT}identifier`], [`${DCT}identifier`]],
  [`${DCAT}Distribution`, [`${DCAT}accessURL`, `${DCT}identifier`], [`${DCT}identifier`]],
  [`${DCAT}DataService`, [`${DCAT}endpointURL`, `${DCT}identifier`, `${DCT}title`], [`${DCT}identifier`]],
  [`${HYDRA}Operation`, [`${HYDRA}returns`, `${HYDRA}property`], [`${HYDRA}method`]],
  [`${HYDRA}IriTemplate`, [`${HYDRA}template`], [`${HYDRA}template`]],
  [
    `${HYDRA}IriTemplateMapping`,
    [`${HYDRA}variable`, `${RDFS}label`, `${RDFS}range`, `${HYDRA}required`],
    [`${HYDRA}variable`, `${HYDRA}property`, `${SCHEMA}defaultValue`],
  ],
  [`${SCHEMA}Organization`, [`${SCHEMA}identifier`], []],
  [`${SCHEMA}PropertyValue`, [`${SCHEMA}propertyID`, `${SCHEMA}value`], [`${SCHEMA}propertyID`, `${SCHEMA}value`]],
];
const ADDRESSES = [
  `${DCAT}accessURL`,
  `${DCAT}endpointURL`,
  `${DCT}format`,
  `${DCT}license`,
  `${DCT}accrualPeriodicity`,
];
const PLAIN = [`${DCT}title`, `${DCT}description`, `${DCAT}keyword`, `${RDFS}label`];

const subjectsOf = (store: Store, type: string): readonly Quad[] => store.getQuads(null, `${RDF}type`, type, null);
const valuesOf = (store: Store, subject: Quad['subject'], property: string): readonly string[] =>
  store.getObjects(subject, property, null).map(({ value }) => value);

/** Templates with the mappings of their variables. */
function templatesOf({ store }: Description) {
  return subjectsOf(store, `${HYDRA}IriTemplate`).map(({ subject }) => ({
    template: valuesOf(store, subject, `${HYDRA}template`)[0] ?? '',
    mappings: store.getObjects(subject, `${HYDRA}mapping`, null).map((node) => {
      const one = (property: string): string | undefined => valuesOf(store, node as Quad['subject'], property)[0];
      return {
        variable: one(`${HYDRA}variable`) ?? '',
        required: one(`${HYDRA}required`) === 'true',
        value: one(`${SCHEMA}defaultValue`),
        range: one(`${RDFS}range`) ?? '',
        property: one(`${HYDRA}property`),
      };
    }),
  }));
}

async function answers(http: Http, address: string): Promise<void> {
  for (const method of ['HEAD', 'GET']) {
    const answer = await http.send(method, address.replaceAll(' ', '%20'));
    must([200, 204].includes(answer.status), `status ${answer.status} for ${method}`, answer);
    must(answer.media !== '', `${method}: no Content-Type`, answer);
  }
}

const requirements: readonly Requirement<Facts>[] = [
  {
    id: 'epos/index',
    title: 'The list names files that are Turtle with their media type',
    clause: `${CLAUSE}, ingestion list`,
    needs: 'descriptions',
    check: ({ descriptions, index }) => {
      must(descriptions.length > 0, 'the list is empty', index);
      for (const { answer } of descriptions)
        same([answer.status, answer.media], [200, 'text/turtle'], 'status and type', answer);
    },
  },
  {
    id: 'epos-dcat-ap/3/properties',
    title: 'Every node has the properties that its class demands, and those that may stand once stand once',
    clause: `${CLAUSE}, shapes`,
    needs: 'descriptions',
    check: ({ descriptions }) => {
      for (const { answer, store } of descriptions) {
        const faults = DEMANDED.flatMap(([type, demanded, single]) =>
          subjectsOf(store, type).flatMap(({ subject }) => [
            ...demanded
              .filter((property) => valuesOf(store, subject, property).length === 0)
              .map((property) => `${subject.value} has no ${property}`),
            ...single
              .filter((property) => valuesOf(store, subject, property).length > 1)
              .map((property) => `${subject.value} has several ${property}`),
          ]),
        );
        none(faults, 'nodes', answer);
        must(
          subjectsOf(store, `${DCAT}Dataset`).length > 0 && subjectsOf(store, `${DCAT}DataService`).length > 0,
          'no data set or no service',
          answer,
        );
      }
    },
  },
  {
    id: 'epos-dcat-ap/3/datatypes',
    title: 'Titles and descriptions are strings without language; addresses are xsd:anyURI',
    clause: `${CLAUSE}, data-type traps`,
    needs: 'descriptions',
    check: ({ descriptions }) => {
      for (const { answer, store } of descriptions) {
        const plain = PLAIN.flatMap((property) => store.getObjects(null, property, null)).filter(
          (term) => term.termType !== 'Literal' || term.language !== '',
        );
        none(
          plain.map(({ value }) => value),
          'no plain string',
          answer,
        );
        const addresses = ADDRESSES.flatMap((property) => store.getObjects(null, property, null)).filter(
          (term) => term.termType !== 'Literal' || term.datatype.value !== ANY_URI,
        );
        none(
          addresses.map(({ value }) => value),
          'no xsd:anyURI',
          answer,
        );
      }
    },
  },
  {
    id: 'epos-dcat-ap/3/links',
    title: 'Distributions and services that are named are described in the file, and each service has its operation',
    clause: `${CLAUSE}, Distribution, DataService`,
    needs: 'descriptions',
    check: ({ descriptions }) => {
      for (const { answer, store } of descriptions) {
        for (const property of [`${DCAT}distribution`, `${DCAT}accessService`, `${DCAT}endpointDescription`])
          none(
            store
              .getObjects(null, property, null)
              .filter((node) => store.getQuads(node as Quad['subject'], `${RDF}type`, null, null).length === 0)
              .map(({ value }) => value),
            `${property} leads nowhere`,
            answer,
          );
      }
    },
  },
  {
    id: 'epos/templates/variables',
    title: 'Every variable of a template is described and every described one stands in it',
    clause: `${CLAUSE}, hydra:IriTemplate`,
    needs: 'descriptions',
    check: ({ descriptions }) => {
      for (const description of descriptions) {
        for (const { template, mappings } of templatesOf(description)) {
          const inside = [...template.matchAll(/\{[?&/]?([^}]*)\}/g)].flatMap((match) =>
            (match[1] ?? '').split(',').map((name) => name.trim()),
          );
          same(
            [...inside].sort(),
            mappings.map(({ variable }) => variable).sort(),
            `variables of ${template}`,
            description.answer,
          );
        }
      }
    },
  },
  {
    id: 'epos/templates/defaults',
    title:
      'Every template answers GET and HEAD with the values that the gateway fills in, with a Content-Type even at 204',
    clause: 'expander of the EPOS gateway',
    needs: 'descriptions',
    check: async ({ descriptions }, { http }) => {
      for (const description of descriptions) {
        for (const { template, mappings } of templatesOf(description)) {
          const required = mappings.filter((mapping) => mapping.required && mapping.value !== undefined);
          await answers(
            http,
            expand(template, Object.fromEntries(required.map(({ variable, value }) => [variable, value]))),
          );
        }
      }
    },
  },
  {
    id: 'epos/templates/all-values',
    title: 'Every template answers with every default value filled in',
    clause: 'expander of the EPOS gateway',
    needs: 'descriptions',
    check: async ({ descriptions }, { http }) => {
      for (const description of descriptions) {
        for (const { template, mappings } of templatesOf(description)) {
          const filled = mappings.filter(({ value }) => value !== undefined);
          await answers(
            http,
            expand(template, Object.fromEntries(filled.map(({ variable, value }) => [variable, value]))),
          );
        }
      }
    },
  },
  {
    id: 'epos/templates/bad-value',
    title: 'A date that is none is refused with 400',
    clause: 'expander of the EPOS gateway',
    needs: 'descriptions',
    check: async ({ descriptions }, { http }) => {
      const all = descriptions.flatMap(templatesOf);
      const dated = all.filter(({ mappings }) => mappings.some(({ range }) => range === 'xsd:dateTime'));
      given(dated.length > 0, 'no template with a date');
      for (const { template, mappings } of dated) {
        const values = mappings.filter(
          ({ value, required, range }) => (required || range === 'xsd:dateTime') && value !== undefined,
        );
        const address = expand(
          template,
          Object.fromEntries(
            values.map(({ variable, value, range }) => [
              variable,
              range === 'xsd:dateTime' ? '2015-13-45T99:00:00Z' : value,
            ]),
          ),
        );
        same((await http.get(address)).status, 400, 'status');
      }
    },
  },
];

async function discover({ http, door }: Target) {
  const address = door('epos', '/epos/index.txt');
  const index = await http.get(address);
  if (index.status === 404) return { absent: `no list of descriptions at ${address}` };
  const descriptions: Description[] = [];
  for (const file of index.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')) {
    const answer = await http.get(file);
    descriptions.push({ answer, store: new Store([...turtleQuads(answer.text)]) });
  }
  return { claims: new Set(['descriptions']), facts: { index, descriptions } satisfies Facts };
}

export const epos = runnable<Facts>({
  name: 'epos',
  title: 'EPOS-DCAT-AP 3 and the gateway of EPOS',
  classes: { descriptions: 'Descriptions and templates' },
  discover,
  requirements,
});
