// Where a result is fetched: the same address at every processing door. It ends in the name of the file, which clients keep it by.
import type { JobOutput } from '../model/job.ts';

/** Path of one output of a job, below the base URL. */
export function resultPath(job: string, output: JobOutput): string {
  const name = output.kind === 'file' ? `/${encodeURIComponent(output.name)}` : '';
  return `/jobs/${job}/results/${encodeURIComponent(output.output)}${name}`;
}
