// Which version answers, which operation is asked and in which language (OGC 05-007r7, 8; OGC 06-121r3 and 06-121r9, 7.3.2). One
// address has both versions: the caller's AcceptVersions in his order, then version, then the namespace, then 1.0.0, which clients that say
// nothing understand.
import { excerpt } from '../../formats/syntax/excerpt.ts';
import type { Language } from '../../model/text.ts';
import type { Call, Execution, Head } from './call.ts';
import { type Exception, invalid, missing, WpsError } from './errors.ts';
import { LANGUAGE_TAGS, OPERATIONS, type Operation, PATHS, type Path, VERSIONS, type Version } from './vocabulary.ts';

/** Reads what is asked of a process; adds what is wrong to the list. */
export type ReadExecution = (version: Version, faults: Exception[]) => Execution;

const offered = (path: Path): readonly Version[] => {
  const only: Version | null = PATHS[path];
  return only === null ? VERSIONS : [only];
};

/** The version in which an error is told when the request does not say one that exists. */
export function likelyVersion(path: Path, version: string | null | undefined): Version {
  return PATHS[path] ?? (version?.trim().startsWith('2') ? '2.0.0' : VERSIONS[0]);
}

function negotiate({ path, acceptVersions, version }: Head, isCapabilities: boolean): Version | Exception {
  const have = offered(path);
  const known = (text: string): Version | undefined => have.find((each) => each === text.trim());
  if (isCapabilities && acceptVersions !== null) {
    const found = acceptVersions.split(',').map(known).find(Boolean);
    if (found !== undefined) return found;
    const text = {
      en: `none of these versions exists here; there are: ${have.join(', ')}`,
      fr: `aucune de ces versions n’existe ici ; il y a : ${have.join(', ')}`,
    };
    return { code: 'VersionNegotiationFailed', locator: 'AcceptVersions', text };
  }
  if (version === null) return isCapabilities || PATHS[path] !== null ? likelyVersion(path, null) : missing('version');
  return known(version) ?? invalid('version', `there are: ${have.join(', ')}`, `il y a : ${have.join(', ')}`);
}

function operationOf(request: string, version: Version): Operation | Exception {
  const names: readonly Operation[] = OPERATIONS[version];
  const found = names.find((name) => name === request);
  if (found !== undefined) return found;
  const have = names.join(', ');
  return {
    code: 'OperationNotSupported',
    locator: 'request',
    text: { en: `version ${version} has: ${have}`, fr: `la version ${version} a : ${have}` },
  };
}

const LANGUAGES: readonly Language[] = ['en', 'fr'];

/** `en-US`, `en`, `*`; undefined: a language that is not offered. */
function languageOf(tag: string): Language | undefined {
  const wanted = tag.trim().toLowerCase();
  return LANGUAGES.find((language) => wanted === language || wanted === LANGUAGE_TAGS[language].toLowerCase());
}

/** The first one that is offered; null: none is asked, or any will do. */
function chooseLanguage(head: Head, operation: Operation, faults: Exception[]): Language | null {
  const { languages } = head;
  if (languages === null || languages.trim() === '' || languages.trim() === '*') return null;
  const found = languages.split(',').map(languageOf).find(Boolean);
  if (found === undefined && operation !== 'GetCapabilities') {
    const have = Object.values(LANGUAGE_TAGS).join(', ');
    const shown = excerpt(languages);
    faults.push(invalid('language', `${shown}: there are ${have}`, `${shown} : il y a ${have}`));
  }
  return found ?? null;
}

function identifiersOf({ identifiers }: Head, faults: Exception[]): readonly string[] | null {
  const asked = identifiers.map((each) => each.trim()).filter((each) => each !== '');
  if (asked.length === 0) faults.push(missing('Identifier'));
  return asked.some((each) => each === 'ALL' || each === 'all') ? null : asked;
}

function serviceFault(service: string | null): Exception | null {
  if (service === null) return missing('service');
  return service.toUpperCase() === 'WPS'
    ? null
    : invalid('service', 'the service here is WPS', 'le service est ici WPS');
}

function jobOf({ job }: Head, faults: Exception[]): string {
  if (job === null || job.trim() === '') faults.push(missing('jobID'));
  return job?.trim() ?? '';
}

/** Throws WpsError with all that is wrong. */
export function callOf(head: Head, readExecution: ReadExecution): Call {
  const faults: Exception[] = [serviceFault(head.service)].filter((each) => each !== null);
  const isCapabilities = head.request === null || head.request === 'GetCapabilities';
  const version = negotiate(head, isCapabilities);
  if (head.request === null) faults.push(missing('request'));
  if (typeof version !== 'string') throw new WpsError([...faults, version]);
  const operation = operationOf(head.request ?? 'GetCapabilities', version);
  if (typeof operation !== 'string') throw new WpsError([...faults, operation]);
  const language = chooseLanguage(head, operation, faults);
  const call = read({ path: head.path, envelope: head.envelope, version, language }, operation);
  if (faults.length > 0) throw new WpsError(faults);
  return call;

  function read(asked: Pick<Call, 'path' | 'envelope' | 'version' | 'language'>, name: Operation): Call {
    switch (name) {
      case 'GetCapabilities':
        return {
          ...asked,
          operation: name,
          updateSequence: head.updateSequence,
          sections: head.sections?.split(',').map((each) => each.trim()) ?? null,
        };
      case 'DescribeProcess':
        return { ...asked, operation: name, identifiers: identifiersOf(head, faults) };
      case 'Execute':
        return { ...asked, operation: name, execution: readExecution(asked.version, faults) };
      default:
        return { ...asked, operation: name, job: jobOf(head, faults) };
    }
  }
}
