// Addresses of vocabularies.

/** `http://inspire.ec.europa.eu/theme/nz` → `http://inspire.ec.europa.eu/theme`. */
export function vocabularyOf(uri: string): string {
  return uri.replace(/[/#][^/#]*$/, '');
}
