// Reads the envelope of an activity: who did what to which object.
import { asArray, dateOf, idOf, isObject, member, present, textOf, typesOf, webId } from '../wire.ts'
import type { Json } from '../wire.ts'
import type { Ignored } from './reading.ts'

export interface IncomingActivity {
  /** The first type; unknown ones are for the caller to ignore. */
  type: string
  types: string[]
  /** Absent on one-shot activities of some programs; then nothing can be de-duplicated. */
  id?: string
  actorUri: string
  /** The id of the (first) object, embedded or not. */
  objectUri?: string
  /** The object where it was embedded; never to be trusted beyond its origin. */
  object?: Json
  /** All objects (a Flag names several): ids and embedded ones as they came. */
  objects: unknown[]
  targetUri?: string
  target?: Json
  publishedAt?: number
  /** An LD signature (RsaSignature2017) is there: its bytes may be forwarded as they are. */
  signed: boolean
  /** A FEP-8b32 proof is there. */
  proved: boolean
  json: Json
}

/** JSON-LD features by which one document can mean two things; we refuse them anywhere in a document. */
const TRICKS = new Set(['@graph', '@included', '@reverse', '@nest'])
const MAX_DEPTH = 40

/** The envelope in a parsed body. Ignored: no object, no type, no usable actor, or a document that means two things. */
export function readActivity(value: unknown): IncomingActivity | Ignored {
  if (!isObject(value)) return { ignored: 'not a JSON object' }
  const types = typesOf(value)
  const type = types[0]
  if (type === undefined) return { ignored: 'no type' }
  const actorUri = idOf(member(value, 'actor'))
  if (actorUri === undefined) return { ignored: 'no usable actor' }
  if (isAmbiguous(value))
    return { ignored: 'it uses JSON-LD keywords that change its meaning, or nests too deeply' }
  const objects = asArray(member(value, 'object'), 500)
  const first = objects[0]
  const target = asArray(member(value, 'target'), 1)[0]
  return present({
    type,
    types,
    id: webId(member(value, 'id')),
    actorUri,
    objectUri: idOf(first),
    object: isObject(first) ? first : undefined,
    objects,
    targetUri: idOf(target),
    target: isObject(target) ? target : undefined,
    publishedAt: dateOf(member(value, 'published')),
    signed: isObject(member(value, 'signature')),
    proved: isObject(member(value, 'proof')),
    json: value,
  })
}

/** Whether a document contains `@graph`, `@included`, `@reverse` or `@nest`, or is nested deeper than anyone needs. */
export function isAmbiguous(value: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true
  if (Array.isArray(value)) return value.some((item) => isAmbiguous(item, depth + 1))
  if (!isObject(value)) return false
  return Object.entries(value).some(([name, item]) => TRICKS.has(name) || isAmbiguous(item, depth + 1))
}

/** The emoji of a reaction: `content` of EmojiReact, or Misskey's `_misskey_reaction` on a Like. */
export function readReaction(activity: unknown): string | undefined {
  const text = textOf(member(activity, '_misskey_reaction') ?? member(activity, 'content'), 200)?.trim()
  return text === undefined || text === '' ? undefined : text
}
