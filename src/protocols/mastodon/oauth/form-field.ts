// One field of a form: label, input, hint and what is wrong with it, tied together for screen readers.
import { html, raw } from 'hono/html'
import { escapeHtml } from '../../../lib/html/escape.ts'
import type { Html } from './layout.ts'
import { say } from '../words/say.ts'

export interface Field {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  value?: string | undefined
  hint?: string
  /** A sentence about what is wrong. */
  problem?: string | undefined
  autocomplete?: string
  optional?: boolean
  maxlength?: number
  minlength?: number
  inputmode?: 'numeric'
  /** Names and codes: no capitals, no spelling. */
  verbatim?: boolean
  focus?: boolean
}

/** Attributes as they stand in a tag; `true` writes the bare name, what is false or undefined is left out. */
function attributes(map: Record<string, string | number | boolean | undefined>): ReturnType<typeof raw> {
  const written = Object.entries(map).flatMap(([name, value]) => {
    if (value === undefined || value === false) return []
    return value === true ? [name] : [`${name}="${escapeHtml(String(value))}"`]
  })
  return raw(` ${written.join(' ')}`)
}

function described(field: Field): string | undefined {
  const ids = [
    ...(field.problem === undefined ? [] : [`${field.name}-problem`]),
    ...(field.hint === undefined ? [] : [`${field.name}-hint`]),
  ]
  return ids.length === 0 ? undefined : ids.join(' ')
}

function shared(field: Field): Record<string, string | number | boolean | undefined> {
  return {
    id: field.name,
    name: field.name,
    required: field.optional !== true,
    maxlength: field.maxlength,
    'aria-describedby': described(field),
    'aria-invalid': field.problem === undefined ? undefined : 'true',
    autofocus: field.focus,
  }
}

function around(field: Field, input: Html): Html {
  return html`<div class="field">
    <label for="${field.name}"
      >${field.label}${field.optional === true ? html` <span class="soft">(${say('optional')})</span>` : ''}</label
    >
    ${input}
    ${field.problem === undefined ? '' : html`<p class="wrong" id="${field.name}-problem">${field.problem}</p>`}
    ${field.hint === undefined ? '' : html`<p class="soft" id="${field.name}-hint">${field.hint}</p>`}
  </div>`
}

export function inputField(field: Field): Html {
  const type = field.type ?? 'text'
  const own = attributes({
    ...shared(field),
    type,
    value: type === 'password' ? undefined : field.value,
    autocomplete: field.autocomplete,
    minlength: field.minlength,
    inputmode: field.inputmode,
    autocapitalize: field.verbatim === true ? 'none' : undefined,
    spellcheck: field.verbatim === true ? 'false' : undefined,
  })
  return around(field, html`<input${own} />`)
}

export function textField(field: Field): Html {
  return around(field, html`<textarea rows="4" ${attributes(shared(field))}>${field.value ?? ''}</textarea>`)
}

export function checkField(field: Field & { checked?: boolean; labelHtml: Html }): Html {
  const own = attributes({ ...shared(field), type: 'checkbox', value: '1', checked: field.checked })
  return html`<div class="field check">
    <input${own} /><label for="${field.name}">${field.labelHtml}</label>
    ${field.problem === undefined ? '' : html`<p class="wrong" id="${field.name}-problem">${field.problem}</p>`}
  </div>`
}

/** What went wrong with a whole form, read out at once. */
export function problemLine(problem: string | undefined): Html | '' {
  return problem === undefined ? '' : html`<p class="error" role="alert">${problem}</p>`
}
