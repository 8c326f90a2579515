// A post as JSON text: written once for all readers, with slots that each reader's own facts fill.
import type { PostView, SharedPost } from '../../../model/post-view.ts'
import { limitsReplies, mayQuote } from './approval.ts'
import { ownFields, writeStatus } from './status.ts'
import type { StatusFrame } from './status.ts'

/** What stands where a slot is; text from outside has its quotes escaped, so it cannot fake one. */
const SLOT = /("@@own":0,|"@@quoter"|"@@boosted")/

interface Fragment {
  /** Text and slots in turn: every second piece is a slot. */
  pieces: readonly string[]
  /** The boosted post that the text was written with. */
  original: SharedPost | undefined
  /** The bytes as some readers see them. */
  sights: Map<string, Uint8Array>
}

const fragments = new WeakMap<SharedPost, Fragment>()

function fragmentOf(view: PostView, frame: StatusFrame): Fragment {
  const original = view.boostOf?.shared
  const known = fragments.get(view.shared)
  if (known && known.original === original) return known
  const text = JSON.stringify(writeStatus(view, { ...frame, isSlotted: true }))
  const fragment = { pieces: text.split(SLOT), original, sights: new Map<string, Uint8Array>() }
  fragments.set(view.shared, fragment)
  return fragment
}

function ownText(view: PostView, frame: StatusFrame): string {
  const fields = ownFields(view, frame)
  if (fields.favourited === undefined) return ''
  const pinned = fields.pinned === undefined ? '' : `"pinned":${fields.pinned},`
  const filtered =
    fields.filtered === undefined || fields.filtered.length === 0 ? '[]' : JSON.stringify(fields.filtered)
  return `"favourited":${fields.favourited},"reblogged":${fields.reblogged},"muted":${fields.muted},"bookmarked":${fields.bookmarked},${pinned}"filtered":${filtered},`
}

function fill(slot: string, view: PostView, frame: StatusFrame): string {
  if (slot === '"@@own":0,') return ownText(view, frame)
  if (slot === '"@@quoter"') return `"${mayQuote(view, frame.viewerId)}"`
  return view.boostOf ? statusText(view.boostOf, frame) : 'null'
}

function isWrittenAnew(view: PostView): boolean {
  return view.poll !== undefined || view.quote !== undefined || limitsReplies(view)
}

/** The same as `JSON.stringify(writeStatus(view, frame))`. */
export function statusText(view: PostView, frame: StatusFrame): string {
  // Polls tell the time, quotes nest, and few posts limit replies, so these are written anew.
  if (isWrittenAnew(view) || (view.boostOf && isWrittenAnew(view.boostOf)))
    return JSON.stringify(writeStatus(view, frame))
  const { pieces } = fragmentOf(view, frame)
  let text = pieces[0] as string
  for (let index = 1; index < pieces.length; index += 2)
    text += fill(pieces[index] as string, view, frame) + (pieces[index + 1] as string)
  return text
}

/** What the text of a post depends on beside the post itself: what its reader did with it and may do. */
function sightOf(view: PostView, frame: StatusFrame): string {
  const own = `${ownText(view, frame)}${mayQuote(view, frame.viewerId)}`
  return view.boostOf ? `${own} ${sightOf(view.boostOf, frame)}` : own
}

/** Most readers see a post in the same way; that many ways are kept ready to send. */
const MOST_SIGHTS = 3

/** The bytes of `statusText`: encoding the same text for every reader costs more than all the rest of an answer. */
export function statusBytes(view: PostView, frame: StatusFrame): Uint8Array {
  if (isWrittenAnew(view) || (view.boostOf && isWrittenAnew(view.boostOf)))
    return Buffer.from(statusText(view, frame))
  const { sights } = fragmentOf(view, frame)
  const sight = sightOf(view, frame)
  const known = sights.get(sight)
  if (known) return known
  const bytes = Buffer.from(statusText(view, frame))
  if (sights.size >= MOST_SIGHTS) sights.clear()
  sights.set(sight, bytes)
  return bytes
}
