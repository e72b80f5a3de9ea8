// DescribeRecord of CSW 2.0.2 (OGC 07-006r1 10.6): for each type a schema that includes the published one.
import { excerpt } from '../../formats/syntax/excerpt.ts';
import type { AppContext } from '../../http/protocol.ts';
import { SyntaxFault } from '../../model/errors.ts';
import { type Call, dialectOf, readParametersOf } from './call.ts';
import { invalid } from './errors.ts';
import { qualifiedName, typeOfName } from './names.ts';
import { listOf, oneOfNames } from './output-request.ts';
import type { OutputSchemas, TypeName } from './output-schemas.ts';
import { sendXml } from './reply.ts';
import { SCHEMA_LANGUAGES } from './schema-languages.ts';
import { XML_TYPES } from './vocabulary.ts';

const XS = 'http://www.w3.org/2001/XMLSchema';

function component({ namespace, schema }: TypeName, language: string): string {
  return (
    `<csw:SchemaComponent targetNamespace="${namespace}" schemaLanguage="${language}">` +
    `<xs:schema xmlns:xs="${XS}" targetNamespace="${namespace}" elementFormDefault="qualified">` +
    `<xs:include schemaLocation="${schema}"/></xs:schema></csw:SchemaComponent>`
  );
}

/** Gives the handler. */
export function createDescribeRecord(schemas: OutputSchemas): (ctx: AppContext, call: Call) => void {
  return (ctx, call) => {
    const dialect = dialectOf(call);
    const reader = readParametersOf(call.parameters);
    const mediaType = reader.optional('outputFormat', oneOfNames(XML_TYPES)) ?? 'application/xml';
    const language = reader.optional('schemaLanguage', oneOfNames(SCHEMA_LANGUAGES)) ?? SCHEMA_LANGUAGES[0];
    const types = schemas.typeNames(call.version);
    const asked = reader.text('TypeName') ?? reader.text('typeNames');
    const wanted = new Set<TypeName>(asked === null ? types : []);
    for (const name of listOf(asked ?? '')) {
      reader.attempt('TypeName', () => {
        if (!qualifiedName(name, call.namespaces, dialect).namespace) {
          throw new SyntaxFault(
            `the namespace of ${excerpt(name)} is not known`,
            `l’espace de noms de ${excerpt(name)} est inconnu`,
          );
        }
      });
      const type = typeOfName(name, call.namespaces, dialect, types);
      if (type) wanted.add(type);
    }
    if (asked !== null && listOf(asked).length === 0)
      reader.add(invalid('TypeName', 'a name is wanted', 'un nom est attendu'));
    reader.finish();
    const components = [...wanted].map((type) => component(type, language)).join('');
    const document = `<csw:DescribeRecordResponse xmlns:csw="${dialect.csw}">${components}</csw:DescribeRecordResponse>`;
    sendXml(ctx, document, mediaType, call.envelope);
  };
}
