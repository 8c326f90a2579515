// Keeps the version of a post that an edit replaces.
import type { PostSnapshot } from '../../model/post-view.ts'
import { listMediaOf } from '../../store/media-rows.ts'
import { findPoll } from '../../store/polls.ts'
import { insertEdit } from '../../store/post-rows.ts'
import type { Post } from '../../model/post.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

/** Reads the current version; call it before anything changes. */
export async function takeSnapshot(tx: Tx, post: Post): Promise<PostSnapshot> {
  const media = await listMediaOf(tx, post.id)
  const poll = post.kind === 'question' ? await findPoll(tx, post.id) : undefined
  return {
    title: post.title,
    content: post.content,
    spoilerText: post.spoiler_text,
    sensitive: post.sensitive === 1,
    emojiIds: JSON.parse(post.emoji_ids) as number[],
    media: media.map((row) => ({ id: row.id, description: row.description })),
    poll: poll ? { options: poll.options.map((option) => option.title) } : null,
  }
}

export async function keepSnapshot(ctx: Context, tx: Tx, post: Post, snapshot: PostSnapshot): Promise<void> {
  await insertEdit(tx, {
    id: ctx.ids.next(),
    post_id: post.id,
    edited_at: post.edited_at ?? post.published_at,
    snapshot: JSON.stringify(snapshot),
  })
}
