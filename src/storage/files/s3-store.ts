// Files in an S3-compatible store under `{prefix}{first two digits}/{sha256}`. The bytes are spooled first, because their key is their checksum;
// the store checks what arrives against it (x-amz-content-sha256), and an object is there whole or not at all.
import { createHash } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { parseXml, type XmlElement } from '../../formats/syntax/xml.ts';
import type { ByteSource } from '../../model/byte-source.ts';
import { AppError } from '../../model/errors.ts';
import type { FileStore, StoredFile } from '../../model/file-store.ts';
import { createS3Requests, type S3Place } from './s3-requests.ts';
import { type Spooled, spool, sweep } from './spool.ts';

export interface S3StoreOptions extends S3Place {
  /** Directory of this machine where bytes wait until their checksum is known. */
  readonly spoolFolder: string;
  /** Bytes of one part; larger files are sent in several. At least 5 MiB where the store is Amazon's. */
  readonly partSize?: number;
}

const CHECKSUM = /^[0-9a-f]{64}$/;
const PART = 16 * 1024 * 1024;
/** The standard allows no more. */
const MOST_PARTS = 10_000;

type Send = ReturnType<typeof createS3Requests>;

const keyOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256}`;
const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function textOf(parent: XmlElement, name: string): string | null {
  const found = parent.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name);
  return found === undefined ? null : found.children.filter((child) => typeof child === 'string').join('');
}

/** The store at that place. Nothing is asked of it before the first use. */
export async function openS3Store({ spoolFolder, partSize = PART, ...place }: S3StoreOptions): Promise<FileStore> {
  const send = createS3Requests(place);
  await sweep(spoolFolder, Date.now());

  async function find(sha256: string): Promise<StoredFile | null> {
    if (!CHECKSUM.test(sha256)) return null;
    const answer = await send({ method: 'HEAD', key: keyOf(sha256) });
    return answer.ok ? { sha256, size: Number(answer.headers.get('content-length')) } : null;
  }

  return {
    async put(bytes, limits = {}) {
      const spooled = await spool(spoolFolder, bytes, limits.most);
      try {
        const { sha256, size } = spooled;
        if ((await find(sha256))?.size !== size) await upload(send, spooled, partSize);
        return { sha256, size };
      } finally {
        await unlink(spooled.path).catch(() => {});
      }
    },
    async open(sha256, name = null) {
      const found = await find(sha256);
      return found === null ? null : objectSource(send, found, name);
    },
    async remove(sha256) {
      if (CHECKSUM.test(sha256)) await send({ method: 'DELETE', key: keyOf(sha256) });
    },
    async *list() {
      for (let token: string | null = ''; token !== null; ) {
        const query: { [name: string]: string } = { 'list-type': '2', prefix: place.prefix };
        if (token !== '') query['continuation-token'] = token;
        const answer: Response = await send({ method: 'GET', key: null, query });
        if (!answer.ok) throw new AppError('storage-unavailable');
        const root = parseXml(await answer.text());
        for (const child of root.children) {
          if (typeof child === 'string' || child.name !== 'Contents') continue;
          const key = (textOf(child, 'Key') ?? '').slice(place.prefix.length);
          const sha256 = key.slice(3);
          if (CHECKSUM.test(sha256) && key === keyOf(sha256)) yield { sha256, size: Number(textOf(child, 'Size')) };
        }
        token = textOf(root, 'NextContinuationToken');
      }
    },
  };
}

async function upload(send: Send, { path, sha256, size }: Spooled, partSize: number): Promise<void> {
  const file = await open(path, 'r');
  const read = async (start: number, length: number): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, start);
    return bytes.subarray(0, bytesRead);
  };
  try {
    if (size > partSize) return await uploadInParts(send, { sha256, size, read }, partSize);
    await send({
      method: 'PUT',
      key: keyOf(sha256),
      headers: { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' },
      body: await read(0, size),
    });
  } finally {
    await file.close();
  }
}

interface InParts extends StoredFile {
  readonly read: (start: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Parts one after the other, each with its own checksum; given up altogether when one fails. */
async function uploadInParts(send: Send, { sha256, size, read }: InParts, wanted: number): Promise<void> {
  const key = keyOf(sha256);
  const partSize = Math.max(wanted, Math.ceil(size / MOST_PARTS));
  const begun = await send({ method: 'POST', key, query: { uploads: '' }, body: '' });
  const uploadId = textOf(parseXml(await begun.text()), 'UploadId');
  if (uploadId === null) throw new AppError('storage-unavailable');
  try {
    let parts = '';
    for (let at = 0, number = 1; at < size; at += partSize, number++) {
      const body = await read(at, Math.min(partSize, size - at));
      const query = { partNumber: String(number), uploadId };
      const sent = await send({ method: 'PUT', key, query, headers: { 'x-amz-content-sha256': sha256Of(body) }, body });
      const etag = (sent.headers.get('etag') ?? '').replaceAll('"', '');
      parts += `<Part><PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag></Part>`;
    }
    const body = `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`;
    const headers = { 'content-type': 'application/xml', 'x-amz-content-sha256': sha256Of(body) };
    const done = await send({ method: 'POST', key, query: { uploadId }, headers, body });
    // The store may answer 200 and tell the fault in the body.
    if (!done.ok || /<Error>/.test(await done.text())) throw new AppError('storage-unavailable');
  } catch (error) {
    await send({ method: 'DELETE', key, query: { uploadId } }).catch(() => {});
    throw error;
  }
}

/** An object read by ranges, as it is asked. */
function objectSource(send: Send, { sha256, size }: StoredFile, name: string | null): ByteSource {
  const read = async (range: string): Promise<Response> => {
    const answer = await send({ method: 'GET', key: keyOf(sha256), headers: { range } });
    if (answer.status === 404) throw new AppError('not-found');
    return answer;
  };
  return {
    name,
    size,
    async *stream(start = 0) {
      if (start >= size) return;
      const { body } = await read(`bytes=${start}-`);
      if (body !== null) yield* body as unknown as AsyncIterable<Uint8Array>;
    },
    async readAt(start, length) {
      const end = Math.min(start + length, size);
      if (start >= end) return new Uint8Array(0);
      return new Uint8Array(await (await read(`bytes=${start}-${end - 1}`)).arrayBuffer());
    },
  };
}
