// Several ISO records in one document: the identifiers of their locales (xs:ID) must differ, and what refers to them with them. Within a
// record they are constant, so that texts which many records share are written once; here they get the record's place.

const LOCALES = /(<(?:gmd|lan):(?:PT_Locale id="|LocalisedCharacterString locale="#))([a-z]{2})"/g;

/** The record as the one with this number in its document; 0 leaves it as it is. */
export function withUniqueLocales(document: string, sequence: number): string {
  return sequence === 0 ? document : document.replace(LOCALES, `$1$2-${sequence}"`);
}
