// Records in the asked form: the registered writer of the schema and set, single elements of csw:Record, and the reference system by the name
// that the request has for it.
import { axisOrder } from '../../formats/syntax/crs.ts';
import { xmlAttribute } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import { onlyElements } from './elements.ts';
import type { OutputForm } from './output-request.ts';

const OWN_CRS = 'urn:ogc:def:crs:EPSG::4326';

/** Views by language and place in the answer; each is made once. */
export function createViews(
  links: Links,
  { site, codes }: Mappings,
): (language: Language, sequence: number) => RecordView {
  const views: { readonly [L in Language]: RecordView[] } = { en: [], fr: [] };
  return (language, sequence) => {
    const known = views[language][sequence];
    if (known !== undefined) return known;
    const view = { language, links: links.recordLinks, uri: links.uri, site, codes, sequence };
    views[language][sequence] = view;
    return view;
  };
}

export interface RecordForm {
  readonly output: OutputForm;
  readonly elements: ReadonlySet<string> | null;
  readonly crs: string | null;
}

/** The same system with latitude first under another of its names; null: the answer's own name stays. */
function otherName(crs: string | null): string | null {
  if (crs === null || crs === OWN_CRS) return null;
  const [longitude] = axisOrder(crs)?.(1, 2) ?? [];
  return longitude === 2 && /4326$/.test(crs) ? crs : null;
}

/** Writes the records, each as one element. */
export function writeRecords(
  records: readonly CatalogRecord[],
  form: RecordForm,
  view: (sequence: number) => RecordView,
): string[] {
  const { schema, set } = form.output;
  const { elements } = form;
  const write = elements === null ? schema.write[set] : schema.write.full;
  const crs = schema.flat ? otherName(form.crs) : null;
  const written: string[] = [];
  for (let i = 0; i < records.length; i++) {
    let text = write(records[i] as CatalogRecord, view(i));
    if (elements !== null) text = onlyElements(text, elements);
    if (crs !== null) text = text.replaceAll(`crs="${OWN_CRS}"`, `crs="${xmlAttribute(crs)}"`);
    written.push(text);
  }
  return written;
}
