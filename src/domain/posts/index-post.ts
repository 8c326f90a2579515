// Makes posts findable by their words: open posts of authors who agreed, and everything written here.
import { htmlToText } from '../../lib/html/plain-text.ts'
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { listMediaOf } from '../../store/media-rows.ts'
import { findPoll } from '../../store/polls.ts'
import type { Author } from '../../store/post-authors.ts'
import { indexPostText } from '../../store/post-rows.ts'
import type { Post } from '../../model/post.ts'
import type { Tx } from '../ports.ts'

const MAX_TEXT = 50_000

/** Writes the words of the post into the search index, in place of earlier ones. */
export async function indexPost(tx: Tx, post: Post, author: Author): Promise<void> {
  if (post.boost_of_id === null && isFindable(post, author)) {
    await indexPostText(tx, post.id, await wordsOf(tx, post))
  }
}

function isFindable(post: Post, author: Author): boolean {
  return post.local === 1 || (isOpen(post.audience as Audience) && author.indexable === 1)
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
