// Canonical JSON by RFC 8785 (JCS): one spelling per value, so that a hash of a document means something.
import { Refusal } from '../../../model/refusal.ts'
import type { JsonValue } from './types.ts'

const MAX_DEPTH = 128

/**
 * Canonical text of a JSON value. Throws `Refusal` (invalid) for what JSON cannot hold (NaN, infinity, undefined, lone
 * surrogates) and for nesting deeper than 128.
 */
export function canonicalizeJson(value: JsonValue): string {
  return write(value, 0)
}

function write(value: JsonValue, depth: number): string {
  if (depth > MAX_DEPTH) throw new Refusal('invalid', 'The document is nested too deeply.')
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`
  if (typeof value === 'object') return writeObject(value, depth)
  throw new Refusal('invalid', 'The document holds a value that JSON does not know.')
}

function writeObject(object: { [key: string]: JsonValue }, depth: number): string {
  // The default order of sort() is by UTF-16 code units, which is what the RFC asks for.
  const keys = Object.keys(object).sort()
  const members = keys.map((key) => `${writeString(key)}:${write(object[key] as JsonValue, depth + 1)}`)
  return `{${members.join(',')}}`
}

function writeString(text: string): string {
  if (!text.isWellFormed()) throw new Refusal('invalid', 'The document holds a broken character.')
  return JSON.stringify(text)
}
