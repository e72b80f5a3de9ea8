// One DCAT document of any length in pieces: the catalogue, then each record with its organisations, then that it belongs to the catalogue.
import { catalogueNodes, dcatNodes, membershipNode } from '../../formats/writers/dcat-graph.ts';
import { jsonLd, type Node, PREFIXES, turtle, turtleHead } from '../../formats/writers/rdf.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Site } from '../../model/site.ts';

export interface Notation {
  readonly extension: 'ttl' | 'jsonld';
  readonly title: string;
  readonly mediaType: string;
  readonly head: string;
  readonly node: (node: Node) => string;
  /** Between two nodes. */
  readonly between: string;
  readonly tail: string;
}

export const TURTLE: Notation = {
  extension: 'ttl',
  title: 'Turtle',
  mediaType: 'text/turtle',
  head: turtleHead(),
  node: turtle,
  between: '',
  tail: '',
};

/** Several objects of `@graph` may speak of the same node; their members add up (JSON-LD 1.1, 4.7). */
export const JSON_LD: Notation = {
  extension: 'jsonld',
  title: 'JSON-LD',
  mediaType: 'application/ld+json',
  head: `{"@context":${JSON.stringify(PREFIXES)},"@graph":[\n`,
  node: (node) => JSON.stringify(jsonLd(node)),
  between: ',\n',
  tail: '\n]}\n',
};

export interface DocumentParts {
  readonly site: Site;
  readonly base: string;
  readonly view: RecordView;
  readonly chunks: AsyncIterable<readonly CatalogRecord[]>;
}

/** Records in one piece of text: small pieces cost time, large ones memory. */
const RECORDS_IN_PIECE = 50;
/** Organisations that are remembered as described; beyond that one may be described again, which says nothing new. */
const MOST_AGENTS = 10_000;

export async function* catalogueDocument(notation: Notation, parts: DocumentParts): AsyncIterable<string> {
  const described = new Set<string>();
  const written = (nodes: readonly Node[]) => nodes.map((node) => notation.between + notation.node(node)).join('');
  const [catalogue, ...publisher] = catalogueNodes(parts.site, parts.base);
  for (const agent of publisher) if (agent.iri !== null) described.add(agent.iri);
  if (catalogue !== undefined) yield notation.head + notation.node(catalogue) + written(publisher);
  for await (const records of parts.chunks) {
    for (let from = 0; from < records.length; from += RECORDS_IN_PIECE) {
      let piece = '';
      for (const record of records.slice(from, from + RECORDS_IN_PIECE)) {
        piece += written([...nodesOnce(record, parts.view, described), membershipNode(record, parts.view)]);
      }
      yield piece;
    }
  }
  yield notation.tail;
}

function nodesOnce(record: CatalogRecord, view: RecordView, described: Set<string>): readonly Node[] {
  const [resource, description, ...agents] = dcatNodes(record, view);
  const fresh = agents.filter((agent) => agent.iri !== null && !described.has(agent.iri));
  if (described.size > MOST_AGENTS) described.clear();
  for (const agent of fresh) if (agent.iri !== null) described.add(agent.iri);
  return [resource, description, ...fresh].filter((node) => node !== undefined);
}
