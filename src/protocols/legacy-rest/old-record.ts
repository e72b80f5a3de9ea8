// A record under the old keys, as clients of the running API read it: the table's own numbers and texts, then the service's fields.
import { addFields, type DataRow } from '../../formats/writers/data-row.ts';
import type { CatalogRecord, FieldValue } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';

/**
 * Gives the function to an entry of a list, which runs for every record that flows. `lat` and `lng` are the stored numbers in the system
 * `epsg`; `uri` is what `/data/id/{uri}` takes.
 */
export function createOldRecord(service: Service): (record: CatalogRecord) => DataRow {
  const names = service.fields.map(({ name }) => name);
  const { localization } = service.old;
  return (record) => {
    const { position, stored, fields } = record;
    const named = localization === null ? null : fields[localization];
    const row: { [key: string]: FieldValue } = {
      id: record.id,
      name: record.name,
      descr: record.description,
      authorization_: record.authorization,
      date_b: stored.dateBegin,
      time_b: stored.timeBegin,
      date_e: stored.dateEnd,
      time_e: stored.timeEnd,
      localization: named ?? record.places[0] ?? null,
      lat: position?.y ?? null,
      lng: position?.x ?? null,
      elevation: record.elevation,
      epsg: position?.epsg ?? null,
      uri: record.id,
    };
    return addFields(row, names, fields);
  };
}
