// Refuses inline JSON-LD contexts that give another meaning to the terms on which trust rests.
import { Refusal } from '../../../model/refusal.ts'
import type { JsonObject, JsonValue } from './types.ts'

const AS = 'https://www.w3.org/ns/activitystreams#'
const SECURITY = 'https://w3id.org/security#'
const LDP = 'http://www.w3.org/ns/ldp#'
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  as: [AS, 'http://www.w3.org/ns/activitystreams#', 'https://www.w3.org/ns/activitystreams'],
  sec: [SECURITY, 'https://w3id.org/security/v1#', 'https://w3id.org/security/v1'],
  ldp: [LDP],
}
const FORBIDDEN = new Set(['@graph', '@included', '@reverse', '@nest', '@import'])
const PROPERTIES = [
  'actor',
  'object',
  'target',
  'origin',
  'attributedTo',
  'to',
  'cc',
  'bto',
  'bcc',
  'audience',
]
const MORE_PROPERTIES = [
  'inReplyTo',
  'content',
  'outbox',
  'followers',
  'following',
  'endpoints',
  'sharedInbox',
]
const ACTIVITIES = [
  'Create',
  'Update',
  'Delete',
  'Follow',
  'Accept',
  'Reject',
  'Announce',
  'Like',
  'Undo',
  'Block',
  'Flag',
]
const MORE_TYPES = [
  'Move',
  'Add',
  'Remove',
  'Note',
  'Person',
  'Group',
  'Organization',
  'Service',
  'Application',
]
const KEY_TERMS = [
  'publicKey',
  'publicKeyPem',
  'owner',
  'proof',
  'assertionMethod',
  'controller',
  'publicKeyMultibase',
]

/** What each term of trust must mean; the values are the only IRIs under which it may be defined again. */
const TRUSTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['id', ['@id']],
  ['type', ['@type']],
  ...[...PROPERTIES, ...MORE_PROPERTIES, ...ACTIVITIES, ...MORE_TYPES, 'Tombstone', 'Public'].map(
    (term): [string, string[]] => [term, [AS + term]],
  ),
  ['inbox', [`${LDP}inbox`]],
  ...KEY_TERMS.map((term): [string, string[]] => [term, [SECURITY + term]]),
])
/** Terms whose meaning may not be reached under a second name, since a reader of plain JSON would not see it. */
const UNALIASED: ReadonlyMap<string, string> = new Map(
  ['id', 'type', 'inbox', 'publicKey', 'owner', ...PROPERTIES].flatMap((term) =>
    (TRUSTED.get(term) ?? []).map((meaning): [string, string] => [meaning, term]),
  ),
)
const DISGUISED = new Set(PROPERTIES.flatMap((term) => [`as:${term}`, AS + term]))

/** Whether a property name is a long spelling of a term of trust, which plain readers would overlook. */
export function isDisguised(property: string): boolean {
  return DISGUISED.has(property)
}

/**
 * Throws `Refusal` (invalid) when a `@context` value redefines a term of trust, reaches one by another name, or
 * restructures the document. Contexts referred to by URL are not our concern: documents are read as plain JSON.
 */
export function checkContext(context: JsonValue): void {
  const waiting: JsonValue[] = Array.isArray(context) ? [...context] : [context]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) throw refusal('a list')
    if (typeof next !== 'object' || next === null) continue
    for (const [term, definition] of Object.entries(next)) waiting.push(...checkTerm(term, definition))
  }
}

/** Checks one definition and gives back the contexts nested in it. */
function checkTerm(term: string, definition: JsonValue): JsonValue[] {
  if (FORBIDDEN.has(term)) throw refusal(term)
  if (term.startsWith('@')) return []
  const scoped = isObject(definition) ? (definition['@context'] ?? null) : null
  const meaning = meaningOf(term, definition)
  const prefix = Object.hasOwn(PREFIXES, term) ? PREFIXES[term] : undefined
  if (prefix && (meaning === undefined || !prefix.includes(meaning))) throw refusal(term)
  const trusted = TRUSTED.get(term)
  if (trusted && (meaning === undefined || !trusted.includes(meaning))) throw refusal(term)
  if (meaning === AS && term !== 'as') throw refusal(term)
  const original = meaning === undefined ? undefined : UNALIASED.get(meaning)
  if (original !== undefined && original !== term) throw refusal(term)
  return Array.isArray(scoped) ? scoped : [scoped]
}

function meaningOf(term: string, definition: JsonValue): string | undefined {
  if (typeof definition === 'string') return expand(definition)
  if (!isObject(definition)) return undefined
  for (const key of Object.keys(definition)) if (FORBIDDEN.has(key)) throw refusal(term)
  const container = definition['@container']
  const graph = Array.isArray(container) ? container.includes('@graph') : container === '@graph'
  // Proofs are graphs in the standard's own context, and we read them as plain members all the same.
  if (graph && term !== 'proof') throw refusal(term)
  const id = definition['@id']
  return typeof id === 'string' ? expand(id) : undefined
}

function expand(name: string): string {
  if (FORBIDDEN.has(name)) throw refusal(name)
  const colon = name.indexOf(':')
  const prefix = name.slice(0, Math.max(colon, 0))
  const namespace = Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix]?.[0] : undefined
  if (namespace) return namespace + name.slice(colon + 1)
  // A bare name inherits the meaning of the term of that name.
  return TRUSTED.get(name)?.[0] ?? name
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refusal(term: string): Refusal {
  return new Refusal('invalid', `The context of the document gives ${term.slice(0, 64)} another meaning.`)
}
