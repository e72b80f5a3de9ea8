// The blessed answers of OAI-PMH: a line for each tag, so that a change is seen in a review. Metadata are blessed with the record formats.
import { testApp } from '../../fixtures/app.ts';
import { oaiClient } from '../../protocols/oai-pmh/client.ts';
import { sampleId, sampleKey, sampleRow } from '../../protocols/oai-pmh/rows.ts';

const QUERIES: { readonly [file: string]: string } = {
  'identify.xml': 'verb=Identify',
  'sets.xml': 'verb=ListSets',
  'record.xml': `verb=GetRecord&metadataPrefix=oai_dc&identifier=${sampleId(2)}`,
  'deleted.xml': `verb=GetRecord&metadataPrefix=oai_dc&identifier=${sampleId(1)}`,
  'errors.xml': 'verb=ListRecords&from=2025&until=2025-06-01&set=a%20b&junk=1',
};

/** File name beside this file → text. */
export async function goldenDocuments(): Promise<ReadonlyMap<string, string>> {
  const app = await testApp();
  await app.writer.write([sampleRow(1), sampleRow(2)]);
  await app.writer.withdraw([sampleKey(1)]);
  const oai = oaiClient(app.server);
  const documents = new Map<string, string>();
  for (const [name, query] of Object.entries(QUERIES)) {
    const { text } = await oai.get(query);
    documents.set(name, `${text.replace(/<metadata>.*<\/metadata>/s, '<metadata/>').replaceAll('><', '>\n<')}\n`);
  }
  await app.writer.withdraw([sampleKey(2)]);
  return documents;
}
