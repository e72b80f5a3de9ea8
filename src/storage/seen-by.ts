// What a viewer may see of the table `metadata m`, as a condition with one parameter; the only one for statements that read it by key or by date.
import type { Viewer } from '../model/viewer.ts';

export interface SeenCondition {
  /** Tells the two forms apart in the names of prepared statements. */
  readonly suffix: string;
  /** `place`: number of the parameter. */
  readonly text: (place: number) => string;
  readonly value: number | readonly string[];
}

/** authorization_ 0 to 2 for everybody, 3 for internal accounts, of their services if they have some. */
export function seenBy(viewer: Viewer): SeenCondition {
  return viewer.metadataLevel === 3 && viewer.services !== null
    ? {
        suffix: '_services',
        text: (place) => `(m.authorization_ <= 2 OR m.service = ANY ($${place}::text[]))`,
        value: viewer.services,
      }
    : { suffix: '', text: (place) => `m.authorization_ <= $${place}::smallint`, value: viewer.metadataLevel };
}
