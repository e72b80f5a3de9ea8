// The API description (OpenAPI 3.0.3) as one document without outside references, made from the route tables that answer: what is not
// mounted is not in it, and what is in it answers.
import type { ParameterDoc, Protocol, Route, RouteDoc, Schema } from './protocol.ts';

export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

export interface ApiTitle {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** Base URL. */
  readonly server: string;
  readonly contact: { readonly name: string; readonly url?: string; readonly email?: string };
  readonly licence: { readonly name: string; readonly url: string };
}

export type DescribedProtocol = Pick<Protocol, 'name' | 'routes' | 'schemas' | 'fail'>;

/** One operation with the path that it is described under: parameters in braces. */
export interface Operation {
  readonly protocol: string;
  readonly method: Route['method'];
  readonly path: string;
  readonly doc: RouteDoc;
  readonly parameters: readonly ParameterDoc[];
  readonly ownErrors: boolean;
}

const PROBLEM = 'application/problem+json';
const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['parameter', 'detail'],
        properties: { parameter: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    requestId: { type: 'string' },
  },
};

/** The paths of a route as OpenAPI writes them: `/x{/:id}` is two of them, `:id` and `*rest` are `{id}` and `{rest}`. */
export function pathTemplates(path: string): readonly string[] {
  const optional = /\{([^{}]*)\}/.exec(path);
  if (optional !== null) {
    const before = path.slice(0, optional.index);
    const after = path.slice(optional.index + optional[0].length);
    return [...pathTemplates(before + after), ...pathTemplates(before + optional[1] + after)];
  }
  return [path.replace(/[:*]([A-Za-z_]\w*)/g, '{$1}')];
}

/** The documented parameters that the path has, in its order, with those that nobody documented; then the query's. */
function parametersFor(template: string, documented: readonly ParameterDoc[]): readonly ParameterDoc[] {
  const inPath = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']): ParameterDoc => {
    const known = documented.find((parameter) => parameter.in === 'path' && parameter.name === name);
    return known === undefined ? { name, in: 'path', required: true, description: name } : { ...known, required: true };
  });
  return [...inPath, ...documented.filter((parameter) => parameter.in !== 'path')];
}

function operationsOf(protocol: DescribedProtocol, { path, method, doc }: Route): readonly Operation[] {
  const common = { protocol: protocol.name, method, doc, ownErrors: protocol.fail !== undefined };
  const fixed = (doc.variants ?? []).flatMap((variant) =>
    pathTemplates(path).map((template): Operation => {
      const own = template.replace(/\{(\w+)\}/g, (whole, name: string) => variant.fixed[name] ?? whole);
      const parameters = parametersFor(own, variant.parameters);
      return { ...common, path: own, doc: { ...doc, summary: variant.summary }, parameters };
    }),
  );
  if (fixed.length > 0) return fixed;
  return pathTemplates(path).map((template) => ({
    ...common,
    path: template,
    parameters: parametersFor(template, doc.parameters ?? []),
  }));
}

/** Every operation of the protocols, in the order of mounting. */
export function operations(protocols: readonly DescribedProtocol[]): readonly Operation[] {
  return protocols.flatMap((protocol) => protocol.routes.flatMap((route) => operationsOf(protocol, route)));
}

/** Style and explode are written out for every parameter of a query: the suite of OGC API Features wants them of limit too. */
function parameterObject({ name, in: place, required, description, schema, explode }: ParameterDoc): Schema {
  const value = schema ?? { type: 'string' };
  const written = { style: place === 'path' ? 'simple' : 'form', explode: explode === true };
  return {
    name,
    in: place,
    required,
    description,
    schema: value,
    ...(place === 'query' || value.type === 'array' ? written : {}),
  };
}

