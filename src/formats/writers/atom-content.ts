// The HTML that a feed reader shows for a record: abstract, quick-look, and the main facts.
import { codeOf } from '../../model/codes.ts';
import type { Link } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, type Localised } from '../../model/text.ts';
import { abstractIn, decimal, escapeHtml } from './text.ts';

const LABELS = {
  time: { en: 'Time', fr: 'Date' },
  position: { en: 'Latitude, longitude', fr: 'Latitude, longitude' },
  elevation: { en: 'Elevation', fr: 'Altitude' },
  access: { en: 'Access', fr: 'Accès' },
  format: { en: 'Format', fr: 'Format' },
  licence: { en: 'Licence', fr: 'Licence' },
  data: { en: 'Data', fr: 'Données' },
} as const satisfies { readonly [name: string]: Localised };

/** HTML, not yet escaped for XML. */
export function atomContent(record: CatalogRecord, view: RecordView, links: readonly Link[]): string {
  const { language, codes } = view;
  const access = codeOf(codes.authorization, record.authorization);
  const format = codeOf(codes.format, record.format);
  const quicklook = links.find((link) => link.role === 'quicklook');
  const data = links.find((link) => link.role === 'data');
  let html = `<p>${escapeHtml(abstractIn(record, language))}</p>`;
  if (quicklook !== undefined) html += `<p><img src="${escapeHtml(quicklook.href)}" alt=""/></p>`;
  const row = (label: Localised, value: string): void => {
    if (value !== '') html += `<dt>${inLanguage(label, language)}</dt><dd>${value}</dd>`;
  };
  html += '<dl>';
  row(LABELS.time, timeText(record));
  row(LABELS.position, positionText(record));
  row(LABELS.elevation, record.elevation === null ? '' : `${decimal(record.elevation)} m`);
  row(LABELS.access, escapeHtml(inLanguage(access?.label, language)));
  row(LABELS.format, escapeHtml(inLanguage(format?.label, language)));
  row(LABELS.licence, anchor(record.licence.url, record.licence.title));
  if (data !== undefined) row(LABELS.data, anchor(data.href, data.title ?? data.href));
  return `${html}</dl>`;
}

function timeText({ time }: CatalogRecord): string {
  if (time.kind === 'instant') return time.at;
  return time.kind === 'period' ? `${time.begin ?? '…'} – ${time.end ?? '…'}` : '';
}

function positionText({ bbox }: CatalogRecord): string {
  if (bbox === null) return '';
  const [west, south, east, north] = bbox.map((degrees) => decimal(degrees));
  return west === east && south === north ? `${south}, ${west}` : `${south}, ${west} – ${north}, ${east}`;
}

function anchor(href: string, text: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}
