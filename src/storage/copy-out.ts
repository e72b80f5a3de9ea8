// COPY … TO STDOUT on one client of the driver: each message, one row in the binary form, is given away while it is read, nothing is kept.
import type pg from 'pg';

interface Connection {
  query(text: string): void;
}

/** What the driver calls of a statement in work; ours for COPY alone. */
interface Work {
  submit(connection: Connection): Error | null;
  handleCopyData(message: { readonly chunk: Buffer }): void;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
  handleCommandComplete(): void;
  handleRowDescription(): void;
  handleDataRow(): void;
  handleEmptyQuery(): void;
  handlePortalSuspended(): void;
}

/** The bytes that `take` is given are valid during the call only. What `take` throws is thrown when the statement is over. */
export function copyOut(client: pg.PoolClient, text: string, take: (bytes: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let fault: unknown;
    let failed = false;
    const fail = (error: unknown) => {
      if (!failed) fault = error;
      failed = true;
    };
    const nothing = () => {};
    const work: Work = {
      submit: (connection) => {
        connection.query(text);
        return null;
      },
      handleCopyData: ({ chunk }) => {
        if (failed) return;
        try {
          take(chunk);
        } catch (error) {
          fail(error);
        }
      },
      handleError: (error) => {
        fail(error);
        // The driver tells a broken connection so, and nothing follows.
        reject(fault);
      },
      handleReadyForQuery: () => (failed ? reject(fault) : resolve()),
      handleCommandComplete: nothing,
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handleEmptyQuery: nothing,
      handlePortalSuspended: nothing,
    };
    client.query(work as unknown as pg.Submittable);
  });
}
