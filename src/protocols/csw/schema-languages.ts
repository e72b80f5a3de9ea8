// Names of XML Schema that clients of DescribeRecord use; the first is the default of the request's schema.

export const SCHEMA_LANGUAGES = [
  'http://www.w3.org/XML/Schema',
  'http://www.w3.org/2001/XMLSchema',
  'http://www.w3.org/TR/xmlschema-1/',
  'XMLSCHEMA',
] as const;
