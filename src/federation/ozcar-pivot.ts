// The pivot document of Theia|OZCAR, version 1.2: one producer with a data set for each site and an observation for each measured variable
// of the site; and the text file of each observation. The catalogue names organisations, no persons.
import type { Contact, InstrumentUse } from '../model/description.ts';
import type { ProductLevel } from '../model/record.ts';
import type { DataColumn, OzcarProducer, Service } from '../model/service.ts';
import { inLanguage, type Language, type Localised } from '../model/text.ts';
import { observedColumns, type Point, type Site } from './ozcar-series.ts';

export const OZCAR_VERSION = '1.2';
/** Stands for a missing value in the text files; none is written, since what is missing has no line. */
const MISSING = '-9999';
const LEVELS: { readonly [L in ProductLevel]: string } = {
  raw: 'Raw data',
  validated: 'Quality-controlled data',
  product: 'Derived products',
};

export interface PivotView {
  readonly language: Language;
  /** Absolute address of one of our paths. */
  readonly url: (path: string) => string;
  /** Absolute address of the file of an observation. */
  readonly fileUrl: (file: string) => string;
}

/** `val-allier` → `VAL_ALLIER` */
const part = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

export const datasetId = ({ producerId }: OzcarProducer, site: string): string => `${producerId}_DAT_${part(site)}`;
export const observationId = ({ producerId }: OzcarProducer, site: string, column: string): string =>
  `${producerId}_OBS_${part(site)}_${part(column)}`;

/** Sites that have at least one series: a data set without observation is refused. */
const observed = (sites: readonly Site[]): readonly Site[] => sites.filter(({ series }) => series.size > 0);

export function pivotDocument(
  service: Service,
  producer: OzcarProducer,
  sites: readonly Site[],
  view: PivotView,
): object {
  return {
    version: OZCAR_VERSION,
    producer: producerOf(service, producer, view),
    datasets: observed(sites).map((site) => datasetOf(service, producer, site, view)),
  };
}

function producerOf(service: Service, producer: OzcarProducer, { language, url }: PivotView): object {
  const say = (text: Localised) => inLanguage(text, language);
  return {
    producerId: producer.producerId,
    name: producer.name,
    title: say(producer.title),
    description: say(service.abstract),
    email: service.contacts.find(({ email }) => email !== undefined)?.email ?? '',
    objectives: say(producer.objectives),
    measuredVariables: say(producer.measuredVariables),
    fundings: producer.fundings,
    contacts: contactsOf(service.contacts),
    onlineResource: {
      urlDownload: url(`/services/${service.name}`),
      urlInfo: url(`/services/${service.name}`),
      webservices: [
        { description: 'CSW', url: url('/csw?service=CSW&request=GetCapabilities') },
        { description: 'OAI-PMH', url: url('/oai?verb=Identify') },
      ],
      ...(service.doi === null ? {} : { doi: service.doi }),
    },
  };
}

function contactsOf(contacts: readonly Contact[]): readonly object[] {
  return contacts.map(({ organisation, role, email, address }) => ({
    firstName: null,
    lastName: null,
    ...(email === undefined ? {} : { email }),
    role: role === 'principalInvestigator' ? 'Principal investigator' : spaced(role),
    organisation: { name: organisation, role: spaced(role), iso3166: address?.country === 'France' ? 'fr' : null },
  }));
}

