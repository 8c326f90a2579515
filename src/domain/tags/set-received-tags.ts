// Takes over the hashtags that an account of another server shows on its profile.
import { normalizeTag } from '../../lib/text/hashtag.ts'
import { findAccount } from '../../store/accounts.ts'
import { deleteFeaturedTag, insertFeaturedTag, listFeaturedTags } from '../../store/featured-tags.ts'
import { ensureTags } from '../../store/tags.ts'
import type { TagName } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import { MOST_FEATURED_TAGS } from './feature-tag.ts'

/** Names as they are spelled there; what is no hashtag is left out, and those beyond the most that are kept. */
export async function setReceivedTags(
  ctx: Context,
  accountId: number,
  spellings: readonly string[],
): Promise<void> {
  const wanted = new Map<string, TagName>()
  for (const displayName of spellings.slice(0, MOST_FEATURED_TAGS)) {
    const name = normalizeTag(displayName)
    if (name !== undefined && !wanted.has(name)) wanted.set(name, { name, displayName })
  }
  await ctx.store.write(async (tx) => {
    const account = await findAccount(tx, accountId)
    if (!account || account.domain === '' || account.deleted_at !== null) return
    const at = { now: ctx.clock.now(), nextId: () => ctx.ids.next() }
    const kept = await ensureTags(tx, [...wanted.values()], at)
    const ids = new Map(kept.map((tag) => [tag.name, tag.id]))
    const before = await listFeaturedTags(tx, accountId)
    const gone = before.filter((tag) => !wanted.has(tag.name))
    const goneTags = await ensureTags(tx, gone, at)
    for (const tag of goneTags) await deleteFeaturedTag(tx, accountId, tag.id)
    const had = new Set(before.map((tag) => tag.name))
    for (const name of wanted.keys()) {
      const tagId = ids.get(name)
      if (tagId !== undefined && !had.has(name))
        await insertFeaturedTag(tx, { id: ctx.ids.next(), accountId, tagId })
    }
  })
}