/** Parameters that several operations share stand once, under their name; the most used one of a name has it without a number. */
function sharedParameters(all: readonly Operation[]) {
  const uses = new Map<string, { readonly object: Schema; count: number }>();
  for (const { parameters } of all) {
    for (const parameter of parameters) {
      const object = parameterObject(parameter);
      const text = JSON.stringify(object);
      const known = uses.get(text);
      if (known === undefined) uses.set(text, { object, count: 1 });
      else known.count += 1;
    }
  }
  const names = new Map<string, string>();
  const components: Record<string, Schema> = {};
  for (const [text, { object, count }] of [...uses].sort(([, a], [, b]) => b.count - a.count)) {
    if (count < 2) continue;
    const plain = String(object.name).replace(/[^\w.-]/g, '_');
    let name = plain;
    for (let number = 2; name in components; number++) name = `${plain}-${number}`;
    components[name] = object;
    names.set(text, name);
  }
  const reference = (parameter: ParameterDoc): Schema => {
    const object = parameterObject(parameter);
    const name = names.get(JSON.stringify(object));
    return name === undefined ? object : { $ref: `#/components/parameters/${name}` };
  };
  return { components, reference };
}

function contentOf(doc: RouteDoc): Schema | undefined {
  const types = doc.produces ?? Object.keys(doc.content ?? {});
  if (types.length === 0) return undefined;
  const plain = (type: string): Schema => (/[/+]json\b/.test(type) ? {} : { type: 'string' });
  return Object.fromEntries(types.map((type) => [type, { schema: doc.content?.[type] ?? plain(type) }]));
}

function responsesOf({ doc, ownErrors }: Operation): Schema {
  const content = contentOf(doc);
  const given = Object.keys(doc.responses ?? {});
  const [success = '200'] = given.filter((status) => /^[23]/.test(status));
  const problem = { content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/problem' } } } };
  const responses: Record<string, Schema> = {
    [success]: {
      description: doc.responses?.[success] ?? 'The document that was asked',
      ...(content === undefined || success.startsWith('3') ? {} : { content }),
    },
  };
  for (const status of given) {
    if (status !== success) responses[status] = { description: doc.responses?.[status] ?? '' };
  }
  responses.default = ownErrors
    ? { description: 'What is wrong, in the form that the caller reads' }
    : { description: 'What is wrong: one entry of errors for each parameter', ...problem };
  return responses;
}

function operationObject(operation: Operation, reference: (parameter: ParameterDoc) => Schema): Schema {
  const { protocol, method, path, doc, parameters } = operation;
  const place = path.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const { body } = doc;
  return {
    tags: [protocol],
    summary: doc.summary,
    operationId: `${protocol}.${method.toLowerCase()}.${place === '' ? 'root' : place}`,
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(reference) }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.required,
            content: Object.fromEntries(Object.entries(body.content).map(([type, schema]) => [type, { schema }])),
          },
        }),
    responses: responsesOf(operation),
  };
}

/** The whole document of these protocols. */
export function openApiDocument(protocols: readonly DescribedProtocol[], about: ApiTitle): Schema {
  const all = operations(protocols);
  const shared = sharedParameters(all);
  const paths: Record<string, Record<string, Schema>> = {};
  for (const operation of all) {
    const item = paths[operation.path] ?? {};
    item[operation.method.toLowerCase()] ??= operationObject(operation, shared.reference);
    paths[operation.path] = item;
  }
  return {
    openapi: '3.0.3',
    info: {
      title: about.title,
      description: about.description,
      version: about.version,
      contact: about.contact,
      license: about.licence,
    },
    servers: [{ url: about.server }],
    tags: protocols.filter(({ routes }) => routes.length > 0).map(({ name }) => ({ name })),
    security: [{}, { basic: [] }],
    paths,
    components: {
      parameters: shared.components,
      schemas: { problem: PROBLEM_SCHEMA, ...Object.assign({}, ...protocols.map(({ schemas }) => schemas ?? {})) },
      securitySchemes: { basic: { type: 'http', scheme: 'basic' } },
    },
  };
}
