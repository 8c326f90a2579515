// What every reader of an object is told beside the object itself, and what it answers.
import type { IncomingPost } from '../../../model/post.ts'

export interface ReadOptions {
  /** Milliseconds since 1970: posts from the future are dated now. */
  now: number
  /** The object's JSON text as it arrived; written anew when left out. */
  raw?: string
  /** The activity it came in: says to whom, where the object itself does not. */
  envelope?: unknown
  /** The author's followers collection, when the author is known already. */
  followersUri?: string
}

/** Why an object is left alone, as a sentence for the log. */
export interface Ignored {
  ignored: string
}

export type PostReading = IncomingPost | Ignored

export function isIgnored(reading: object): reading is Ignored {
  return 'ignored' in reading
}
