// The places of a collection: one for each record that has rows, under the number of the record, as GeoJSON with the members that EDR wants.
import type { RecordRows } from '../../data/records-with-rows.ts';
import { splitGeometry } from '../../formats/writers/geojson.ts';
import { titleIn } from '../../formats/writers/text.ts';
import { negotiate } from '../../http/negotiate.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Language } from '../../model/text.ts';
import type { TimeWindow } from '../../model/time.ts';
import type { Collection } from './collection.ts';
import { LOCATIONS } from './parameters.ts';
import { askedAddress, askedCollection, type EdrParts, READING, send } from './parts.ts';
import { COVERAGE_TYPE, collectionPath, GEOJSON_TYPE, JSON_TYPE, locationPath, PLACES_OFFERS } from './vocabulary.ts';

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();

function placeOf(
  { record, time }: RecordRows,
  { id, parameters }: Collection,
  { links }: EdrParts,
  language: Language,
) {
  const address = links.url(locationPath(id, record.id));
  const title = titleIn(record, language);
  const geometry = splitGeometry(record);
  const withHeight =
    geometry?.type === 'Point' && record.elevation !== null
      ? { ...geometry, coordinates: [...geometry.coordinates, record.elevation] }
      : geometry;
  return {
    type: 'Feature',
    id: String(record.id),
    geometry: withHeight,
    properties: {
      label: title,
      name: title,
      datetime: time === null ? '../..' : `${moment(time.start)}/${moment(time.end)}`,
      'parameter-name': parameters.map(({ name }) => name),
      edrqueryendpoint: address,
      identifier: record.identifier,
    },
    links: [
      { rel: 'data', href: address, type: COVERAGE_TYPE, title },
      { rel: 'describedby', href: links.uri(record), type: 'text/html', title },
    ],
  };
}

function isWithin({ time }: RecordRows, window: TimeWindow | null): boolean {
  if (window === null || time === null) return window === null;
  return (window.start === null || time.end >= window.start) && (window.end === null || time.start <= window.end);
}

export async function answerLocations(ctx: AppContext, parts: EdrParts): Promise<void> {
  const collection = await askedCollection(ctx, parts);
  const asked = readParameters(LOCATIONS, ctx.querystring, READING);
  negotiate({ f: asked.f, accept: ctx.req.headers.accept }, PLACES_OFFERS);
  const { viewer, language } = ctx.state;
  const { records, links } = parts;
  if (parts.caching.notModified(ctx, await records.revision(collection.id), 'edr-locations')) return;
  const found =
    asked.bbox === null
      ? await records.all(collection.id, viewer)
      : await records.matching(collection.id, viewer, {
          areas: [{ area: { kind: 'box', box: asked.bbox }, relation: 'intersects' }],
        });
  const features = found
    .filter((own) => isWithin(own, asked.datetime))
    .map((own) => placeOf(own, collection, parts, language));
  const path = `${collectionPath(collection.id)}/locations`;
  const document = {
    type: 'FeatureCollection',
    features,
    numberMatched: features.length,
    numberReturned: features.length,
    links: [
      { rel: 'self', href: askedAddress(ctx, path, parts), type: GEOJSON_TYPE },
      { rel: 'collection', href: links.url(collectionPath(collection.id)), type: JSON_TYPE },
    ],
  };
  send(ctx, GEOJSON_TYPE, `${JSON.stringify(document)}\n`);
}
