/** @jsxRuntime automatic @jsxImportSource preact */
// A small map drawn by the server: graticule, scale, the places of the gazetteer nearby, and the record itself.
import type { Box, Geometry, Position } from '../../model/geometry.ts';
import type { Place } from '../../model/site.ts';
import { type MapFrame, mapFrame } from '../map-frame.ts';
import type { Page } from '../page.ts';

const MAX_PLACES = 6;

/** Lines and areas of a geometry as SVG path data; points apart. */
function outline(geometry: Geometry, frame: MapFrame): { path: string; closed: boolean; points: readonly Position[] } {
  const line = (positions: readonly Position[]) =>
    `M${positions.map((position) => frame.place(position).join(' ')).join('L')}`;
  switch (geometry.type) {
    case 'Point':
      return { path: '', closed: false, points: [geometry.coordinates] };
    case 'MultiPoint':
      return { path: '', closed: false, points: geometry.coordinates };
    case 'LineString':
      return { path: line(geometry.coordinates), closed: false, points: [] };
    case 'MultiLineString':
      return { path: geometry.coordinates.map(line).join(''), closed: false, points: [] };
    case 'Polygon':
      return { path: geometry.coordinates.map((ring) => `${line(ring)}Z`).join(''), closed: true, points: [] };
    case 'MultiPolygon':
      return {
        path: geometry.coordinates
          .flat()
          .map((ring) => `${line(ring)}Z`)
          .join(''),
        closed: true,
        points: [],
      };
  }
}

/** Places of the gazetteer inside the frame whose names do not cover each other, the nearest to the middle first. */
function placesInside(places: readonly Place[], frame: MapFrame): readonly { place: Place; x: number; y: number }[] {
  const inside = places
    .flatMap((place) => {
      if (place.position === null || place.kind === 'country' || place.kind === 'zone') return [];
      const [x, y] = frame.place(place.position);
      return x > 8 && x < frame.width - 8 && y > 14 && y < frame.height - 30 ? [{ place, x, y }] : [];
    })
    .sort(
      (a, b) =>
        Math.hypot(a.x - frame.width / 2, a.y - frame.height / 2) -
        Math.hypot(b.x - frame.width / 2, b.y - frame.height / 2),
    );
  const kept: { place: Place; x: number; y: number }[] = [];
  for (const candidate of inside) {
    if (kept.length === MAX_PLACES) break;
    const clear = kept.every((other) => Math.abs(other.y - candidate.y) > 15 || Math.abs(other.x - candidate.x) > 130);
    if (clear) kept.push(candidate);
  }
  return kept;
}

function Graticule({ page, frame }: { page: Page; frame: MapFrame }) {
  const { say } = page;
  const [west, , , north] = frame.window;
  return (
    <g class="graticule">
      {frame.meridians.map((longitude) => {
        const [x] = frame.place([longitude, north]);
        const written = longitude > 180 ? longitude - 360 : longitude;
        return (
          <>
            <line x1={x} x2={x} y1={0} y2={frame.height} />
            {x > 30 && x < frame.width - 30 && (
              <text x={x + 3} y={frame.height - 5}>
                {say.longitude(written)}
              </text>
            )}
          </>
        );
      })}
      {frame.parallels.map((latitude) => {
        const [, y] = frame.place([west, latitude]);
        return (
          <>
            <line x1={0} x2={frame.width} y1={y} y2={y} />
            {y > 14 && y < frame.height - 24 && (
              <text x={4} y={y - 3}>
                {say.latitude(latitude)}
              </text>
            )}
          </>
        );
      })}
    </g>
  );
}

function Marker({ at, place }: { at: readonly [number, number]; place: Place }) {
  const [x, y] = at;
  return place.kind === 'volcano' ? (
    <path d={`M${x - 5} ${y + 4}L${x} ${y - 5}L${x + 5} ${y + 4}Z`} />
  ) : (
    <rect x={x - 3} y={y - 3} width={6} height={6} />
  );
}

function ScaleBar({ page, frame }: { page: Page; frame: MapFrame }) {
  const { scale, width, height } = frame;
  if (scale === null) return null;
  return (
    <g class="scale" transform={`translate(${width - scale.pixels - 12} ${height - 22})`}>
      <path d={`M0 -5V0H${scale.pixels}V-5`} />
      <text x={scale.pixels / 2} y={-6} text-anchor="middle">
        {`${page.say.number(scale.kilometres)} km`}
      </text>
    </g>
  );
}

/** The map of a box and, where there is one, of the geometry in it. `label` says in words where it is. */
export function Locator({
  page,
  box,
  geometry,
  label,
}: {
  page: Page;
  box: Box;
  geometry: Geometry | null;
  label: string;
}) {
  const frame = mapFrame(box);
  const places = placesInside(page.mappings.places, frame);
  const drawn = geometry === null ? null : outline(geometry, frame);
  const [west, south, east, north] = box;
  const [x1, y1] = frame.place([west, north]);
  const [x2, y2] = frame.place([east, south]);
  return (
    <figure class="locator">
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={label}>
        <rect class="sea" width={frame.width} height={frame.height} />
        <Graticule page={page} frame={frame} />
        {drawn === null && x2 > x1 && (
          <rect class="shape" x={x1} y={y1} width={x2 - x1} height={Math.max(1, y2 - y1)} />
        )}
        {drawn?.path && <path class={drawn.closed ? 'shape' : 'track'} d={drawn.path} />}
        <g class="places">
          {places.map(({ place, x, y }) => (
            <>
              <Marker at={[x, y]} place={place} />
              <text
                x={x > frame.width - 110 ? x - 8 : x + 8}
                y={y + 4}
                text-anchor={x > frame.width - 110 ? 'end' : 'start'}
              >
                {page.say.text(place.name)}
              </text>
            </>
          ))}
        </g>
        {(drawn?.points ?? []).slice(0, 200).map((point) => {
          const [x, y] = frame.place(point);
          return <circle class="here" cx={x} cy={y} r={6} />;
        })}
        <ScaleBar page={page} frame={frame} />
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
