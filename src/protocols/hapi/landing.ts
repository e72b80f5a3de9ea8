// /hapi: what the door is, for people (HAPI 3.3, 3.2).
import { escapeHtml } from '../../formats/writers/text.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Language } from '../../model/text.ts';
import type { Dataset } from './datasets.ts';
import { ROOT } from './vocabulary.ts';

const WORDS: {
  readonly [L in Language]: {
    readonly lead: string;
    readonly addresses: string;
    readonly sets: string;
    readonly info: string;
    readonly more: (count: number) => string;
  };
} = {
  en: {
    lead: 'Time series of the observatory for programs that know HAPI, the Heliophysics Application Programmer’s Interface: hapiclient, SPEDAS, Autoplot.',
    addresses: 'Addresses',
    sets: 'Data sets',
    info: 'description',
    more: (count) => `and ${count} more in the catalogue`,
  },
  fr: {
    lead: 'Séries temporelles de l’observatoire pour les programmes qui connaissent HAPI (Heliophysics Application Programmer’s Interface) : hapiclient, SPEDAS, Autoplot.',
    addresses: 'Adresses',
    sets: 'Jeux de données',
    info: 'description',
    more: (count) => `et ${count} autres dans le catalogue`,
  },
};

/** So many data sets stand on the page. */
const MOST = 50;

export interface LandingSet {
  readonly dataset: Dataset;
  readonly title: string;
}

const anchor = (href: string, text: string): string => `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;

/** Sends the page; caching is the caller's. */
export function sendLanding(ctx: AppContext, links: Links, frame: HtmlFrame, sets: readonly LandingSet[]): void {
  const words = WORDS[ctx.state.language];
  const addresses = ['about', 'capabilities', 'catalog'].map(
    (name) => `<li>${anchor(links.url(`${ROOT}/${name}`), `${ROOT}/${name}`)}</li>`,
  );
  const lines = sets.slice(0, MOST).map(({ dataset, title }) => {
    const info = links.url(`${ROOT}/info`, { dataset: dataset.id });
    return `<li><code>${escapeHtml(dataset.id)}</code> ${escapeHtml(title)} (${anchor(info, words.info)})</li>`;
  });
  const more = sets.length > MOST ? `<p>${escapeHtml(words.more(sets.length - MOST))}</p>` : '';
  frame.send(ctx, {
    title: 'HAPI',
    main: `<h1>HAPI</h1><p>${escapeHtml(words.lead)}</p><h2>${words.addresses}</h2><ul class="addresses">${addresses.join('')}</ul><h2>${words.sets}</h2><ul>${lines.join('')}</ul>${more}`,
    trail: [['HAPI', null]],
    canonical: links.url(ROOT),
  });
}
