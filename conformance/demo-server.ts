// A server of our own with the demo catalogue, for programs that ask it: on VOBS_TEST_DATABASE_URL if set, else on a private PostgreSQL cluster if
// PostGIS is installed, else on the embedded database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgresql, startPrivateCluster } from '../test/fixtures/private-cluster.ts';
import { type StartedServer, startServer } from './started-server.ts';

export interface DemoServer {
  readonly server: StartedServer;
  /** Stops the server and removes all that it kept. */
  readonly remove: () => Promise<void>;
}

/** `before` may use the empty database, by the settings that the server gets. Throws when the server is not ready within three minutes. */
export async function startDemoServer(
  further: Record<string, string>,
  before: (settings: Record<string, string>) => void = () => undefined,
): Promise<DemoServer> {
  const data = mkdtempSync(join(tmpdir(), 'vobs-demo-'));
  const given = process.env.VOBS_TEST_DATABASE_URL;
  const cluster = given === undefined && findPostgresql() !== null ? await startPrivateCluster() : null;
  const database = given ?? cluster?.url;
  const settings: Record<string, string> = {
    VOBS_DATA_DIRECTORY: data,
    ...(database === undefined ? {} : { VOBS_DATABASE_URL: database }),
    ...further,
  };
  before(settings);
  const server = await startServer({ settings, arguments: ['--demo'], patience: 180_000 });
  return {
    server,
    remove: async () => {
      await server.stop();
      cluster?.remove();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
