/** @jsxRuntime automatic @jsxImportSource preact */
// The search form: every condition as a labelled control that keeps what was typed and says what is wrong with it.
import type { ComponentChildren } from 'preact';
import { LEVELS, PRODUCT_LEVELS } from '../../model/record.ts';
import type { FieldDefinition } from '../../model/service.ts';
import { inLanguage, type Localised } from '../../model/text.ts';
import type { Page } from '../page.ts';
import { fieldParameters, ORDERS, type OrderName, PAGE_SIZES, type SearchRequest } from '../search-request.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface FormProps {
  readonly page: Page;
  readonly request: SearchRequest;
}

export const idOf = (name: string) => `in-${name.replace(/[^\w]+/g, '-')}`;
const typed = (request: SearchRequest, name: string) => request.given.get(name)?.[0] ?? '';

interface ControlAttributes {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid'?: 'true';
  readonly 'aria-describedby'?: string;
}

/** Label, control and fault of one parameter. */
function Field({
  page,
  request,
  name,
  label,
  hint,
  children,
}: FormProps & {
  name: string;
  label: string;
  hint?: string;
  children: (attributes: ControlAttributes) => ComponentChildren;
}) {
  const id = idOf(name);
  const fault = request.faults.get(name);
  const describedBy = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {children({
        id,
        name,
        ...(fault ? { 'aria-invalid': 'true' } : {}),
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
      })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {inLanguage(fault, page.language)}
        </p>
      )}
    </div>
  );
}

function TextField(props: FormProps & { name: string; label: string; hint?: string; list?: string; mode?: 'decimal' }) {
  return (
    <Field {...props}>
      {(attributes) => (
        <input
          type="text"
          value={typed(props.request, props.name)}
          list={props.list}
          inputmode={props.mode}
          {...attributes}
        />
      )}
    </Field>
  );
}

/** A day picker, or plain text where something else than a day was given (an hour, a mistake). */
function DayField(props: FormProps & { name: string; label: string }) {
  const value = typed(props.request, props.name);
  const isDay = value === '' || (/^\d{4}-\d{2}-\d{2}$/.test(value) && !props.request.faults.has(props.name));
  return (
    <Field {...props}>
      {(attributes) =>
        isDay ? (
          <input type="date" value={value} {...attributes} />
        ) : (
          <input type="text" value={value} {...attributes} />
        )
      }
    </Field>
  );
}

function SelectField(props: FormProps & { name: string; label: string; options: readonly Option[]; any: string }) {
  const values = props.request.given.get(props.name) ?? [];
  const [chosen = ''] = values;
  const known = props.options.some((option) => option.value === chosen);
  return (
    <Field {...props}>
      {(attributes) => (
        <>
          <select {...attributes}>
            <option value="">{props.any}</option>
            {props.options.map((option) => (
              <option value={option.value} selected={option.value === chosen}>
                {option.label}
              </option>
            ))}
            {chosen !== '' && !known && (
              <option value={chosen} selected>
                {chosen}
              </option>
            )}
          </select>
          {values.slice(1).map((value) => (
            <input type="hidden" name={props.name} value={value} />
          ))}
        </>
      )}
    </Field>
  );
}

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

/** Everything but the words, whose box stands above the results and belongs to this form by its `form` attribute. */
export function SearchForm({ page, request }: FormProps) {
  const { t, say, mappings } = page;
  const orders: readonly Option[] = (Object.keys(ORDERS) as OrderName[]).map((value) => ({
    value,
    label: t.orders[value],
  }));
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
      <SelectField
        {...common}
        name="product"
        label={t.productLevel}
        any={t.any}
        options={PRODUCT_LEVELS.map((value) => ({ value, label: t.productLevels[value] }))}
      />
      <SelectField
        {...common}
        name="level"
        label={t.level}
        any={t.any}
        options={LEVELS.map((value) => ({ value, label: t.levels[value] }))}
      />
      <SelectField {...common} name="instrument" label={t.instrument} any={t.any} options={instrumentOptions(common)} />
      <SelectField
        {...common}
        name="format"
        label={t.format}
        any={t.any}
        options={coded(page, mappings.codes.format)}
      />
      <SelectField
        {...common}
        name="acquisition"
        label={t.acquisition}
        any={t.any}
        options={coded(page, mappings.codes.acquisition)}
      />
      <SelectField
        {...common}
        name="access"
        label={t.access}
        any={t.any}
        options={coded(
          page,
          mappings.codes.authorization.filter((code) => code.code <= page.viewer.metadataLevel),
        )}
      />
      <SpecificFields {...common} />
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
      {(['timerel'] as const).map((name) =>
        request.given.get(name)?.map((value) => <input type="hidden" name={name} value={value} />),
      )}
      <div class="actions">
        <button type="submit">{t.searchButton}</button>
        <a href={page.to('/search')}>{t.clearAll}</a>
      </div>
    </form>
  );
}
