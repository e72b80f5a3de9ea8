// What jobs say of themselves, in both languages.
import type { JobFault } from '../../model/job.ts';
import type { Localised } from '../../model/text.ts';

export const WORDS = {
  accepted: { en: 'waiting', fr: 'en attente' },
  running: { en: 'running', fr: 'en cours' },
  reading: { en: 'reading the inputs', fr: 'lecture des entrées' },
  dismissed: { en: 'dismissed', fr: 'annulé' },
  again: {
    en: 'waiting again after its worker was lost',
    fr: 'de nouveau en attente après la perte de son processus de calcul',
  },
} as const satisfies { readonly [name: string]: Localised };

export function finished(seconds: number): Localised {
  const text = seconds.toFixed(1);
  return { en: `finished in ${text} s`, fr: `terminé en ${text.replace('.', ',')} s` };
}

export function timedOut(seconds: number): JobFault {
  return {
    reason: 'timed-out',
    detail: { en: `it took longer than ${seconds} s`, fr: `il a pris plus de ${seconds} s` },
    input: null,
  };
}

export const WORKER_LOST: JobFault = {
  reason: 'worker-lost',
  detail: { en: 'its worker was lost twice', fr: 'son processus de calcul a été perdu deux fois' },
  input: null,
};
