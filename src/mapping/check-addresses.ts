// What a service file says about addresses: each parameter of an old address, of an EPOS template and of a resto collection must lead
// to something that a record has.
import type { EposService, OldParameter, Service } from '../model/service.ts';
import { type Tell, tellRepeated } from './check-service.ts';
import { below } from './fault.ts';
import { fieldOf } from './fields.ts';

/** Query keys that `/rest2/req.php/{service}` has for every service. */
const EVERYWHERE: readonly string[] = ['timestart', 'timeend'];

export function checkAddresses(service: Service, tell: Tell): void {
  const { old } = service;
  if (old.localization !== null && !isOwnField(service, old.localization)) {
    tell('/old/localization', `'${old.localization}' is not a field of this service`);
  }
  checkParameters(service, old.parameters, '/old/parameters', tell);
  tellRepeated(
    old.templates.map(({ path }) => path),
    (index) => below('/old/templates', index, 'path'),
    tell,
  );
  old.templates.forEach((template, index) => {
    const at = below('/old/templates', index);
    checkParameters(service, template.parameters, below(at, 'parameters'), tell);
    checkWhere(service, template.where, below(at, 'where'), tell);
    for (const name of variablesOf(template.path)) {
      if (!template.parameters.some((parameter) => parameter.name === name)) {
        tell(below(at, 'path'), `the variable '${name}' has no parameter`);
      }
    }
  });
  service.epos.forEach((epos, index) => {
    checkEpos(service, epos, below('/epos', index), tell);
  });
  checkResto(service, tell);
}

/** Names in the braces of a template, in their order: `{?a, b}&bbox=({c, d})` → a b c d. */
export function variablesOf(template: string): readonly string[] {
  return [...template.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside = '']) =>
    inside
      .replace(/^[?&/]/, '')
      .split(',')
      .map((name) => name.trim()),
  );
}

function isOwnField(service: Service, name: string): boolean {
  return service.fields.some((field) => field.name === name);
}

function checkParameters(service: Service, parameters: readonly OldParameter[], at: string, tell: Tell): void {
  tellRepeated(
    parameters.map(({ name }) => name),
    (index) => below(at, index, 'name'),
    tell,
  );
  parameters.forEach((parameter, index) => {
    const here = below(at, index);
    if (parameter.target.startsWith('field:')) checkTarget(service, parameter, here, tell);
    if (parameter.target === 'box' && parameter.type !== 'box') tell(below(here, 'type'), "a box is of the type 'box'");
    const { values, default: proposed } = parameter;
    if (values !== undefined && proposed !== undefined && !values.includes(proposed)) {
      tell(below(here, 'default'), `'${proposed}' is not one of the values`);
    }
  });
}

function checkTarget(service: Service, parameter: OldParameter, at: string, tell: Tell): void {
  const name = parameter.target.slice('field:'.length);
  const field = isOwnField(service, name) ? fieldOf(service, name) : undefined;
  if (field === undefined) {
    tell(below(at, 'target'), `'${name}' is not a field of this service`);
    return;
  }
  if (field.type !== parameter.type) tell(below(at, 'type'), `the field '${name}' is of the type '${field.type}'`);
  if (parameter.operator === 'flag' && field.type !== 'boolean') {
    tell(below(at, 'operator'), `'flag' needs a boolean field, '${name}' is '${field.type}'`);
  }
  parameter.values?.forEach((value, index) => {
    if (field.values !== undefined && !field.values.includes(value)) {
      tell(below(at, 'values', index), `'${value}' is not a value of the field '${name}'`);
    }
  });
}

function checkWhere(service: Service, where: { readonly [field: string]: unknown }, at: string, tell: Tell): void {
  for (const [name, value] of Object.entries(where)) {
    const field = isOwnField(service, name) ? fieldOf(service, name) : undefined;
    if (field === undefined) tell(below(at, name), `'${name}' is not a field of this service`);
    else if (field.values !== undefined && !field.values.includes(String(value))) {
      tell(below(at, name), `'${String(value)}' is not a value of the field '${name}'`);
    }
  }
}

function checkEpos(service: Service, epos: EposService, at: string, tell: Tell): void {
  const answering = parametersOf(service, epos.address);
  if (answering === undefined) {
    tell(below(at, 'address'), `no old address of this service is ${epos.address}`);
    return;
  }
  const known = [...EVERYWHERE, ...answering.map(({ name }) => name)];
  const variables = variablesOf(epos.template);
  for (const name of variables) {
    if (!epos.parameters.some((parameter) => parameter.name === name)) {
      tell(below(at, 'template'), `the variable '${name}' has no parameter`);
    }
  }
  epos.parameters.forEach(({ name, part, default: proposed, values }, index) => {
    const here = below(at, 'parameters', index);
    if (!variables.includes(name)) tell(below(here, 'name'), `'${name}' does not stand in the template`);
    if (!known.includes(part?.of ?? name)) {
      tell(below(here, part === undefined ? 'name' : 'part'), `${epos.address} has no parameter '${part?.of ?? name}'`);
    }
    if (values !== undefined && proposed !== undefined && !values.includes(proposed)) {
      tell(below(here, 'default'), `'${proposed}' is not one of the values`);
    }
  });
  epos.datasets.forEach(({ where }, index) => {
    checkWhere(service, where, below(at, 'datasets', index, 'where'), tell);
  });
}

function parametersOf(service: Service, address: string): readonly OldParameter[] | undefined {
  if (address === `/rest2/req.php/${service.name}`) return service.old.parameters;
  return service.old.templates.find(({ path }) => path === address)?.parameters;
}

function checkResto({ resto, ...service }: Service, tell: Tell): void {
  for (const [property, source] of Object.entries(resto?.properties ?? {})) {
    if (!('from' in source) || !source.from.startsWith('field:')) continue;
    const name = source.from.slice('field:'.length);
    if (!service.fields.some((field) => field.name === name)) {
      tell(below('/resto/properties', property, 'from'), `'${name}' is not a field of this service`);
    }
  }
}
