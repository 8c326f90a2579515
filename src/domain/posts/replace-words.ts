// Brings the hashtags and mentions of an edited post in line with its new text.
import type { Post } from '../../model/post.ts'
import { changeRecipients, insertRecipients, listRecipients } from '../../store/recipients.ts'
import {
  countFeaturedTags,
  ensureTags,
  insertPostTags,
  listPostTags,
  removePostTags,
} from '../../store/tags.ts'
import type { TagName } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

export async function replaceTags(ctx: Context, tx: Tx, post: Post, tags: readonly TagName[]): Promise<void> {
  const before = await listPostTags(tx, post.id)
  const kept = new Set(tags.map((tag) => tag.name))
  const had = new Set(before.map((tag) => tag.name))
  const gone = before.filter((tag) => !kept.has(tag.name)).map((tag) => tag.id)
  const fresh = tags.filter((tag) => !had.has(tag.name))
  await removePostTags(tx, post.id, gone)
  const at = { now: ctx.clock.now(), nextId: () => ctx.ids.next() }
  const added = (await ensureTags(tx, fresh, at)).map((tag) => tag.id)
  await insertPostTags(tx, post.id, added)
  if (post.local === 1) {
    await countFeaturedTags(tx, post.account_id, gone, { by: -1 })
    await countFeaturedTags(tx, post.account_id, added, { by: 1 })
  }
}

/** Who is named for the first time becomes a recipient; who is named no longer still is one, silently. */
export async function replaceMentions(tx: Tx, post: Post, mentionedIds: readonly number[]): Promise<void> {
  const before = await listRecipients(tx, post.id)
  const mentioned = new Set(mentionedIds.filter((id) => id !== post.account_id))
  const known = new Map(before.map((recipient) => [recipient.accountId, recipient.kind]))
  const idsWhere = (test: (id: number) => boolean): number[] => [...known.keys()].filter(test)
  await changeRecipients(
    tx,
    post.id,
    idsWhere((id) => mentioned.has(id) && known.get(id) !== 'mention'),
    'mention',
  )
  await changeRecipients(
    tx,
    post.id,
    idsWhere((id) => !mentioned.has(id) && known.get(id) === 'mention'),
    'silent',
  )
  const fresh = [...mentioned].filter((id) => !known.has(id))
  await insertRecipients(
    tx,
    post.id,
    fresh.map((accountId) => ({ accountId, kind: 'mention' })),
  )
}
