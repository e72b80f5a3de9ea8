/** @jsxRuntime automatic @jsxImportSource preact */
// Controls of the search form: each with its label, what was typed in it, and what is wrong with that.
import type { ComponentChildren } from 'preact';
import { inLanguage } from '../../model/text.ts';
import type { Page } from '../page.ts';
import type { SearchRequest } from '../search-request.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface FormProps {
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

export function TextField(
  props: FormProps & { name: string; label: string; hint?: string; list?: string; mode?: 'decimal' },
) {
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
export function DayField(props: FormProps & { name: string; label: string }) {
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

export function SelectField(
  props: FormProps & { name: string; label: string; options: readonly Option[]; any: string },
) {
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
