// A file of a record: which bytes of the file store, what they are called and what they are for.

/** `data` the observations themselves; `overview` a quick-look; `thumbnail` a small picture of it; `metadata` a description; `source` what a file was made from. */
export const ASSET_ROLES = ['data', 'overview', 'thumbnail', 'metadata', 'source'] as const;
export type AssetRole = (typeof ASSET_ROLES)[number];

export interface Asset {
  /** UUID, the path segment of `/files/{asset}/{name}`. */
  readonly id: string;
  readonly service: string;
  /** Number of the record in its service. */
  readonly record: number;
  /** File name without folder, as it was given. */
  readonly name: string;
  readonly role: AssetRole;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hexadecimal digits, lower case. */
  readonly sha256: string;
  /** RFC 3339, whole seconds UTC: when the store took it. */
  readonly modified: string;
}
