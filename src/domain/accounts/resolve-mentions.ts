// Knows beforehand whom a profile's text names, so that it can be formatted.
import { extract } from '../../lib/text/extract.ts'
import type { Resolve } from '../../lib/text/format.ts'
import type { Context } from '../context.ts'
import { findMentioned } from '../posts/find-mentioned.ts'

/** May ask other servers for a short time; never call it in a transaction. */
export async function resolveMentions(ctx: Context, text: string): Promise<Resolve> {
  const handles = extract(text).mentions.map((mention) => mention.handle)
  const mentioned = handles.length === 0 ? new Map() : await findMentioned(ctx, handles)
  return { mention: (handle) => mentioned.get(handle.toLowerCase()), hashtag: (name) => ctx.urls.tag(name) }
}
