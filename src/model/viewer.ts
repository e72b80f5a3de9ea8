// Who asks. There is no query without a viewer.

export interface Viewer {
  readonly account: string | null;
  /** Highest authorization_ whose metadata the viewer sees: 2 for everybody, 3 for internal accounts. */
  readonly metadataLevel: 2 | 3;
  /** Highest authorization_ whose data the viewer may take. */
  readonly dataLevel: 0 | 1 | 2 | 3;
  /** Services whose internal records (authorization_ 3) the viewer sees; null = all that its level allows. */
  readonly services: readonly string[] | null;
  readonly groups: readonly string[];
  readonly administrator: boolean;
}

export const ANONYMOUS: Viewer = Object.freeze({
  account: null,
  metadataLevel: 2,
  dataLevel: 0,
  services: null,
  groups: Object.freeze([]),
  administrator: false,
});

/** A short text that is equal for two viewers exactly when they see the same records; part of every ETag. */
export function scopeOf(viewer: Viewer): string {
  return `${viewer.metadataLevel}${viewer.dataLevel}:${viewer.services ? [...viewer.services].sort().join(',') : '*'}:${[...viewer.groups].sort().join(',')}`;
}

/**
 * May the viewer take the data of a record with this code? Its groups open a record of code 0 to 2 that names one of them;
 * an embargo that still runs counts as code 2.
 */
export function mayTakeData(
  viewer: Viewer,
  record: {
    readonly authorization: number;
    readonly service: string;
    readonly accessGroups: readonly string[];
    readonly embargoUntil: string | null;
  },
  today: string,
): boolean {
  if (record.authorization >= 3) {
    return viewer.dataLevel >= 3 && (viewer.services === null || viewer.services.includes(record.service));
  }
  if (record.accessGroups.some((group) => viewer.groups.includes(group))) return true;
  const needed =
    record.embargoUntil !== null && record.embargoUntil > today
      ? Math.max(2, record.authorization)
      : record.authorization;
  return viewer.dataLevel >= needed;
}
