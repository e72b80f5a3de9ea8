// What the page of addresses says to each partner: one function for each of them, which names only what is mounted.
import type { Link } from '../model/description.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { EposService, OldParameter, Service } from '../model/service.ts';
import type { Localised } from '../model/text.ts';
import { recordPath } from './page.ts';

export interface GuideExample {
  readonly label: Localised;
  /** Absolute. */
  readonly href: string;
  readonly type: string;
}

export interface PartnerGuide {
  readonly id: string;
  readonly name: string;
  readonly text: Localised;
  readonly examples: readonly GuideExample[];
}

/** What a section may ask. */
export interface GuideParts {
  readonly services: readonly Service[];
  readonly isMounted: (...names: readonly string[]) => boolean;
  readonly example: (path: string, type: string, en: string, fr: string) => GuideExample;
  /** An open record of the service, the first of its latest ones that fits. */
  readonly recordOf: (
    service: string | undefined,
    fits?: (record: CatalogRecord) => boolean,
  ) => Promise<CatalogRecord | null>;
  readonly linksOf: (record: CatalogRecord | null) => readonly Link[];
}

const JSON_TYPE = 'application/json';
const XML = 'application/xml';
const OAI = 'text/xml';
const OSDD = 'application/opensearchdescription+xml';
const TEXT = 'text/plain';

const partnered = (services: readonly Service[], partner: string): Service | undefined =>
  services.find(({ partners }) => partners.includes(partner));

/** The set of a partner's records at the OAI-PMH door. */
function harvest({ services, isMounted, example }: GuideParts, partner: string): readonly GuideExample[] {
  if (!isMounted('oai-pmh') || partnered(services, partner) === undefined) return [];
  const query = `verb=ListRecords&metadataPrefix=iso19139&set=partner:${partner}`;
  return [example(`/oai?${query}`, OAI, 'Harvest as ISO 19139 (OAI-PMH)', 'Moissonnage en ISO 19139 (OAI-PMH)')];
}

async function formater(parts: GuideParts): Promise<PartnerGuide> {
  const { services, isMounted, example, recordOf } = parts;
  const own = services.filter(({ resto }) => resto !== null);
  const service = partnered(own, 'formater') ?? own[0];
  const collection = service?.resto?.collection ?? '';
  const examples: GuideExample[] = [];
  if (isMounted('resto') && service !== undefined) {
    const root = `/resto/api/collections/${collection}`;
    const record = await recordOf(service.name);
    examples.push(
      example(`${root}/describe.xml`, OSDD, 'Description of the search', 'Description de la recherche'),
      example(`${root}/search.json?maxRecords=2`, JSON_TYPE, 'Search', 'Recherche'),
    );
    if (record !== null) {
      const path = `/resto/collections/${collection}/${record.identifier}`;
      examples.push(
        example(`${path}.json`, JSON_TYPE, 'One record', 'Un enregistrement'),
        example(`${path}/download`, 'application/octet-stream', 'Its data', 'Ses données'),
      );
    }
  }
  if (isMounted('stac') && service !== undefined) {
    examples.push(
      example(
        `/stac/collections/${service.name}/items?limit=2`,
        'application/geo+json',
        'The same as STAC',
        'Idem en STAC',
      ),
    );
  }
  return {
    id: 'formater',
    name: 'ForM@Ter',
    text: {
      en: 'Asks the observatory as it asks PEPS: the interface of resto 2, one collection for each observation service. STAC stands beside it.',
      fr: 'Interroge l’observatoire comme PEPS : l’interface de resto 2, une collection par service d’observation. STAC est à côté.',
    },
    examples: [...examples, ...harvest(parts, 'formater')],
  };
}

/** The template with the period of a record, as the gateway of EPOS writes it: values as they are, what is not filled left out. */
function expanded({ template }: EposService, parameters: readonly OldParameter[], day: string): string {
  const filled = (name: string): string | undefined => {
    const target = parameters.find((one) => one.name === name)?.target;
    if (target === 'begin') return `${day}T00:00:00Z`;
    return target === 'end' ? `${day}T23:59:59Z` : undefined;
  };
  return template.replace(/\{([?]?)([^}]*)\}/g, (_, operator: string, list: string) => {
    const names = list.split(',').map((name) => name.trim());
    const given = names.flatMap((name) => (filled(name) === undefined ? [] : [[name, filled(name)] as const]));
    if (operator === '') return given.map(([, value]) => value).join(',');
    return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${value}`).join('&')}`;
  });
}

const dayOf = ({ time }: CatalogRecord): string | null => {
  const begin = time.kind === 'instant' ? time.at : time.kind === 'period' ? time.begin : null;
  return begin === null ? null : begin.slice(0, 10);
};

async function epos({ services, isMounted, example, recordOf }: GuideParts): Promise<PartnerGuide> {
  const examples: GuideExample[] = [];
  const [first] = services.flatMap((service) => service.epos.map((own) => ({ service, own })));
  if (isMounted('epos') && first !== undefined) {
    const { service, own } = first;
    const file = `/epos/${own.ddss}-${own.file}.ttl`;
    examples.push(
      example('/epos/index.txt', TEXT, 'Addresses of all descriptions', 'Adresses de toutes les descriptions'),
      example('/epos/index.txt?profile=v1', TEXT, 'The same in version 1', 'Idem en version 1'),
      example(file, 'text/turtle', `Description of ${own.ddss}`, `Description de ${own.ddss}`),
    );
    const template = service.old.templates.find(({ path }) => path === own.address);
    const where = Object.entries(template?.where ?? {});
    const record = await recordOf(
      service.name,
      (one) => dayOf(one) !== null && where.every(([field, value]) => one.fields[field] === value),
    );
    const day = record === null ? null : dayOf(record);
    if (isMounted('legacy-rest') && day !== null) {
      const address = expanded(own, template?.parameters ?? service.old.parameters, day);
      const format = `${address.includes('?') ? '&' : '?'}format=application/epos.geo+json`;
      examples.push(
        example(address, JSON_TYPE, 'Its template, filled', 'Son modèle d’adresse, rempli'),
        example(address + format, 'application/epos.geo+json', 'For map and table', 'Pour la carte et le tableau'),
      );
    }
  }
  return {
    id: 'epos',
    name: 'EPOS',
    text: {
      en: 'Ingests the descriptions in EPOS-DCAT-AP and goes on calling the addresses of 2019; payloads for its map and its table are asked by format.',
      fr: 'Ingère les descriptions EPOS-DCAT-AP et appelle toujours les adresses de 2019 ; le paramètre format donne les réponses pour sa carte et son tableau.',
    },
    examples,
  };
}

