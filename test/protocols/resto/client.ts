// Asks the resto facade over HTTP, and reads what comes as its clients do.
import request from 'supertest';
import * as assert from 'uvu/assert';
import { DEMO_BASE, type DemoApp } from '../../fixtures/demo-app.ts';

export interface Feature {
  readonly type: string;
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: { readonly [name: string]: unknown } & {
    readonly productIdentifier: string;
    readonly resourceSize: number;
    readonly services: {
      readonly download: {
        readonly url: string;
        readonly mimeType: string;
        readonly size: number;
        readonly checksum: string;
      };
    };
  };
}

export interface Answer {
  readonly type: string;
  readonly properties: {
    readonly id: string;
    readonly totalResults: number;
    readonly exactCount: boolean;
    readonly startIndex: number;
    readonly itemsPerPage: number;
    readonly query: {
      readonly originalFilters: { readonly [key: string]: string };
      readonly appliedFilters: { readonly [key: string]: string };
      readonly processingTime: number;
    };
    readonly links: readonly {
      readonly rel: string;
      readonly type: string;
      readonly title: string;
      readonly href: string;
    }[];
  };
  readonly features: readonly Feature[];
}

/** Our own address without its host. */
export const local = (address: string): string => address.replace(DEMO_BASE, '');

export function createClient({ server }: Pick<DemoApp, 'server'>, headers: Record<string, string> = {}) {
  const get = (path: string) => request(server).get(local(path)).set(headers);
  return {
    get,
    async search(collection: string | null, query = ''): Promise<Answer> {
      const path = `/resto/api/collections/${collection === null ? '' : `${collection}/`}search.json?${query}`;
      const answer = await get(path);
      assert.is(answer.status, 200, `${path}: ${answer.text}`);
      assert.is(answer.headers['content-type'], 'application/json; charset=utf-8');
      return answer.body as Answer;
    },
    /** Total of the same question at the OpenSearch door. */
    async counted(service: string | null, query = ''): Promise<number> {
      const path = `/opensearch/${service === null ? 'records' : service}/search.json?count=0&${query}`;
      const answer = await get(path);
      assert.is(answer.status, 200, `${path}: ${answer.text}`);
      return answer.body.totalResults as number;
    },
  };
}
