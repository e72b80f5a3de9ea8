// Tells a caller's own address what became of a job (18-062r2, 7.15): the results, or why it failed. Once; nobody is asked again.
import type { Job } from '../../model/job.ts';
import type { JobSubscriber } from '../../storage/jobs.ts';

export interface Notifier {
  /** Throws SyntaxFault when the address must not be asked. */
  readonly check: (href: string) => unknown;
  readonly post: (href: string, body: string) => Promise<void>;
}

/** Addresses that are to be told, with the name of the member that gave them. */
export function subscriberAddresses(subscriber: JobSubscriber): readonly (readonly [member: string, href: string])[] {
  return Object.entries(subscriber).flatMap(([member, href]) =>
    typeof href === 'string' ? [[member, href] as const] : [],
  );
}

/** `statusUrl`: of the job. The body is short: where the status and the results stand. */
export async function notify(
  job: Job,
  subscriber: JobSubscriber,
  notifier: Notifier,
  statusUrl: string,
): Promise<void> {
  const href =
    job.state === 'successful'
      ? subscriber.successUri
      : job.state === 'failed'
        ? subscriber.failedUri
        : job.state === 'running'
          ? subscriber.inProgressUri
          : null;
  if (href === null) return;
  const body = {
    jobID: job.id,
    processID: job.process,
    type: 'process',
    status: job.state,
    progress: job.progress,
    message: job.message.en ?? '',
    links: [
      { href: statusUrl, rel: 'monitor', type: 'application/json' },
      ...(job.state === 'successful'
        ? [
            {
              href: `${statusUrl}/results`,
              rel: 'http://www.opengis.net/def/rel/ogc/1.0/results',
              type: 'application/json',
            },
          ]
        : []),
    ],
  };
  await notifier.post(href, JSON.stringify(body));
}
