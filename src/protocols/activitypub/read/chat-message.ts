// Reads litepub's ChatMessage (Pleroma, Akkoma, Lemmy's private messages) as a direct post.
import { asArray, idsOf, isObject, member, typesOf } from '../wire.ts'
import { readNote } from './note.ts'
import type { PostReading, ReadOptions } from './reading.ts'

/** Whether an object is a chat message. */
export function isChatMessage(object: unknown): boolean {
  return typesOf(object).includes('ChatMessage')
}

/** The direct post in a chat message; each addressee is named by it. */
export function readChatMessage(object: unknown, options: ReadOptions): PostReading {
  if (!isObject(object) || !isChatMessage(object)) return { ignored: 'not a chat message' }
  const envelope = asArray(member(object, 'to'), 1).length > 0 ? object : options.envelope
  const to = idsOf(member(envelope, 'to'), 20)
  const reading = readNote(
    { ...object, type: 'Note', to, cc: [], directMessage: true },
    { ...options, raw: options.raw ?? JSON.stringify(object) },
  )
  if ('ignored' in reading) return reading
  const recipients = to.map((uri) => ({ uri, kind: 'mention' as const }))
  return { ...reading, audience: 'direct', recipients }
}
