// Makes posts findable by their words: open posts of authors who agreed, and everything written here.
import { htmlToText } from '../../lib/html/plain-text.ts'
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { listMediaOf } from '../../store/media-rows.ts'
import { findPoll } from '../../store/polls.ts'
import { findAuthor } from '../../store/post-authors.ts'
import { indexPostText } from '../../store/post-rows.ts'
import { findPost } from '../../store/posts.ts'
import type { Post } from '../../store/posts.ts'
import type { Tx } from '../ports.ts'

const MAX_TEXT = 50_000

/** Writes the words of the post into the search index, in place of earlier ones. */
export async function indexPost(tx: Tx, postId: number): Promise<void> {
  const post = await findPost(tx, postId)
  if (!post || post.boost_of_id !== null || !(await isFindable(tx, post))) return
  await indexPostText(tx, postId, await wordsOf(tx, post))
}

async function isFindable(tx: Tx, post: Post): Promise<boolean> {
  if (post.local === 1) return true
  if (!isOpen(post.audience as Audience)) return false
  return (await findAuthor(tx, post.account_id))?.indexable === 1
}

async function wordsOf(tx: Tx, post: Post): Promise<string> {
  const poll = post.kind === 'question' ? await findPoll(tx, post.id) : undefined
  const media = await listMediaOf(tx, post.id)
  return [
    post.title,
    post.spoiler_text,
    htmlToText(post.content, MAX_TEXT),
    ...(poll?.options ?? []).map((option) => option.title),
    ...media.map((row) => row.description ?? ''),
  ]
    .filter((part) => part !== '')
    .join('\n')
    .slice(0, MAX_TEXT)
}
