// Every fault of a mappings folder: each document against its schema, then what only several values or files together can show.
import type { Codes } from '../model/codes.ts';
import type { ServiceDoor } from '../model/door.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/site.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkService, type Tell, tellRepeated } from './check-service.ts';
import { checkStac } from './check-stac.ts';
import { below, type MappingFault } from './fault.ts';
import type { MappingFiles } from './read-files.ts';
import type { SchemaName, Schemas } from './schemas.ts';

/** Compiles the XML templates as the writers do, and tells what stops them. Given from above: the compiler is not of this floor. */
export type CheckTemplates = (templates: ReadonlyMap<string, string>) => readonly MappingFault[];

const SINGLE: readonly SchemaName[] = ['site', 'codes', 'places', 'doors'];

/** All faults, in order of file. Templates are only looked at when their check is given. */
export function checkMappings(
  files: MappingFiles,
  schemas: Schemas,
  checkTemplates?: CheckTemplates,
): readonly MappingFault[] {
  const faults: MappingFault[] = [...files.faults];
  const tellOf = (file: string): Tell => {
    return (pointer, reason) => faults.push({ file, pointer, reason });
  };
  const sound = new Set<string>();
  for (const [file, document] of files.documents) {
    const name = schemaOf(file);
    if (name === null) {
      tellOf(file)('', 'no such file belongs here');
      continue;
    }
    const found = schemas(name)(document);
    for (const { pointer, reason } of found) tellOf(file)(pointer, reason);
    // The other checks read a document as its type; only one that its schema accepts is of that type.
    if (found.length === 0) sound.add(file);
  }
  const missing = SINGLE.filter(
    (name) => ![...files.documents.keys(), ...files.faults.map((fault) => fault.file)].includes(`${name}.json`),
  );
  for (const name of missing) tellOf(`${name}.json`)('', 'the file is missing');
  checkTogether(files, sound, tellOf);
  if (checkTemplates) faults.push(...checkTemplates(files.templates));
  return faults.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

function schemaOf(file: string): SchemaName | null {
  if (/^services\/[^/]+\.json$/.test(file)) return 'service';
  const name = SINGLE.find((single) => file === `${single}.json`);
  return name ?? null;
}

function checkTogether(files: MappingFiles, sound: ReadonlySet<string>, tellOf: (file: string) => Tell): void {
  const documentOf = <T>(file: string) => (sound.has(file) ? (files.documents.get(file) as T) : undefined);
  const codes = documentOf<Codes>('codes.json');
  if (codes) checkCodes(codes, tellOf('codes.json'));
  const places = documentOf<readonly Place[]>('places.json');
  if (places) checkPlaces(places, tellOf('places.json'));
  const doors = documentOf<readonly ServiceDoor[]>('doors.json');
  if (doors) checkDoors(doors, tellOf('doors.json'));
  const services = [...sound].filter((file) => file.startsWith('services/'));
  for (const file of services) {
    const service = files.documents.get(file) as Service;
    checkService(service, file, codes, tellOf(file));
    checkAddresses(service, tellOf(file));
    checkStac(service, tellOf(file));
  }
  checkBetweenServices(new Map(services.map((file) => [file, files.documents.get(file) as Service])), tellOf);
}

function checkCodes(codes: Codes, tell: Tell): void {
  for (const table of ['authorization', 'acquisition', 'format'] as const) {
    tellRepeated(
      codes[table].map(({ code }) => String(code)),
      (index) => below('', table, index, 'code'),
      tell,
    );
    tellRepeated(
      codes[table].map(({ name }) => name),
      (index) => below('', table, index, 'name'),
      tell,
    );
  }
}

function checkDoors(doors: readonly ServiceDoor[], tell: Tell): void {
  for (const name of ['name', 'number'] as const) {
    tellRepeated(
      doors.map((door) => String(door[name])),
      (index) => below('', index, name),
      tell,
    );
  }
}

function checkPlaces(places: readonly Place[], tell: Tell): void {
  const byId = new Map(places.map((place) => [place.id, place]));
  tellRepeated(
    places.map(({ id }) => id),
    (index) => below('', index, 'id'),
    tell,
  );
  places.forEach((place, index) => {
    const [west, south, east, north] = place.bbox;
    if (north < south) tell(below('', index, 'bbox'), 'north lies below south');
    if (place.position !== null) {
      const [longitude, latitude] = place.position;
      const across = west > east ? longitude >= west || longitude <= east : longitude >= west && longitude <= east;
      if (!across || latitude < south || latitude > north) tell(below('', index, 'position'), 'lies outside the box');
    }
    if (place.within === null) return;
    if (!byId.has(place.within)) tell(below('', index, 'within'), `no place has the id '${place.within}'`);
    else if (isCircle(place, byId)) tell(below('', index, 'within'), 'leads back to the place itself');
  });
}

function isCircle(place: Place, byId: ReadonlyMap<string, Place>): boolean {
  const seen = new Set<string>();
  for (let at: Place | undefined = place; at !== undefined; at = at.within === null ? undefined : byId.get(at.within)) {
    if (seen.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}

function checkBetweenServices(services: ReadonlyMap<string, Service>, tellOf: (file: string) => Tell): void {
  const seen = new Map<string, string>();
  const once = (key: string, file: string, pointer: string, what: string) => {
    const other = seen.get(key);
    if (other !== undefined) tellOf(file)(pointer, `${what} stands in ${other} too`);
    else seen.set(key, file);
  };
  for (const [file, service] of services) {
    once(`service ${service.name}`, file, '/name', `the service '${service.name}'`);
    if (service.resto !== null) {
      // Its addresses are matched without regard to case.
      const { collection } = service.resto;
      once(`resto ${collection.toLowerCase()}`, file, '/resto/collection', `the collection '${collection}'`);
    }
    service.epos.forEach(({ ddss, file: name }, index) => {
      once(`epos ${ddss}-${name}`, file, below('/epos', index, 'file'), `${ddss}-${name}.ttl`);
    });
    service.old.templates.forEach(({ path }, index) => {
      once(`path ${path}`, file, below('/old/templates', index, 'path'), `the address ${path}`);
    });
  }
}
