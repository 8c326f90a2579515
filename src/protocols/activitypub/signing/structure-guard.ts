// Reads a JSON document from hostile bytes and refuses shapes that two readers could understand differently.
import { Refusal } from '../../../model/refusal.ts'
import { checkContext, isDisguised } from './context-guard.ts'
import type { JsonObject, JsonValue } from './types.ts'

const MAX_DEPTH = 64
const MAX_VALUES = 20_000
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
/** JSON-LD features that move properties to another place in the tree than the one plain readers look at. */
const RESTRUCTURING = new Set(['@graph', '@included', '@reverse', '@nest'])
const ALIASED = [
  ['id', '@id'],
  ['type', '@type'],
] as const

/**
 * The object in `bytes` (UTF-8 JSON). Depth and count are checked on the bytes, before anything is built from them.
 * Repeated keys: the last one counts, everywhere. Keys named `__proto__` are dropped.
 * Throws `Refusal`: too-large beyond 64 levels or 20,000 values, otherwise invalid.
 */
export function parseDocument(bytes: Uint8Array): JsonObject {
  checkSize(bytes)
  let value: JsonValue
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue
  } catch (cause) {
    throw new Refusal('invalid', 'The document is not JSON.', cause)
  }
  if (!isObject(value)) throw new Refusal('invalid', 'The document is not a JSON object.')
  assertPlainStructure(value)
  return value
}

/**
 * Refuses a parsed document that restructures itself (`@graph`, `@included`, `@reverse`, `@nest`) or whose contexts give
 * another meaning to the terms on which trust rests. Removes own keys named `__proto__`. Throws `Refusal`.
 */
export function assertPlainStructure(document: JsonObject): void {
  const waiting: { value: JsonValue; depth: number }[] = [{ value: document, depth: 1 }]
  let count = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next
    if (++count > MAX_VALUES || depth > MAX_DEPTH + 1) throw tooLarge()
    if (Array.isArray(value)) for (const item of value) waiting.push({ value: item, depth: depth + 1 })
    else if (isObject(value)) {
      checkObject(value)
      for (const key of Object.keys(value)) waiting.push({ value: value[key] ?? null, depth: depth + 1 })
    }
  }
}

function checkObject(object: JsonObject): void {
  if (Object.hasOwn(object, '__proto__')) delete object['__proto__']
  for (const key of Object.keys(object)) {
    if (RESTRUCTURING.has(key) || isDisguised(key))
      throw new Refusal('invalid', `Documents with ${key.slice(0, 64)} are not accepted.`)
  }
  for (const [plain, keyword] of ALIASED) {
    if (Object.hasOwn(object, plain) && Object.hasOwn(object, keyword)) {
      throw new Refusal('invalid', `A document may not have both ${plain} and ${keyword}.`)
    }
  }
  if (Object.hasOwn(object, '@context')) checkContext(object['@context'] ?? null)
}

/** Depth and an upper bound of the number of values, counted without a parser: brackets and commas outside strings. */
function checkSize(bytes: Uint8Array): void {
  let depth = 0
  let values = 1
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (inString) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === 0x5b || byte === 0x7b) {
      values++
      if (++depth > MAX_DEPTH) throw tooLarge()
    } else if (byte === 0x5d || byte === 0x7d) depth--
    else if (byte === COMMA) values++
    if (values > MAX_VALUES) throw tooLarge()
  }
}

function tooLarge(): Refusal {
  return new Refusal('too-large', 'The document is nested too deeply or holds too many values.')
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
