// What a schema.org Dataset or WebAPI of ours must have, and what it may have: members by type (schema.org), the rules of
// science-on-schema.org and of search engines of data sets (name, description of 50 to 5000 characters, licence as address).

type Members = { readonly [name: string]: unknown };

const THING = '@id name description url identifier sameAs image subjectOf additionalProperty potentialAction';
const CREATIVE_WORK =
  'inLanguage license isAccessibleForFree conditionsOfAccess dateCreated datePublished dateModified version keywords creator publisher provider about citation isPartOf encodingFormat contentUrl contentSize temporalCoverage spatialCoverage';
const ALLOWED: { readonly [type: string]: string } = {
  Dataset: `${THING} ${CREATIVE_WORK} variableMeasured measurementTechnique distribution includedInDataCatalog`,
  WebAPI: `${THING} ${CREATIVE_WORK} documentation serviceType`,
  PropertyValue: `${THING} propertyID value unitText`,
  Organization: `${THING} email`,
  DefinedTerm: `${THING} termCode inDefinedTermSet`,
  Place: `${THING} geo`,
  GeoCoordinates: 'latitude longitude elevation',
  GeoShape: 'box line polygon',
  DataDownload: `${THING} ${CREATIVE_WORK}`,
  DataCatalog: THING,
  ConsumeAction: 'target',
  EntryPoint: 'urlTemplate httpMethod contentType',
};
const DEMANDED: { readonly [type: string]: readonly string[] } = {
  PropertyValue: [],
  Organization: ['name'],
  DefinedTerm: ['name', 'url'],
  DataDownload: ['contentUrl'],
  GeoCoordinates: ['latitude', 'longitude'],
  DataCatalog: ['name', 'url'],
};
const TOP = [
  '@id',
  'url',
  'name',
  'description',
  'license',
  'creator',
  'publisher',
  'dateModified',
  'inLanguage',
  'identifier',
];
const DAY = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/;
const INTERVAL = /^(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?|\.\.)(\/(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?|\.\.))?$/;

/** Faults in words. */
export function schemaOrgFaults(document: string): readonly string[] {
  const root = JSON.parse(document) as Members;
  const faults: string[] = [];
  if (root['@context'] !== 'https://schema.org/') faults.push('the context is https://schema.org/, with its slash');
  const { '@context': _, ...members } = root;
  for (const name of TOP) if (members[name] === undefined) faults.push(`no ${name}`);
  if (!['Dataset', 'WebAPI'].includes(String(members['@type']))) faults.push(`type ${members['@type']}`);
  const description = String(members.description);
  if (members['@type'] === 'Dataset' && (description.length < 50 || description.length > 5000))
    faults.push(`a description of ${description.length} characters`);
  for (const name of ['dateCreated', 'datePublished', 'dateModified']) {
    if (members[name] !== undefined && !DAY.test(String(members[name]))) faults.push(`${name} ${members[name]}`);
  }
  if (members.temporalCoverage !== undefined && !INTERVAL.test(String(members.temporalCoverage)))
    faults.push(`temporalCoverage ${members.temporalCoverage}`);
  for (const address of [members.license].flat())
    if (!/^https?:/.test(String(address))) faults.push(`licence ${address}`);
  walk(members, 'root', faults);
  return faults;
}

function walk(members: Members, where: string, faults: string[]): void {
  const type = String(members['@type']);
  const allowed = ALLOWED[type]?.split(' ');
  if (allowed === undefined) faults.push(`${where}: type ${type}`);
  for (const name of DEMANDED[type] ?? []) if (members[name] === undefined) faults.push(`${where}: no ${name}`);
  for (const [name, value] of Object.entries(members)) {
    if (name === '@type') continue;
    if (!allowed?.includes(name)) faults.push(`${where}: ${type} has no ${name}`);
    if (value === null || value === '') faults.push(`${where}: ${name} is empty`);
    for (const each of [value].flat())
      if (typeof each === 'object' && each !== null) walk(each as Members, `${where}.${name}`, faults);
  }
  if (type === 'GeoCoordinates') inRange([members.latitude, members.longitude], where, faults);
  if (type === 'GeoShape')
    for (const name of ['box', 'line', 'polygon']) inRange(String(members[name] ?? '').split(' '), where, faults);
}

/** Latitude, longitude, latitude …; an empty text is none. */
function inRange(numbers: readonly unknown[], where: string, faults: string[]): void {
  if (numbers.length === 1 && numbers[0] === '') return;
  numbers.forEach((number, index) => {
    if (!(Math.abs(Number(number)) <= (index % 2 === 0 ? 90 : 180))) faults.push(`${where}: ${number} is out of range`);
  });
}
