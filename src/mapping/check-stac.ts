// What a service file says of STAC: each field that a rule asks or takes a value from must be one of the service, each asset's name its own.
import type { Service, StacProperty } from '../model/service.ts';
import { type Tell, tellRepeated } from './check-service.ts';
import { below } from './fault.ts';

function sourcesOf(property: StacProperty): readonly string[] {
  if ('value' in property) return [];
  if ('days' in property) return property.days;
  return typeof property.from === 'string' ? [property.from] : property.from;
}

export function checkStac({ stac, fields }: Service, tell: Tell): void {
  const known = new Set(fields.map(({ name }) => name));
  stac?.forEach((rule, index) => {
    const at = below('/stac', index);
    for (const field of Object.keys(rule.where)) {
      if (!known.has(field)) tell(below(at, 'where', field), `'${field}' is not a field of this service`);
    }
    for (const [name, property] of Object.entries(rule.properties)) {
      for (const source of sourcesOf(property)) {
        const field = source.startsWith('field:') ? source.slice('field:'.length) : null;
        if (field !== null && !known.has(field)) {
          tell(below(at, 'properties', name), `'${field}' is not a field of this service`);
        }
      }
    }
    tellRepeated(
      rule.assets.map(({ name }) => name),
      (asset) => below(at, 'assets', asset, 'name'),
      tell,
    );
  });
}
