// The API description as a page: every address of every door with its parameters, readable without script.
import { escapeHtml } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import { OPENAPI_TYPE, type Operation } from '../../http/openapi.ts';
import type { ParameterDoc, Schema } from '../../http/protocol.ts';
import type { Language } from '../../model/text.ts';
import { anchor, heading, wordsIn } from './html.ts';

const WORDS = {
  en: {
    lead: 'Every address that answers here, by door. Programs read the same as',
    parameter: 'Parameter',
    form: 'Form',
    meaning: 'Meaning',
    gives: 'Gives',
    takes: 'Takes',
    doors: 'Doors',
    required: 'required',
    addresses: (count: number) => `${count} addresses`,
  },
  fr: {
    lead: 'Toutes les adresses qui répondent ici, par entrée. Les programmes lisent la même chose en',
    parameter: 'Paramètre',
    form: 'Forme',
    meaning: 'Sens',
    gives: 'Donne',
    takes: 'Reçoit',
    doors: 'Entrées',
    required: 'obligatoire',
    addresses: (count: number) => `${count} adresses`,
  },
} as const;

/** `integer 1–1000, default 10`, `any of: a, b`. */
export function formOf(schema: Schema | undefined): string {
  if (schema === undefined) return 'string';
  const { type, items, minimum, maximum, default: value, format } = schema;
  const values = schema.enum;
  if (type === 'array') return `${formOf(items as Schema | undefined)}, …`;
  const bounds = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}–${maximum ?? ''}`;
  const list = Array.isArray(values) ? `: ${values.join(' | ')}` : '';
  const usual = value === undefined ? '' : `, default ${String(value)}`;
  return `${String(format ?? type ?? 'any')}${bounds}${list}${usual}`;
}

function parameterRows(parameters: readonly ParameterDoc[], language: Language): string {
  const words = WORDS[language];
  const rows = parameters.map(
    ({ name, required, schema, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required ? ` <span class="quiet">${words.required}</span>` : ''}</td>` +
      `<td>${escapeHtml(formOf(schema))}</td><td lang="en">${escapeHtml(description)}</td></tr>`,
  );
  return (
    `<table><thead><tr><th scope="col">${words.parameter}</th><th scope="col">${words.form}</th><th scope="col">${words.meaning}</th></tr></thead>` +
    `<tbody>${rows.join('')}</tbody></table>`
  );
}

/** A GET that wants no parameter can be followed. */
function addressOf({ method, path, parameters }: Operation, links: Links): string {
  const text = `<code>${method} ${escapeHtml(links.basePath + path)}</code>`;
  const isPlain = method === 'GET' && parameters.every(({ required }) => !required);
  return isPlain ? `<a href="${escapeHtml(links.url(path))}">${text}</a>` : text;
}

function operationPart(operation: Operation, links: Links, language: Language): string {
  const { doc, parameters } = operation;
  const words = WORDS[language];
  const types = (list: readonly string[]) => list.map((type) => `<code>${escapeHtml(type)}</code>`).join(', ');
  const gives = doc.produces === undefined ? '' : `<p>${words.gives} ${types(doc.produces)}</p>`;
  const takes = doc.body === undefined ? '' : `<p>${words.takes} ${types(Object.keys(doc.body.content))}</p>`;
  const table = parameters.length === 0 ? '' : parameterRows(parameters, language);
  return (
    `<details><summary><code>${operation.method} ${escapeHtml(operation.path)}</code> <span class="quiet" lang="en">${escapeHtml(doc.summary)}</span></summary>` +
    `<p>${addressOf(operation, links)}</p>${takes}${gives}${table}</details>`
  );
}

/** The main part of the page. */
export function apiMain(all: readonly Operation[], links: Links, language: Language): string {
  const words = WORDS[language];
  const doors = new Map<string, Operation[]>();
  for (const operation of all) {
    const known = doors.get(operation.protocol);
    if (known === undefined) doors.set(operation.protocol, [operation]);
    else known.push(operation);
  }
  const contents = [...doors].map(
    ([name, list]) =>
      `<li><a href="#${escapeHtml(name)}">${escapeHtml(name)}</a> <span class="quiet">${words.addresses(list.length)}</span></li>`,
  );
  const sections = [...doors].map(
    ([name, list]) =>
      `<section class="door"><h2 id="${escapeHtml(name)}">${escapeHtml(name)}</h2>` +
      `${list.map((operation) => operationPart(operation, links, language)).join('')}</section>`,
  );
  return (
    `${heading(wordsIn(language).api)}<p class="lead">${words.lead} ${anchor(links.url('/api'), 'OpenAPI 3.0', ` type="${OPENAPI_TYPE}"`)}.</p>` +
    `<nav aria-label="${words.doors}"><ul>${contents.join('')}</ul></nav>${sections.join('')}`
  );
}
