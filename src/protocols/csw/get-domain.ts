// GetDomain: the values of a property among the records that the caller sees, or of a parameter as the capabilities announce it
// (OGC 07-006r1 10.7; OGC 12-176r7 7.5).

import type { Catalogue } from '../../catalogue/catalogue.ts';
import { excerpt } from '../../formats/syntax/excerpt.ts';
import { xmlText } from '../../formats/writers/text.ts';
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { Queryables } from '../../model/queryable.ts';
import { type Call, dialectOf, readParametersOf } from './call.ts';
import { createDomainValues, type Domain } from './domain-values.ts';
import { invalid } from './errors.ts';
import { operationTable } from './operation-table.ts';
import { listOf } from './output-request.ts';
import type { OutputSchemas } from './output-schemas.ts';
import { sendXml } from './reply.ts';
import type { Dialect } from './vocabulary.ts';

export interface GetDomainDeps {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly mappings: Mappings;
  readonly queryables: Queryables;
  readonly schemas: OutputSchemas;
}

function valuesElement(domain: Domain, dialect: Dialect): string {
  if (domain.kind === 'open') return '';
  if (domain.kind === 'range') {
    return (
      `<csw:RangeOfValues><csw:MinValue>${xmlText(domain.low)}</csw:MinValue>` +
      `<csw:MaxValue>${xmlText(domain.high)}</csw:MaxValue></csw:RangeOfValues>`
    );
  }
  const counted = dialect.version === '3.0.0';
  const values = domain.values.map(
    ({ value, count }) =>
      `<csw:Value${counted && count !== null ? ` count="${count}"` : ''}>${xmlText(value)}</csw:Value>`,
  );
  return `<csw:ListOfValues>${values.join('')}</csw:ListOfValues>`;
}

function domainElement(element: string, name: string, domain: Domain, dialect: Dialect): string {
  const kind = dialect.version === '3.0.0' ? ' resultType="available"' : '';
  return (
    `<csw:DomainValues type="csw:Record"${kind}><csw:${element}>${xmlText(name)}</csw:${element}>` +
    `${valuesElement(domain, dialect)}</csw:DomainValues>`
  );
}

/** `GetRecords.resultType`: names in any case, as everywhere. undefined: no such operation or parameter. */
function parameterDomain(name: string, call: Call, schemas: OutputSchemas): Domain | undefined {
  const [operation = '', parameter = ''] = name.split('.').map((part) => part.toLowerCase());
  const found = operationTable(call.version, schemas).find((each) => each.name.toLowerCase() === operation);
  const values = found?.parameters.find((each) => each.name.toLowerCase() === parameter)?.values;
  if (values === undefined) return undefined;
  return values === null ? { kind: 'open' } : { kind: 'list', values: values.map((value) => ({ value, count: null })) };
}

/** Gives the handler. */
export function createGetDomain(deps: GetDomainDeps): (ctx: AppContext, call: Call) => Promise<void> {
  const { catalogue, caching, queryables, schemas } = deps;
  const domainOf = createDomainValues(catalogue, deps.mappings);
  return async (ctx, call) => {
    const dialect = dialectOf(call);
    const reader = readParametersOf(call.parameters);
    const element = call.version === '2.0.2' ? 'PropertyName' : 'ValueReference';
    const properties = listOf(reader.text(element) ?? reader.text('PropertyName') ?? '');
    const parameters = listOf(reader.text('ParameterName') ?? '');
    if (properties.length + parameters.length === 0) reader.missing(element);
    const known = properties.map((name) => ({ name, queryable: queryables.resolve(name, call.namespaces) }));
    for (const { name, queryable } of known) {
      if (queryable === undefined)
        reader.add(invalid(element, `${excerpt(name)} is no property`, `${excerpt(name)} n’est pas une propriété`));
    }
    const listed = parameters.map((name) => ({ name, domain: parameterDomain(name, call, schemas) }));
    for (const { name, domain } of listed) {
      if (domain === undefined)
        reader.add(
          invalid('ParameterName', `${excerpt(name)} is no parameter`, `${excerpt(name)} n’est pas un paramètre`),
        );
    }
    reader.finish();
    if (ctx.method !== 'POST' && caching.notModified(ctx, await catalogue.revision(), 'csw domain')) return;
    let content = '';
    for (const { name, queryable } of known) {
      if (queryable !== undefined)
        content += domainElement(element, name, await domainOf(queryable, ctx.state.viewer), dialect);
    }
    for (const { name, domain } of listed)
      content += domainElement('ParameterName', name, domain ?? { kind: 'open' }, dialect);
    const document = `<csw:GetDomainResponse xmlns:csw="${dialect.csw}">${content}</csw:GetDomainResponse>`;
    sendXml(ctx, document, 'application/xml', call.envelope);
  };
}
