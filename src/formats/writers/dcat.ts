// DCAT of one record as Turtle, JSON-LD and RDF/XML. The whole catalogue in one document: protocols/dcat/.
import type { RecordFormat } from '../../model/format.ts';
import { dcatNodes } from './dcat-graph.ts';
import { jsonLd, PREFIXES, rdfXml, turtle, turtleHead } from './rdf.ts';

/** The formats `dcat-ttl`, `dcat-jsonld`, `dcat-rdf`. */
export function createDcat(): readonly RecordFormat[] {
  const head = turtleHead();
  return [
    {
      id: 'dcat-ttl',
      title: 'DCAT (Turtle)',
      mediaType: 'text/turtle',
      extension: 'ttl',
      write: (record, view) => head + dcatNodes(record, view).map(turtle).join(''),
    },
    {
      id: 'dcat-jsonld',
      title: 'DCAT (JSON-LD)',
      mediaType: 'application/ld+json',
      extension: 'jsonld',
      write: (record, view) => JSON.stringify({ '@context': PREFIXES, '@graph': dcatNodes(record, view).map(jsonLd) }),
    },
    {
      id: 'dcat-rdf',
      title: 'DCAT (RDF/XML)',
      mediaType: 'application/rdf+xml',
      extension: 'rdf',
      namespace: PREFIXES.dcat,
      // RDF/XML has no schema; this one, of the server's own, lets any element be (protocols/dcat/).
      schemaLocation: '/dcat.xsd',
      write: (record, view) => rdfXml(dcatNodes(record, view)),
    },
  ];
}
