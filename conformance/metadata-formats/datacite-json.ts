// DataCite kernel 4.7 in JSON: the members of DataCite's REST API with the kernel's obligations and closed lists, as a JSON Schema of our own.
import { Ajv2020 } from 'ajv/dist/2020.js';

/** relationType of kernel 4.6. */
const RELATIONS =
  'IsCitedBy Cites IsSupplementTo IsSupplementedBy IsContinuedBy Continues IsNewVersionOf IsPreviousVersionOf IsPartOf HasPart IsPublishedIn IsReferencedBy References IsDocumentedBy Documents IsCompiledBy Compiles IsVariantFormOf IsOriginalFormOf IsIdenticalTo HasMetadata IsMetadataFor Reviews IsReviewedBy IsDerivedFrom IsSourceOf Describes IsDescribedBy HasVersion IsVersionOf Requires IsRequiredBy Obsoletes IsObsoletedBy Collects IsCollectedBy HasTranslation IsTranslationOf Other'.split(
    ' ',
  );

const text = { type: 'string', minLength: 1 };
const list = (items: object, rules: object = {}) => ({ type: 'array', items, ...rules });
const object = (properties: { readonly [name: string]: object }, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const moment = '\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\dZ)?';

const nameIdentifier = object({ nameIdentifier: text, nameIdentifierScheme: text, schemeUri: text }, [
  'nameIdentifier',
  'nameIdentifierScheme',
]);
const name = { name: text, nameType: { enum: ['Organizational', 'Personal'] }, nameIdentifiers: list(nameIdentifier) };
const latitude = { type: 'number', minimum: -90, maximum: 90 };
const longitude = { type: 'number', minimum: -180, maximum: 180 };
const point = object({ pointLongitude: longitude, pointLatitude: latitude }, ['pointLongitude', 'pointLatitude']);
const SCHEMA = object(
  {
    id: text,
    doi: { type: 'string', pattern: '^10\\.\\d{4,9}/\\S+$' },
    identifiers: list(
      object({ identifier: text, identifierType: { enum: ['DOI', 'URL'] } }, ['identifier', 'identifierType']),
      { minItems: 1 },
    ),
    alternateIdentifiers: list(
      object({ alternateIdentifier: text, alternateIdentifierType: text }, [
        'alternateIdentifier',
        'alternateIdentifierType',
      ]),
    ),
    url: { type: 'string', pattern: '^https?://' },
    types: object(
      {
        resourceTypeGeneral: { enum: ['Collection', 'Dataset', 'Image', 'PhysicalObject', 'Service'] },
        resourceType: text,
      },
      ['resourceTypeGeneral'],
    ),
    creators: list(object(name, ['name']), { minItems: 1 }),
    titles: list(
      object({ title: text, lang: { enum: ['en', 'fr'] }, titleType: { enum: ['TranslatedTitle'] } }, ['title']),
      { minItems: 1 },
    ),
    publisher: object({ name: text, publisherIdentifier: text, publisherIdentifierScheme: text, schemeUri: text }, [
      'name',
    ]),
    publicationYear: { type: 'integer', minimum: 1000, maximum: 9999 },
    subjects: list(
      object({ subject: text, lang: text, subjectScheme: text, schemeUri: text, valueUri: text }, ['subject']),
    ),
    contributors: list(
      object(
        {
          ...name,
          contributorType: {
            enum: [
              'ContactPerson',
              'DataCurator',
              'Distributor',
              'HostingInstitution',
              'Other',
              'Producer',
              'RightsHolder',
            ],
          },
        },
        ['name', 'contributorType'],
      ),
    ),
    dates: list(
      object(
        {
          date: { type: 'string', pattern: `^(${moment}|(${moment})?/(${moment})?)$` },
          dateType: { enum: ['Available', 'Collected', 'Created', 'Issued', 'Updated'] },
        },
        ['date', 'dateType'],
      ),
      { minItems: 1 },
    ),
    language: { enum: ['en', 'fr'] },
    relatedIdentifiers: list(
      object(
        {
          relatedIdentifier: text,
          relatedIdentifierType: { enum: ['DOI', 'URL'] },
          relationType: { enum: RELATIONS },
          relatedMetadataScheme: text,
          schemeUri: text,
        },
        ['relatedIdentifier', 'relatedIdentifierType', 'relationType'],
      ),
    ),
    sizes: list(text),
    formats: list(text),
    version: text,
    rightsList: list(
      object({ rights: text, rightsUri: text, rightsIdentifier: text, rightsIdentifierScheme: text, schemeUri: text }, [
        'rightsUri',
      ]),
    ),
    descriptions: list(
      object({ description: text, descriptionType: { enum: ['Abstract', 'Methods'] }, lang: text }, [
        'description',
        'descriptionType',
      ]),
      { minItems: 1 },
    ),
    geoLocations: list(
      object(
        {
          geoLocationPlace: text,
          geoLocationPoint: point,
          geoLocationBox: object(
            {
              westBoundLongitude: longitude,
              eastBoundLongitude: longitude,
              southBoundLatitude: latitude,
              northBoundLatitude: latitude,
            },
            ['westBoundLongitude', 'eastBoundLongitude', 'southBoundLatitude', 'northBoundLatitude'],
          ),
          geoLocationPolygon: list(list(object({ polygonPoint: point }, ['polygonPoint']), { minItems: 4 })),
        },
        [],
      ),
    ),
    schemaVersion: { const: 'http://datacite.org/schema/kernel-4' },
  },
  ['id', 'types', 'creators', 'titles', 'publisher', 'publicationYear', 'dates', 'descriptions', 'schemaVersion'],
);

const validate = new Ajv2020({ allErrors: true }).compile(SCHEMA);

export function dataCiteJsonFaults(document: string): readonly string[] {
  validate(JSON.parse(document));
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}
