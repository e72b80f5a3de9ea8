// The blessed capabilities of both versions, a line for each tag so that a change is seen in a review.
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import { createLinks } from '../../../src/http/links.ts';
import { createQueryables } from '../../../src/mapping/queryables.ts';
import { capabilitiesDocument, capabilitiesSections } from '../../../src/protocols/csw/capabilities-document.ts';
import { createOutputSchemas } from '../../../src/protocols/csw/output-schemas.ts';
import { VERSIONS } from '../../../src/protocols/csw/vocabulary.ts';
import { testMappings } from '../../fixtures/mappings.ts';

/** File name beside this file → text. */
export function goldenDocuments(): ReadonlyMap<string, string> {
  const mappings = testMappings();
  const parts = {
    mappings,
    links: createLinks('https://data.example.org/vobs', []),
    queryables: createQueryables(mappings),
    schemas: createOutputSchemas(createRecordFormats(mappings.templates, { services: mappings.services })),
  };
  return new Map(
    VERSIONS.map((version) => {
      const sections = [...capabilitiesSections(version, '/csw', 'en', parts).values()].join('');
      return [
        `capabilities-${version}.xml`,
        `${capabilitiesDocument(version, sections, '1').replaceAll('><', '>\n<')}\n`,
      ];
    }),
  );
}
