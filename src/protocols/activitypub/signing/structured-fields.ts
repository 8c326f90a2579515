// The subset of Structured Fields (RFC 8941) in which RFC 9421 writes its Signature and Signature-Input headers.
import { Refusal } from '../../../model/refusal.ts'
import { decodeBase64 } from './base64.ts'
import type { BareItem, Component, Parameter } from './types.ts'

const MAX_HEADER = 16_384
const MAX_MEMBERS = 8
const MAX_COMPONENTS = 40
const MAX_PARAMETERS = 16
const KEY = /[a-z*][a-z0-9_.*-]{0,63}/y
const STRING = /"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y
const BYTES = /:([A-Za-z0-9+/=]*):/y
const BOOLEAN = /\?([01])/y
const INTEGER = /(-?\d{1,15})(?![\d.])/y
const TOKEN = /([A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*)/y
const SPACES = / */y
const COMMA = /[ \t]*,[ \t]*/y

/** One member of a `Signature-Input` dictionary: covered components and parameters. */
export interface CoveredList {
  components: Component[]
  parameters: Parameter[]
}

/** A `Signature-Input` header by label. Throws `Refusal` (invalid); stricter than the RFC, repeated keys are refused. */
export function parseSignatureInput(header: string): Map<string, CoveredList> {
  return parseDictionary(header, (cursor) => ({
    components: readInnerList(cursor),
    parameters: readParameters(cursor),
  }))
}

/** A `Signature` header of RFC 9421: signature bytes by label. Throws `Refusal` (invalid). */
export function parseSignatures(header: string): Map<string, Buffer> {
  return parseDictionary(header, (cursor) => {
    const item = readBareItem(cursor)
    if (item.kind !== 'bytes') throw malformed()
    return item.value
  })
}

/** The value of `@signature-params`: an inner list with its parameters, in canonical spelling. */
export function serializeCoveredList(
  components: readonly Component[],
  parameters: readonly Parameter[],
): string {
  return `(${components.map(serializeComponent).join(' ')})${serializeParameters(parameters)}`
}

/** A component identifier as it stands in a signature base, for instance `"@query-param";name="page"`. */
export function serializeComponent(component: Component): string {
  return `${serializeString(component.name)}${serializeParameters(component.parameters)}`
}

interface Cursor {
  text: string
  at: number
}

function parseDictionary<T>(header: string, readValue: (cursor: Cursor) => T): Map<string, T> {
  if (header.length > MAX_HEADER) throw malformed()
  const cursor = { text: header.trim(), at: 0 }
  const members = new Map<string, T>()
  for (;;) {
    const label = expect(cursor, KEY)[0]
    expectText(cursor, '=')
    if (members.has(label) || members.size >= MAX_MEMBERS) throw malformed()
    members.set(label, readValue(cursor))
    if (cursor.at === cursor.text.length) return members
    expect(cursor, COMMA)
  }
}

function readInnerList(cursor: Cursor): Component[] {
  expectText(cursor, '(')
  const components: Component[] = []
  for (;;) {
    const gap = expect(cursor, SPACES)[0].length
    if (cursor.text[cursor.at] === ')') break
    if ((components.length > 0 && gap === 0) || components.length >= MAX_COMPONENTS) throw malformed()
    const item = readBareItem(cursor)
    if (item.kind !== 'string') throw malformed()
    components.push({ name: item.value, parameters: readParameters(cursor) })
  }
  expectText(cursor, ')')
  return components
}

function readParameters(cursor: Cursor): Parameter[] {
  const parameters = new Map<string, BareItem>()
  while (cursor.text[cursor.at] === ';') {
    cursor.at++
    expect(cursor, SPACES)
    const name = expect(cursor, KEY)[0]
    if (parameters.has(name) || parameters.size >= MAX_PARAMETERS) throw malformed()
    let value: BareItem = { kind: 'boolean', value: true }
    if (cursor.text[cursor.at] === '=') {
      cursor.at++
      value = readBareItem(cursor)
    }
    parameters.set(name, value)
  }
  return [...parameters]
}

function readBareItem(cursor: Cursor): BareItem {
  const first = cursor.text[cursor.at] ?? ''
  if (first === '"') {
    return { kind: 'string', value: (expect(cursor, STRING)[1] ?? '').replace(/\\(["\\])/g, '$1') }
  }
  if (first === ':') {
    const value = decodeBase64(expect(cursor, BYTES)[1] ?? '')
    if (!value) throw malformed()
    return { kind: 'bytes', value }
  }
  if (first === '?') return { kind: 'boolean', value: expect(cursor, BOOLEAN)[1] === '1' }
  if (/[-\d]/.test(first)) return { kind: 'integer', value: Number(expect(cursor, INTEGER)[1]) }
  return { kind: 'token', value: expect(cursor, TOKEN)[1] ?? '' }
}

function expect(cursor: Cursor, pattern: RegExp): RegExpExecArray {
  pattern.lastIndex = cursor.at
  const match = pattern.exec(cursor.text)
  if (!match) throw malformed()
  cursor.at = pattern.lastIndex
  return match
}

function expectText(cursor: Cursor, text: string): void {
  if (!cursor.text.startsWith(text, cursor.at)) throw malformed()
  cursor.at += text.length
}

function serializeParameters(parameters: readonly Parameter[]): string {
  return parameters.map(([name, value]) => `;${name}${serializeValue(value)}`).join('')
}

function serializeValue(item: BareItem): string {
  if (item.kind === 'boolean') return item.value ? '' : '=?0'
  if (item.kind === 'string') return `=${serializeString(item.value)}`
  if (item.kind === 'bytes') return `=:${item.value.toString('base64')}:`
  return `=${item.value === 0 ? 0 : item.value}`
}

function serializeString(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function malformed(): Refusal {
  return new Refusal('invalid', 'The Signature-Input or Signature header is malformed.')
}
