// Pages of processes and jobs: what the JSON says, laid out to be read.
import { anchor, documentMain, heading, linkList, tree, type WebLink } from '../../formats/writers/document-html.ts';
import { escapeHtml } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import type { Job } from '../../model/job.ts';
import type { ProcessDescription } from '../../model/process.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { descriptionOf, jobPath, processPath, statusOf } from './documents.ts';

const WORDS = {
  en: {
    processes: 'Processes',
    jobs: 'Jobs',
    job: 'Job',
    results: 'Results',
    inputs: 'Inputs',
    outputs: 'Outputs',
    example: 'Example',
    none: 'No job is listed here. Jobs of callers without an account are known by their address alone.',
    required: 'required',
    progress: 'Progress',
  },
  fr: {
    processes: 'Processus',
    jobs: 'Travaux',
    job: 'Travail',
    results: 'Résultats',
    inputs: 'Entrées',
    outputs: 'Sorties',
    example: 'Exemple',
    none: 'Aucun travail n’est listé ici. Ceux des appelants sans compte ne sont connus que par leur adresse.',
    required: 'obligatoire',
    progress: 'Avancement',
  },
} as const;
export const wordsIn = (language: Language) => WORDS[language];

export function processListMain(
  processes: readonly ProcessDescription[],
  links: Links,
  language: Language,
  all: readonly WebLink[],
): string {
  const items = processes.map(
    (process) =>
      `<article><h2>${anchor(links.url(processPath(process.id), { f: 'html' }), inLanguage(process.title, language))}</h2><p>${escapeHtml(inLanguage(process.abstract, language))}</p></article>`,
  );
  return `${heading(WORDS[language].processes)}${items.join('')}${linkList(all, language)}`;
}

type Port = ProcessDescription['inputs'][number];

function portRow(port: Port | ProcessDescription['outputs'][number], language: Language): string {
  const need = 'minOccurs' in port && port.minOccurs > 0 ? ` <em>${WORDS[language].required}</em>` : '';
  return `<div><dt><code>${escapeHtml(port.id)}</code>${need}</dt><dd><strong>${escapeHtml(inLanguage(port.title, language))}</strong> ${escapeHtml(inLanguage(port.abstract, language))}${tree(port.schema)}</dd></div>`;
}

export function processMain(
  process: ProcessDescription,
  example: unknown,
  language: Language,
  all: readonly WebLink[],
): string {
  const words = WORDS[language];
  const { title, description } = descriptionOf(process, language);
  const ports = (name: string, list: readonly (Port | ProcessDescription['outputs'][number])[]) =>
    `<section><h2>${escapeHtml(name)}</h2><dl class="facts-table">${list.map((port) => portRow(port, language)).join('')}</dl></section>`;
  const shown = `<section><h2>${words.example}</h2><pre>${escapeHtml(JSON.stringify(example, null, 2))}</pre></section>`;
  return `${heading(String(title))}<p>${escapeHtml(String(description))}</p>${ports(words.inputs, process.inputs)}${ports(words.outputs, process.outputs)}${shown}${linkList(all, language)}`;
}

export function jobListMain(jobs: readonly Job[], links: Links, language: Language, all: readonly WebLink[]): string {
  const words = WORDS[language];
  const items = jobs.map(
    (job) =>
      `<li>${anchor(links.url(jobPath(job.id), { f: 'html' }), `${job.process} ${job.created}`)} <span class="quiet">${escapeHtml(`${job.state} ${job.progress} %`)}</span></li>`,
  );
  const list = items.length === 0 ? `<p>${escapeHtml(words.none)}</p>` : `<ul>${items.join('')}</ul>`;
  return `${heading(words.jobs)}${list}${linkList(all, language)}`;
}

export function jobMain(job: Job, language: Language, all: readonly WebLink[]): string {
  const words = WORDS[language];
  const bar = `<p><label>${words.progress} <progress max="100" value="${job.progress}">${job.progress} %</progress></label></p>`;
  const main = documentMain(`${words.job} ${job.id}`, statusOf(job, language), all, language);
  return main.replace('</h1>', `</h1>${bar}`);
}
