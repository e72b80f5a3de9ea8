// DataCite kernel 4 as JSON, with the names of DataCite's REST API (attributes of a DOI); members without a value are left out.
import { codeOf } from '../../model/codes.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { LANGUAGES } from '../../model/text.ts';
import {
  contributorsOf,
  creatorsOf,
  datesOf,
  identifierOf,
  type Party,
  publicationDay,
  publisherParty,
  relatedOf,
  resourceTypeOf,
  textsOf,
} from './datacite-parts.ts';
import { formatsOf, outerRings, sizesOf, wideBox } from './datacite-view.ts';
import { doiAddress } from './record-links.ts';
import { vocabularyOf } from './vocabulary.ts';

type Members = { readonly [name: string]: unknown };

export function dataCiteJson(record: CatalogRecord, view: RecordView): Members {
  const identifier = identifierOf(record, view);
  const type = resourceTypeOf(record, view);
  const publisher = publisherParty(record, view);
  return compact({
    id: record.doi === null ? identifier.value : doiAddress(record.doi),
    doi: record.doi,
    identifiers: [{ identifier: identifier.value, identifierType: identifier.type }],
    alternateIdentifiers: [{ alternateIdentifier: record.identifier, alternateIdentifierType: 'local' }],
    url: view.uri(record),
    types: { resourceTypeGeneral: type.general, resourceType: type.text },
    creators: creatorsOf(record, view).map(nameOf),
    titles: textsOf(record, 'title').map(({ text, language }, index) =>
      compact({ title: text, lang: language, titleType: index === 0 ? undefined : 'TranslatedTitle' }),
    ),
    publisher: compact({
      name: publisher.name,
      publisherIdentifier: publisher.identifier?.value,
      publisherIdentifierScheme: publisher.identifier?.scheme,
      schemeUri: publisher.identifier?.schemeUri,
    }),
    publicationYear: Number(publicationDay(record).slice(0, 4)),
    subjects: subjectsOf(record),
    contributors: contributorsOf(record).map((each) => ({ contributorType: each.type, ...nameOf(each) })),
    dates: datesOf(record),
    language: record.lang,
    relatedIdentifiers: relatedOf(record, view).map((each) =>
      compact({
        relatedIdentifier: each.value,
        relatedIdentifierType: each.type,
        relationType: each.relation,
        relatedMetadataScheme: each.scheme,
        schemeUri: each.schemeUri,
      }),
    ),
    sizes: sizesOf(record, view),
    formats: formatsOf(record, view),
    version: record.version,
    rightsList: rightsOf(record, view),
    descriptions: descriptionsOf(record),
    geoLocations: geoLocationsOf(record),
    schemaVersion: 'http://datacite.org/schema/kernel-4',
  });
}

function nameOf({ name, identifier }: Party): Members {
  return {
    name,
    nameType: 'Organizational',
    nameIdentifiers:
      identifier === undefined
        ? []
        : [
            {
              nameIdentifier: identifier.value,
              nameIdentifierScheme: identifier.scheme,
              schemeUri: identifier.schemeUri,
            },
          ],
  };
}

function subjectsOf(record: CatalogRecord): readonly Members[] {
  return [
    ...record.keywords.map((subject) => ({ subject })),
    ...record.themes.flatMap((theme) =>
      LANGUAGES.flatMap((lang) => {
        const subject = theme.label[lang];
        return subject === undefined
          ? []
          : [{ subject, lang, schemeUri: vocabularyOf(theme.uri), valueUri: theme.uri }];
      }),
    ),
    ...record.topics.map((subject) => ({ subject, subjectScheme: 'MD_TopicCategoryCode' })),
  ];
}

function rightsOf({ licence, authorization }: CatalogRecord, { codes }: RecordView): readonly Members[] {
  const openAccess = codeOf(codes.authorization, authorization)?.openAccess;
  return [
    {
      rights: licence.title,
      rightsUri: licence.url,
      rightsIdentifier: licence.id,
      rightsIdentifierScheme: 'SPDX',
      schemeUri: 'https://spdx.org/licenses/',
    },
    ...(openAccess === undefined ? [] : [{ rightsUri: openAccess }]),
  ];
}

function descriptionsOf(record: CatalogRecord): readonly Members[] {
  const methods = LANGUAGES.flatMap((lang) => {
    const description = record.lineage?.[lang];
    return description === undefined ? [] : [{ description, descriptionType: 'Methods', lang }];
  });
  return [
    ...textsOf(record, 'abstract').map(({ text, language }) => ({
      description: text,
      descriptionType: 'Abstract',
      lang: language,
    })),
    ...methods,
  ];
}

/** One location: its place names, and a point, a box or areas. */
function geoLocationsOf(record: CatalogRecord): readonly Members[] {
  const box = wideBox(record);
  const point = box === null && record.bbox !== null ? record.bbox : null;
  const crosses = box !== null && box[0] > box[2];
  const area = compact({
    geoLocationPoint: point === null ? undefined : { pointLongitude: point[0], pointLatitude: point[1] },
    geoLocationBox:
      box === null
        ? undefined
        : {
            westBoundLongitude: box[0],
            eastBoundLongitude: box[2],
            southBoundLatitude: box[1],
            northBoundLatitude: box[3],
          },
    geoLocationPolygon: crosses
      ? []
      : outerRings(record.geometry).map((ring) =>
          ring.map(([pointLongitude, pointLatitude]) => ({ polygonPoint: { pointLongitude, pointLatitude } })),
        ),
  });
  const [first, ...more] = record.places;
  const here = first === undefined ? area : { geoLocationPlace: first, ...area };
  return [...(Object.keys(here).length > 0 ? [here] : []), ...more.map((geoLocationPlace) => ({ geoLocationPlace }))];
}

/** Without members that say nothing: null, undefined, empty lists. */
function compact(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