/** `geoscientificInformation` → `Geoscientific Information`; `pointOfContact` → `Point Of Contact`. */
function spaced(code: string): string {
  const words = code.replace(/([A-Z])/g, ' $1');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function datasetOf(service: Service, producer: OzcarProducer, site: Site, view: PivotView): object {
  const { language, url } = view;
  const say = (text: Localised) => inLanguage(text, language);
  const theme = service.themes.find(({ uri }) => uri.endsWith('/ef')) ?? service.themes[0];
  const page = url(`/services/${service.name}`);
  return {
    datasetId: datasetId(producer, site.name),
    metadata: {
      title: `${producer.name}, ${site.title}`,
      description: say(service.abstract),
      objective: say(producer.objectives),
      datasetLineage: say(service.lineage),
      contacts: contactsOf(service.contacts),
      topicCategories: service.topics.map(spaced),
      inspireTheme: theme?.label.en ?? '',
      keywords: service.keywords.map((keyword) => ({ keyword: say(keyword) })),
      documents: [],
      onlineResource: { urlDownload: page, urlInfo: page, ...(service.doi === null ? {} : { doi: service.doi }) },
      dataConstraint: {
        accessUseConstraint:
          service.defaults.authorization === 0 ? 'No conditions to access and use' : 'Access on request',
        urlDataPolicy: service.licence.url,
        licence: { title: service.licence.title, url: service.licence.url },
        // The pivot model writes the word so.
        embargo: { duration: service.defaults.embargoDays ?? 0, priviledgedUsers: [] },
      },
      portalSearchCriteria: { climates: [], geologies: [] },
      spatialExtent: featureOf(site),
    },
    observations: observedColumns(service).flatMap((column) => {
      const points = site.series.get(column.name);
      return points === undefined ? [] : [observationOf(service, producer, { site, column, points }, view)];
    }),
  };
}

function featureOf({ name, title, position, elevation }: Site): object {
  const coordinates = position === null ? null : [...position, ...(elevation === null ? [] : [elevation])];
  return {
    type: 'Feature',
    properties: {},
    name: title || name,
    geometry: coordinates === null ? null : { type: 'Point', coordinates },
  };
}

interface Observation {
  readonly site: Site;
  readonly column: DataColumn;
  readonly points: readonly Point[];
}

function observationOf(
  service: Service,
  producer: OzcarProducer,
  { site, column, points }: Observation,
  view: PivotView,
): object {
  const say = (text: Localised) => inLanguage(text, view.language);
  const id = observationId(producer, site.name, column.name);
  const [first, last] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 0];
  const level = site.levels.includes('validated') ? 'validated' : (site.levels[0] ?? 'raw');
  return {
    observationId: id,
    processingLevel: LEVELS[level],
    dataType: 'Numeric',
    timeSerie: true,
    temporalExtent: { dateBeg: moment(first), dateEnd: moment(last) },
    featureOfInterest: { samplingFeature: featureOf(site) },
    observedProperty: {
      name: say(column.label),
      unit: column.unit ?? '1',
      description: `${say(column.label)}, ${site.title}`,
      theiaCategories: [],
      gcmdKeywords: [],
      keywords: [],
    },
    procedure: {
      lineageInformations: [{ processingDescription: say(service.lineage), processingDate: site.updated }],
      dataProduction: {
        method: say(service.granularity),
        sensors: site.instruments.map((use) => sensorOf(use, view.language)),
      },
    },
    result: {
      missingValue: MISSING,
      qualityFlags: [],
      additionalValues: [],
      dataFile: { name: `${id}.txt`, url: view.fileUrl(`${id}.txt`) },
    },
  };
}

const moment = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

function sensorOf({ title, type, configurations }: InstrumentUse, language: Language): object {
  return {
    model: inLanguage(title, language),
    sensorType: inLanguage(type, language),
    activityPeriods: configurations.map(({ from, to }) => ({
      dateBeg: `${from}T00:00:00Z`,
      dateEnd: to === null ? null : `${to}T23:59:59Z`,
    })),
    documents: [],
  };
}

export interface ObservationFile {
  readonly name: string;
  readonly text: string;
}

/** The text file of each observation: a heading, then a line for each value. */
export function observationFiles(service: Service, producer: OzcarProducer, site: Site): readonly ObservationFile[] {
  return observedColumns(service).flatMap((column) => {
    const points = site.series.get(column.name);
    if (points === undefined) return [];
    const lines = points.map(({ time, value }) => `${moment(time)};${value}`);
    return [
      {
        name: `${observationId(producer, site.name, column.name)}.txt`,
        text: `dateBeg;${column.name}${column.unit === null ? '' : ` (${column.unit})`}\n${lines.join('\n')}\n`,
      },
    ];
  });
}
