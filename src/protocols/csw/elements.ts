// ElementName: single elements of csw:Record (OGC 07-006r1 10.8.4.9; OGC 12-176r7 7.3.4.8). All content of csw:Record is optional, so what is
// left of a record stays valid.
import type { Namespaces } from '../../model/queryable.ts';
import { qualifiedName } from './names.ts';
import { CSW_202, CSW_300, DC, DCT, type Dialect } from './vocabulary.ts';

const DC_ELEMENTS = new Set(
  'contributor coverage creator date description format identifier language publisher relation rights source subject title type'.split(
    ' ',
  ),
);
const DCT_ELEMENTS = new Set(
  (
    'abstract accessRights alternative audience available bibliographicCitation conformsTo created dateAccepted dateCopyrighted dateSubmitted ' +
    'educationLevel extent hasFormat hasPart hasVersion isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy issued isVersionOf license ' +
    'mediator medium modified provenance references replaces requires rightsHolder spatial tableOfContents temporal valid'
  ).split(' '),
);
const BOXES = new Set(['BoundingBox', 'WGS84BoundingBox']);
const OWN = new Set(['TemporalExtent', 'AnyText']);

/** The name as our records write it, such as `dc:title`; null: csw:Record has no such element. */
export function elementOfName(written: string, bound: Namespaces, dialect: Dialect): string | null {
  const step = written.trim().split('/').at(-1) ?? '';
  const { namespace, local } = qualifiedName(step, bound, dialect);
  if (namespace === undefined) return null;
  const isOf = (uri: string): boolean =>
    namespace === null || namespace === uri || (namespace === dialect.csw && !step.includes(':'));
  if (isOf(DC) && DC_ELEMENTS.has(local)) return `dc:${local}`;
  if (isOf(DCT) && DCT_ELEMENTS.has(local)) return `dct:${local}`;
  if ((isOf('http://www.opengis.net/ows') || isOf('http://www.opengis.net/ows/2.0')) && BOXES.has(local))
    return 'ows:BoundingBox';
  if ((isOf(CSW_202) || isOf(CSW_300)) && OWN.has(local)) return `csw:${local}`;
  return null;
}

const ELEMENT = /<([a-z]+:[A-Za-z0-9]+)(?: [^>]*)?(?:\/>|>.*?<\/\1>)/gs;

/** The record with the wanted elements alone. `record`: as a template wrote it, one element with flat content. */
export function onlyElements(record: string, wanted: ReadonlySet<string>): string {
  const start = record.indexOf('>') + 1;
  const end = record.lastIndexOf('</');
  let kept = '';
  for (const match of record.slice(start, end).matchAll(ELEMENT)) {
    if (wanted.has(match[1] ?? '')) kept += match[0];
  }
  return record.slice(0, start) + kept + record.slice(end);
}