async function aeris(parts: GuideParts): Promise<PartnerGuide> {
  const { services, isMounted, example, recordOf, linksOf } = parts;
  const service = partnered(services, 'aeris');
  const isNetCdf = ({ type }: Link) => type?.includes('netcdf') === true;
  const record = await recordOf(service?.name, (one) => linksOf(one).some(isNetCdf));
  const file = linksOf(record).find(isNetCdf);
  return {
    id: 'aeris',
    name: 'AERIS',
    text: {
      en: 'Takes one JSON document with all records of a service, or harvests ISO 19139; the data come as NetCDF.',
      fr: 'Prend un document JSON avec toutes les notices d’un service, ou moissonne l’ISO 19139 ; les données sont en NetCDF.',
    },
    examples: [
      ...(isMounted('partners') && service !== undefined
        ? [
            example(
              `/aeris/${service.name}.json`,
              JSON_TYPE,
              'All records of a service',
              'Toutes les notices d’un service',
            ),
          ]
        : []),
      ...harvest(parts, 'aeris'),
      ...(file === undefined
        ? []
        : [example(file.href, file.type ?? 'application/x-netcdf', 'Data as NetCDF', 'Données en NetCDF')]),
    ],
  };
}

async function actris(parts: GuideParts): Promise<PartnerGuide> {
  const { services, isMounted, example, recordOf, linksOf } = parts;
  const examples: GuideExample[] = [];
  const service = services.find(({ actris: facility }) => facility?.ebas !== undefined);
  if (isMounted('partners') && service !== undefined) {
    const isEbas = ({ href }: Link) => href.includes('/ebas/');
    const record = await recordOf(service.name, (one) => linksOf(one).some(isEbas));
    const file = linksOf(record).find(isEbas);
    examples.push(
      example('/actris/metadata/page/0', JSON_TYPE, 'Data sets, a page at a time', 'Jeux de données, page par page'),
      example(`/ebas/${service.name}.txt`, TEXT, 'Addresses of all EBAS files', 'Adresses de tous les fichiers EBAS'),
    );
    if (record !== null && file !== undefined) {
      const path = `${recordPath(record.identifier)}?f=actris`;
      examples.push(
        example(path, JSON_TYPE, 'One data set', 'Un jeu de données'),
        example(file.href, TEXT, 'One EBAS file', 'Un fichier EBAS'),
      );
    }
  }
  return {
    id: 'actris',
    name: 'ACTRIS, EBAS',
    text: {
      en: 'Finds data sets in the form of its own discovery service, and files in EBAS NASA Ames 1.1 by list or by set.',
      fr: 'Trouve les jeux de données dans la forme de son propre service, et les fichiers en EBAS NASA Ames 1.1 par liste ou par ensemble.',
    },
    examples: [...examples, ...harvest(parts, 'ebas')],
  };
}

async function ozcar(parts: GuideParts): Promise<PartnerGuide> {
  const { services, isMounted, example } = parts;
  const id = services.find((service) => service.ozcar !== null)?.ozcar?.producerId;
  return {
    id: 'ozcar',
    name: 'Theia | OZCAR',
    text: {
      en: 'Reads the pivot document 1.2 of the producer; the text file of each observation is named in it.',
      fr: 'Lit le document pivot 1.2 du producteur ; le fichier texte de chaque observation y est nommé.',
    },
    examples: [
      ...(isMounted('partners') && id !== undefined
        ? [example(`/ozcar/${id}.json`, JSON_TYPE, 'Pivot document', 'Document pivot')]
        : []),
      ...harvest(parts, 'ozcar'),
    ],
  };
}

async function datacite({ services, isMounted, example }: GuideParts): Promise<PartnerGuide> {
  const [service] = services;
  return {
    id: 'datacite',
    name: 'DataCite, OpenAIRE',
    text: {
      en: 'A DOI leads to the stable address of its record; the page is public even where the data are not, and stays when the record is withdrawn. The metadata are given in kernel 4.',
      fr: 'Un DOI mène à l’adresse stable de son enregistrement ; la page est publique même si les données ne le sont pas, et reste si la notice est retirée. Les métadonnées sont en kernel 4.',
    },
    examples: [
      ...(service === undefined
        ? []
        : [example(`/id/${service.name}?f=datacite`, XML, 'Metadata of a service', 'Métadonnées d’un service')]),
      ...(isMounted('oai-pmh')
        ? [
            example(
              '/oai?verb=ListRecords&metadataPrefix=oai_datacite&set=openaire_data',
              OAI,
              'Harvest for OpenAIRE (OAI-PMH)',
              'Moissonnage pour OpenAIRE (OAI-PMH)',
            ),
          ]
        : []),
    ],
  };
}

/** In the order of the page. */
export const PARTNER_SECTIONS = [formater, epos, aeris, actris, ozcar, datacite];
