// Follows a hashtag, so that its public posts come into the home timeline, or stops following it.
import { followTag as insertTagFollow, unfollowTag as deleteTagFollow } from '../../store/tag-views.ts'
import { findTag } from '../../store/tag-lookups.ts'
import { ensureTags } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { NamedTag } from './view-tag.ts'

/** A tag that nobody used yet is made. */
export async function followTag(ctx: Context, accountId: number, tag: NamedTag): Promise<void> {
  await ctx.store.write(async (tx) => {
    const at = { now: ctx.clock.now(), nextId: () => ctx.ids.next() }
    const [kept] = await ensureTags(tx, [tag], at)
    if (kept) await insertTagFollow(tx, { accountId, tagId: kept.id, id: ctx.ids.next() })
  })
}

/** A tag that is not followed, or does not exist, is no error. */
export async function unfollowTag(ctx: Context, accountId: number, name: string): Promise<void> {
  const tag = await findTag(ctx.store.read, name)
  if (tag) await ctx.store.write((tx) => deleteTagFollow(tx, accountId, tag.id))
}
