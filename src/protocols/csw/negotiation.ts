// Which version answers, and which operation is asked: service, request, AcceptVersions, version (OGC 05-008 7.3.2; OGC 06-121r9 7.3.2).
// One address has both versions: the AcceptVersions of the caller's order, then version, then the highest.
import { type Exception, invalid, missing } from './errors.ts';
import { OPERATIONS, type Operation, UNSUPPORTED_OPERATIONS, VERSIONS, type Version } from './vocabulary.ts';

export interface Negotiated {
  readonly version: Version;
  readonly operation: Operation;
  readonly exceptions: readonly Exception[];
}

interface Offered {
  readonly service: string | null;
  readonly request: string | null;
  readonly version: string | null;
  readonly acceptVersions: string | null;
}

/** The version in which an error is told when the request does not say one that exists. */
export function likelyVersion(only: Version | null, version: string | null | undefined): Version {
  if (only !== null) return only;
  return version?.startsWith('2.') ? '2.0.2' : VERSIONS[0];
}

function known(version: string | undefined, only: Version | null): Version | undefined {
  return VERSIONS.find((each) => each === version && (only === null || each === only));
}

function ofCapabilities({ version, acceptVersions }: Offered, only: Version | null): Version | Exception {
  if (acceptVersions !== null) {
    const asked = acceptVersions.split(',').map((each) => each.trim());
    for (const each of asked) {
      const found = known(each, only);
      if (found !== undefined) return found;
    }
    const have = (only === null ? VERSIONS : [only]).join(', ');
    const text = {
      en: `none of the versions exists here; there are: ${have}`,
      fr: `aucune de ces versions n’existe ici ; il y a : ${have}`,
    };
    return { code: 'VersionNegotiationFailed', locator: 'AcceptVersions', text };
  }
  return likelyVersion(only, version);
}

function ofOperation({ version }: Offered, only: Version | null): Version | Exception {
  if (version === null) return only ?? missing('version');
  const have = (only === null ? VERSIONS : [only]).join(', ');
  return known(version, only) ?? invalid('version', `there are: ${have}`, `il y a : ${have}`);
}

function operationOf(request: string, version: Version): Operation | Exception {
  const names: readonly Operation[] = OPERATIONS[version];
  const found = names.find((name) => name === request);
  if (found !== undefined) return found;
  const have = names.join(', ');
  const text = { en: `version ${version} has: ${have}`, fr: `la version ${version} a : ${have}` };
  return UNSUPPORTED_OPERATIONS.includes(request)
    ? { code: 'OperationNotSupported', locator: 'request', text }
    : { code: 'InvalidParameterValue', locator: 'request', text };
}

/** `only`: the version of an address that has no other. What is wrong stands in `exceptions`; the rest is then a guess for wording them. */
export function negotiateCall(offered: Offered, only: Version | null): Negotiated {
  const exceptions: Exception[] = [];
  const { service, request } = offered;
  if (service === null) exceptions.push(missing('service'));
  else if (service !== 'CSW') exceptions.push(invalid('service', 'the service here is CSW', 'le service est ici CSW'));
  const isCapabilities = request === null || request === 'GetCapabilities';
  const negotiated = isCapabilities ? ofCapabilities(offered, only) : ofOperation(offered, only);
  let version = likelyVersion(only, offered.version ?? offered.acceptVersions);
  if (typeof negotiated === 'string') version = negotiated;
  else exceptions.push(negotiated);
  if (request === null) {
    return { version, operation: 'GetCapabilities', exceptions: [...exceptions, missing('request')] };
  }
  const operation = operationOf(request, version);
  if (typeof operation === 'string') return { version, operation, exceptions };
  return { version, operation: 'GetCapabilities', exceptions: [...exceptions, operation] };
}
