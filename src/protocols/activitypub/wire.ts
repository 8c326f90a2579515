// ActivityStreams as it arrives: tolerant accessors for values that may be a string, an object or an array of either.
import { safeWebUrl } from '../../lib/html/safe-link.ts'

export type Json = Record<string, unknown>

/** The full URI of the public collection; some programs only know this spelling. */
export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
export const ACTIVITY_JSON = 'application/activity+json'
export const LD_JSON = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'

/** Longest URL we keep, in UTF-16 units. */
export const MAX_URL = 2048
/** How many members of any list are looked at when a reader names no smaller number. */
export const MAX_LIST = 1000

const PUBLIC_NAMES = new Set([PUBLIC, 'as:Public', 'Public'])
const DATE =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of an object that is its own, so that `constructor` and the like never come from the prototype. */
export function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** The members of a list, or the one value that stands for a list of one; at most `max` of them. */
export function asArray(value: unknown, max: number = MAX_LIST): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.slice(0, max)
  const inner = member(value, '@list') ?? member(value, '@set')
  return Array.isArray(inner) ? inner.slice(0, max) : [value]
}

/** An absolute http(s) URL to show or to follow, cleaned of tricks; undefined for anything else. */
export function webUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL) return undefined
  return safeWebUrl(value)
}

/** An absolute http(s) URI used as an id: kept exactly as written, or refused. */
export function webId(value: unknown): string | undefined {
  const safe = webUrl(value)
  return safe === value && safe !== undefined && URL.canParse(safe) && !hasUserinfo(safe) ? safe : undefined
}

function hasUserinfo(url: string): boolean {
  const { username, password } = new URL(url)
  return username !== '' || password !== ''
}

/** The id of one thing: a URI, an object with an id, a Link with href, or the first of a list of those. */
export function idOf(value: unknown): string | undefined {
  for (const item of asArray(value, 10)) {
    const id = isObject(item) ? (member(item, 'id') ?? member(item, '@id') ?? member(item, 'href')) : item
    const found = webId(id)
    if (found !== undefined) return found
  }
  return undefined
}

/** The distinct ids of a list, public names and unusable values left out. */
export function idsOf(value: unknown, max: number = MAX_LIST): string[] {
  const ids = new Set<string>()
  for (const item of asArray(value, max)) {
    if (isPublic(item)) continue
    const id = idOf(item)
    if (id !== undefined) ids.add(id)
  }
  return [...ids]
}

/** Whether a value names the public collection, in any of its three spellings. */
export function isPublic(value: unknown): boolean {
  const name = isObject(value) ? member(value, 'id') : value
  return typeof name === 'string' && PUBLIC_NAMES.has(name)
}

/** The names of an object's types without a prefix such as `as:`. */
export function typesOf(value: unknown): string[] {
  const types = member(value, 'type') ?? member(value, '@type')
  return asArray(types, 10)
    .filter((type) => typeof type === 'string')
    .map((type) =>
      type.slice(0, 200).replace(/^(?:as|litepub|toot):|^https:\/\/www\.w3\.org\/ns\/activitystreams#/, ''),
    )
}

/** The first type, or '' where there is none. */
export function typeOf(value: unknown): string {
  return typesOf(value)[0] ?? ''
}

/** Text of at most `max` UTF-16 units; an `@value` object and the first string of a list count too. */
export function textOf(value: unknown, max: number): string | undefined {
  for (const item of asArray(value, 10)) {
    const text = isObject(item) ? member(item, '@value') : item
    if (typeof text === 'string') return cut(text, max)
  }
  return undefined
}

/** Cuts to `max` UTF-16 units without leaving half of a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text.toWellFormed()
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 1)) ? max - 1 : max
  return text.slice(0, end).toWellFormed()
}

/** A text property such as `content`, or the first entry of its language map `contentMap`. */
export function textProperty(object: unknown, name: string, max: number): string | undefined {
  const plain = textOf(member(object, name), max)
  if (plain !== undefined) return plain
  const inner = member(object, name)
  return firstOfMap(inner, max) ?? firstOfMap(member(object, `${name}Map`), max)
}

function firstOfMap(map: unknown, max: number): string | undefined {
  if (!isObject(map)) return undefined
  for (const value of Object.values(map).slice(0, 20)) {
    if (typeof value === 'string') return cut(value, max)
  }
  return undefined
}

/** Milliseconds since 1970. A date without zone is UTC; dates before 1900 or after 2199 are refused. */
export function dateOf(value: unknown): number | undefined {
  const text = textOf(value, 64)?.trim()
  const match = text === undefined ? null : DATE.exec(text)
  if (!match) return undefined
  const zone = (match[3] ?? 'Z').toUpperCase()
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  const time = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${offset}`)
  return Number.isFinite(time) && time >= EARLIEST && time < LATEST ? time : undefined
}

/** A count that somebody claims: a whole number of at least 0, or the `totalItems` of a collection. */
export function countOf(value: unknown): number | undefined {
  const count = isObject(value) ? member(value, 'totalItems') : value
  return typeof count === 'number' && Number.isFinite(count) && count >= 0
    ? Math.min(Math.floor(count), 2_000_000_000)
    : undefined
}

/** A finite number, also when written as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.length < 40 && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' ? false : undefined
}

/** Whether two URIs have the same scheme, host and port. */
export function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin
}

/** The address of a `url` property: text, Link or list; an HTML page wins over files and feeds. */
export function firstUrl(value: unknown): string | undefined {
  const links = asArray(value, 50).flatMap((item) => {
    const url = webUrl(isObject(item) ? (member(item, 'href') ?? member(item, 'url')) : item)
    return url === undefined ? [] : [{ url, mediaType: textOf(member(item, 'mediaType'), 100) }]
  })
  const page = links.find((link) => link.mediaType?.startsWith('text/html'))
  return (page ?? links.find((link) => link.mediaType === undefined) ?? links[0])?.url
}

/** Whether a media type is one of the two in which ActivityPub documents travel. */
export function isActivityMediaType(value: string | undefined): boolean {
  if (value === undefined) return false
  const [type, ...parameters] = value.toLowerCase().split(';')
  if (type?.trim() === ACTIVITY_JSON) return true
  const profile = 'https://www.w3.org/ns/activitystreams'
  return type?.trim() === 'application/ld+json' && parameters.some((parameter) => parameter.includes(profile))
}

type Optional<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The same object without the members that are undefined. */
export function present<T extends object>(value: T): Optional<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Optional<T>
}
