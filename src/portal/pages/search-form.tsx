/** @jsxRuntime automatic @jsxImportSource preact */
// The search form: every condition that the page knows, those of the chosen service's own fields among them.
import { LEVELS, PRODUCT_LEVELS } from '../../model/record.ts';
import type { FieldDefinition } from '../../model/service.ts';
import type { Localised } from '../../model/text.ts';
import type { Page } from '../page.ts';
import { fieldParameters, ORDERS, type OrderName, PAGE_SIZES } from '../search-request.ts';
import { DayField, type FormProps, type Option, SelectField, TextField } from './form-fields.tsx';

function BoxFields({ page, request }: FormProps) {
  const { t } = page;
  const side = (name: string, label: string) => (
    <TextField page={page} request={request} name={name} label={label} mode="decimal" />
  );
  return (
    <fieldset class="box">
      <legend>{t.boxLegend}</legend>
      <div class="sides">
        {side('north', t.northSide)}
        {side('west', t.westSide)}
        {side('east', t.eastSide)}
        {side('south', t.southSide)}
      </div>
    </fieldset>
  );
}

function SpecificField({ page, request, field }: FormProps & { field: FieldDefinition }) {
  const { t, say } = page;
  const label = `${say.text(field.label)}${field.unit ? ` (${field.unit})` : ''}`;
  return (
    <>
      {fieldParameters(field).map(({ name, operator }) => {
        if (operator === 'min' || operator === 'max') {
          const words = `${label} ${operator === 'min' ? t.atLeast : t.atMost}`;
          return field.type === 'date' || field.type === 'datetime' ? (
            <DayField page={page} request={request} name={name} label={words} />
          ) : (
            <TextField page={page} request={request} name={name} label={words} mode="decimal" />
          );
        }
        const options: readonly Option[] =
          field.type === 'boolean'
            ? [
                { value: 'true', label: t.yes },
                { value: 'false', label: t.no },
              ]
            : (field.values ?? []).map((value) => ({ value, label: value }));
        return options.length > 0 ? (
          <SelectField page={page} request={request} name={name} label={label} options={options} any={t.any} />
        ) : (
          <TextField page={page} request={request} name={name} label={label} />
        );
      })}
    </>
  );
}

function SpecificFields({ page, request }: FormProps) {
  const fields = request.service?.fields.filter((field) => field.queryable) ?? [];
  if (fields.length === 0) return null;
  return (
    <fieldset>
      <legend>{page.t.specificFields}</legend>
      {fields.map((field) => (
        <SpecificField page={page} request={request} field={field} />
      ))}
    </fieldset>
  );
}

function coded(page: Page, list: readonly { readonly code: number; readonly label: Localised }[]): readonly Option[] {
  return list.map((entry) => ({ value: String(entry.code), label: page.say.text(entry.label) }));
}

function instrumentOptions({ page, request }: FormProps): readonly Option[] {
  const services = request.service ? [request.service] : page.mappings.services;
  const seen = new Map<string, string>();
  for (const service of services) {
    for (const instrument of service.instruments) seen.set(instrument.id, page.say.text(instrument.title));
  }
  return [...seen]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, page.language));
}

/** The conditions that choose from a closed list. */
function choices(
  props: FormProps,
): readonly { readonly name: string; readonly label: string; readonly options: readonly Option[] }[] {
  const { t, mappings, viewer } = props.page;
  const { acquisition, authorization, format } = mappings.codes;
  const seen = authorization.filter((code) => code.code <= viewer.metadataLevel);
  return [
    {
      name: 'product',
      label: t.productLevel,
      options: PRODUCT_LEVELS.map((value) => ({ value, label: t.productLevels[value] })),
    },
    { name: 'level', label: t.level, options: LEVELS.map((value) => ({ value, label: t.levels[value] })) },
    { name: 'instrument', label: t.instrument, options: instrumentOptions(props) },
    { name: 'format', label: t.format, options: coded(props.page, format) },
    { name: 'acquisition', label: t.acquisition, options: coded(props.page, acquisition) },
    { name: 'access', label: t.access, options: coded(props.page, seen) },
  ];
}

function Presentation(common: FormProps) {
  const { t } = common.page;
  const orders: readonly Option[] = (Object.keys(ORDERS) as OrderName[]).map((value) => ({
    value,
    label: t.orders[value],
  }));
  return (
    <fieldset class="two">
      <legend>{t.presentation}</legend>
      <SelectField
        {...common}
        name="sort"
        label={t.sort}
        any={t.orders.newest}
        options={orders.filter((order) => order.value !== 'newest')}
      />
      <SelectField
        {...common}
        name="count"
        label={t.perPage}
        any="20"
        options={PAGE_SIZES.filter((size) => size !== 20).map((size) => ({
          value: String(size),
          label: String(size),
        }))}
      />
    </fieldset>
  );
}

/** Everything but the words, whose box stands above the results and belongs to this form by its `form` attribute. */
export function SearchForm({ page, request }: FormProps) {
  const { t, say, mappings } = page;
  const common = { page, request };
  return (
    <form id="search" action={page.to('/search')} method="get" class="conditions">
      {page.chosenLanguage && <input type="hidden" name="lang" value={page.chosenLanguage} />}
      <SelectField
        {...common}
        name="service"
        label={t.service}
        any={t.allServices}
        options={mappings.services.map((service) => ({ value: service.name, label: say.text(service.title) }))}
      />
      <fieldset class="two">
        <legend>{t.period}</legend>
        <DayField {...common} name="start" label={t.from} />
        <DayField {...common} name="end" label={t.to} />
      </fieldset>
      <TextField {...common} name="place" label={t.place} list="places" hint={t.placeHint} />
      <datalist id="places">
        {mappings.places.map((place) => (
          <option value={say.text(place.name)} />
        ))}
      </datalist>
      <BoxFields {...common} />
      {choices(common).map(({ name, label, options }) => (
        <SelectField {...common} name={name} label={label} any={t.any} options={options} />
      ))}
      <SpecificFields {...common} />
      <Presentation {...common} />
      {request.given.get('timerel')?.map((value) => (
        <input type="hidden" name="timerel" value={value} />
      ))}
      <div class="actions">
        <button type="submit">{t.searchButton}</button>
        <a href={page.to('/search')}>{t.clearAll}</a>
      </div>
    </form>
  );
}
