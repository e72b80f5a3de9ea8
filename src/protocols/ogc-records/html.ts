// HTML twins (17-069r4, clause 8.2: everything that the JSON says, every link an `a`): documents as description lists, lists as articles.
import type { Language } from '../../model/text.ts';

const WORDS = {
  en: {
    links: 'Links',
    collections: 'Collections',
    records: 'Records',
    conformance: 'Conformance',
    queryables: 'What can be asked for',
    sortables: 'What gives an order',
    api: 'Description of the API',
    search: 'Search',
    words: 'Words',
    none: 'Nothing found.',
    first: 'First page',
    prev: 'Previous page',
    next: 'Next page',
    ongoing: 'ongoing',
    found: (total: number) => `${total} record${total === 1 ? '' : 's'}`,
    all: 'All records',
  },
  fr: {
    links: 'Liens',
    collections: 'Collections',
    records: 'Enregistrements',
    conformance: 'Conformité',
    queryables: 'Ce qui se demande',
    sortables: 'Ce qui se trie',
    api: 'Description de l’API',
    search: 'Chercher',
    words: 'Mots',
    none: 'Rien trouvé.',
    first: 'Première page',
    prev: 'Page précédente',
    next: 'Page suivante',
    ongoing: 'en cours',
    found: (total: number) => `${total} enregistrement${total > 1 ? 's' : ''}`,
    all: 'Tous les enregistrements',
  },
} as const;
export const wordsIn = (language: Language) => WORDS[language];

export { anchor, documentMain, heading, linkList, tree } from '../../formats/writers/document-html.ts';
