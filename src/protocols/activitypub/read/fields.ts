// Reads the table of a profile: PropertyValue attachments, the vcard terms of Friendica and Misskey, and proven keys.
import type { ProfileField } from '../../../model/account.ts'
import { escapeHtml } from '../../../lib/html/escape.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import { sanitizeHtml } from '../../../lib/html/sanitize.ts'
import { cleanName } from '../../../lib/text/handle.ts'
import { asArray, isObject, member, textOf, textProperty, typesOf } from '../wire.ts'
import { readIdentityProofs } from './identity-proofs.ts'

/** Most lines kept of a profile's table. */
export const MAX_FIELDS = 16
const MAX_FIELD_NAME = 255
const MAX_FIELD_VALUE = 4096

/** The lines in their order; a vcard line is left out when the person wrote one of that name. */
export function readFields(actor: unknown, uri: string, now: number): ProfileField[] {
  const fields: ProfileField[] = []
  for (const value of [
    ...asArray(member(actor, 'attachment'), 200).flatMap(readField),
    ...readVcard(actor),
    ...readIdentityProofs(actor, uri, now),
  ]) {
    if (fields.length >= MAX_FIELDS) break
    if (!fields.some((field) => field.name === value.name && field.value === value.value)) fields.push(value)
  }
  return fields
}

function readField(value: unknown): ProfileField[] {
  if (!typesOf(value).some((type) => type === 'PropertyValue' || type === 'schema:PropertyValue')) return []
  const name = cleanName(
    htmlToText(textProperty(value, 'name', MAX_FIELD_NAME * 4) ?? '', 1000),
    MAX_FIELD_NAME,
  )
  const html = sanitizeHtml(
    textOf(member(value, 'value') ?? member(value, 'schema:value'), MAX_FIELD_VALUE) ?? '',
  )
  return name === '' && html === '' ? [] : [{ name, value: html }]
}

function readVcard(actor: unknown): ProfileField[] {
  const address = member(actor, 'vcard:hasAddress')
  const place = isObject(address)
    ? ['vcard:locality', 'vcard:region', 'vcard:country-name'].flatMap(
        (name) => textOf(member(address, name), 200) ?? [],
      )
    : []
  const plain = textOf(member(actor, 'vcard:Address') ?? member(actor, 'vcard:adr'), 500)
  const birthday = textOf(member(actor, 'vcard:bday') ?? member(actor, 'birthday'), 40)
  const chats = asArray(member(actor, 'vcard:hasInstantMessage'), 5).flatMap(
    (item) => textOf(item, 500) ?? [],
  )
  const lines: [string, string | undefined][] = [
    ['Location', place.length > 0 ? place.join(', ') : plain],
    ['Birthday', birthday],
    ...chats.map((chat): [string, string] => [chat.startsWith('matrix:') ? 'Matrix' : 'XMPP', chat]),
  ]
  return lines.flatMap(([name, text]) => {
    const value = cleanName(text ?? '', 500)
    return value === '' ? [] : [{ name, value: escapeHtml(value) }]
  })
}
