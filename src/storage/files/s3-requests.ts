// Requests to an S3-compatible store, signed with Signature Version 4 and addressed by path. What the store refuses is told as an error of ours.
import { AwsClient } from 'aws4fetch';
import { AppError } from '../../model/errors.ts';

export interface S3Place {
  /** `https://s3.example.org`; null: Amazon's of the region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  /** Before each key: the empty text, or a path that ends with a slash. */
  readonly prefix: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Below the prefix; null: the bucket itself. */
  readonly key: string | null;
  readonly query?: { readonly [name: string]: string };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Uint8Array<ArrayBuffer> | string;
}

/** Of 5xx and 429, with growing waits. */
const RETRIES = 3;
/** Until the store begins to answer. */
const PATIENCE_MS = 60_000;
const NO_ROOM = /<Code>(QuotaExceeded|EntityTooLarge|InsufficientCapacity|XMinioStorageFull)<\/Code>/;

/** Sends one request. That there is nothing (404) is an answer, save where something is written; other failures throw AppError `storage-unavailable`, or `storage-full` where the store says so. */
export function createS3Requests(place: S3Place): (request: S3Request) => Promise<Response> {
  const client = new AwsClient({
    accessKeyId: place.accessKey,
    secretAccessKey: place.secretKey,
    region: place.region,
    service: 's3',
    retries: RETRIES,
  });
  const base = `${(place.endpoint ?? `https://s3.${place.region}.amazonaws.com`).replace(/\/+$/, '')}/${place.bucket}`;
  return async ({ method, key, query = {}, headers = {}, body }) => {
    const url = new URL(key === null ? base : `${base}/${place.prefix}${key}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const wait = new AbortController();
    const timer = setTimeout(() => wait.abort(), PATIENCE_MS);
    let response: Response;
    try {
      response = await client.fetch(url, {
        method,
        headers: { ...headers },
        redirect: 'manual',
        signal: wait.signal,
        ...(body === undefined ? {} : { body }),
      });
    } catch (cause) {
      throw new AppError('storage-unavailable', { cause });
    } finally {
      clearTimeout(timer);
    }
    const absent = response.status === 404 && (method === 'GET' || method === 'HEAD' || method === 'DELETE');
    if (response.ok || absent) return response;
    const text = method === 'HEAD' ? '' : (await response.text().catch(() => '')).slice(0, 2000);
    const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '';
    const cause = new Error(`the file store answered ${method} with ${response.status} ${code}`.trim());
    throw new AppError(response.status === 507 || NO_ROOM.test(text) ? 'storage-full' : 'storage-unavailable', {
      cause,
    });
  };
}
