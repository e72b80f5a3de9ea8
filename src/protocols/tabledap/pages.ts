// Pages for people below /erddap: what there is, and how a data set is asked for.
import { escapeHtml } from '../../formats/writers/text.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Attribute } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { unitOf } from './cells.ts';
import type { DataSet } from './data-set.ts';
import { ALL_TYPES } from './file-types.ts';
import { type List, listTable } from './lists.ts';

export interface Pages {
  readonly start: (ctx: AppContext, sets: readonly DataSet[]) => void;
  readonly list: (ctx: AppContext, list: List, path: string) => void;
  readonly dataSet: (ctx: AppContext, set: DataSet) => void;
}

const TEXT = {
  en: {
    about:
      'Data of the observation services for erddapy, rerddap and every program that reads CSV or NetCDF from an address. It answers the tabular part of the interface of ERDDAP.',
    sets: 'Data sets',
    lists: 'Lists and search',
    variables: 'Variables',
    examples: 'Examples',
    types: 'Types of answers',
    name: 'Name',
    unit: 'Unit',
    meaning: 'Meaning',
    range: 'Range',
    last: 'The last day',
    image: 'A chart of the last week',
    daily: 'Daily means',
    all: 'All attributes',
  },
  fr: {
    about:
      'Les données des services d’observation pour erddapy, rerddap et tout programme qui lit du CSV ou du NetCDF à une adresse. C’est la partie tabulaire de l’interface d’ERDDAP.',
    sets: 'Jeux de données',
    lists: 'Listes et recherche',
    variables: 'Variables',
    examples: 'Exemples',
    types: 'Types de réponses',
    name: 'Nom',
    unit: 'Unité',
    meaning: 'Signification',
    range: 'Étendue',
    last: 'Le dernier jour',
    image: 'Un graphique de la dernière semaine',
    daily: 'Moyennes journalières',
    all: 'Tous les attributs',
  },
} as const;

const text = (value: Attribute | undefined): string => (typeof value === 'string' ? value : '');

function link(href: string, label: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
}

function examplesOf(set: DataSet, language: Language): readonly (readonly [label: string, path: string])[] {
  const time = set.description.axis?.column;
  const isTime = set.description.columns.find(({ name }) => name === time)?.type === 'time';
  const first =
    set.variables.find(({ column }) => column.type === 'number' && column.standardName === null) ??
    set.variables.find(({ column }) => column.type === 'number');
  const base = `/erddap/tabledap/${set.id}`;
  const words = TEXT[language];
  const all = [[words.all, `/erddap/info/${set.id}/index.html`] as const];
  if (time === undefined || !isTime || set.description.time === null || first === undefined) return all;
  const { name } = first.column;
  return [
    [words.last, `${base}.htmlTable?${time},${name}&${time}>=max(${time})-1day`],
    [words.image, `${base}.largePng?${time},${name}&${time}>=max(${time})-7days`],
    [words.daily, `${base}.csv?${time},${name}&${time}>=max(${time})-30days&orderByMean("${time}/1day")`],
    ...all,
  ];
}

function rangeText(set: DataSet, name: string): string {
  const variable = set.variables.find(({ column }) => column.name === name);
  const range = variable?.attributes.actual_range;
  if (!Array.isArray(range)) return '';
  const show = (value: number) =>
    variable?.column.type === 'time' ? new Date(value * 1000).toISOString() : String(value);
  return (range as readonly number[]).map(show).join(' – ');
}

function dataSetMain(set: DataSet, language: Language, url: (path: string) => string): string {
  const words = TEXT[language];
  const { globals, variables } = set;
  const rows = variables.map(({ column }) => {
    const cells = [column.name, unitOf(column), inLanguage(column.label, language), rangeText(set, column.name)];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const head = [words.name, words.unit, words.meaning, words.range]
    .map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
    .join('');
  const examples = examplesOf(set, language).map(([label, path]) => `<li>${link(url(path), label)}</li>`);
  const types = ALL_TYPES.filter((type) => type !== 'html').map((type) => `<code>.${type}</code>`);
  return `<h1>${escapeHtml(text(globals.title))}</h1>
<p>${escapeHtml(text(globals.summary))}</p>
<h2>${words.variables}</h2>
<table><thead><tr>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<h2>${words.examples}</h2>
<ul>${examples.join('')}</ul>
<h2>${words.types}</h2>
<p>${types.join(' ')}</p>`;
}

function startMain(sets: readonly DataSet[], language: Language, url: (path: string) => string): string {
  const words = TEXT[language];
  const own = sets.map(
    ({ id, globals }) => `<li>${link(url(`/erddap/tabledap/${id}.html`), text(globals.title))}</li>`,
  );
  const lists = [
    'tabledap/index.html',
    'info/index.html',
    'search/index.html',
    'search/advanced.html',
    'categorize/index.html',
    'version',
  ];
  const others = lists.map((path) => `<li>${link(url(`/erddap/${path}`), path)}</li>`);
  return `<h1>tabledap</h1>
<p>${escapeHtml(words.about)}</p>
<h2>${words.sets}</h2>
<ul>${own.join('\n')}</ul>
<h2>${words.lists}</h2>
<ul>${others.join('')}</ul>`;
}

/** `url`: absolute address of a path of ours. */
export function createPages(frame: HtmlFrame, url: (path: string) => string): Pages {
  const trail = (...rest: readonly (readonly [string, string | null])[]) => [
    ['tabledap', '/erddap/index.html'] as const,
    ...rest,
  ];
  return {
    start(ctx, sets) {
      const main = startMain(sets, ctx.state.language, url);
      frame.send(ctx, { title: 'tabledap', main, trail: [['tabledap', null]], canonical: url('/erddap/index.html') });
    },
    list(ctx, list, path) {
      const main = `<h1>${escapeHtml(list.title)}</h1>\n${listTable(list)}`;
      frame.send(ctx, { title: list.title, main, trail: trail([list.title, path]), noIndex: true });
    },
    dataSet(ctx, set) {
      const title = text(set.globals.title);
      const main = dataSetMain(set, ctx.state.language, url);
      const canonical = url(`/erddap/tabledap/${set.id}.html`);
      frame.send(ctx, { title, main, trail: trail([title, null]), canonical, description: text(set.globals.summary) });
    },
  };
}
