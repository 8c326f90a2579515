// Loads a post once for all who are told of the same fact.
import type { Fact } from '../../model/facts.ts'
import { findAuthor } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import { findPost } from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import { listRecipients } from '../../store/recipients.ts'
import type { KnownRecipient } from '../../store/recipients.ts'
import { listPostTags } from '../../store/tags.ts'
import type { PostTag } from '../../store/tags.ts'
import type { Tx } from '../ports.ts'

/** A post as tellers need it. For a boost, `content` is the boosted post with its own author and recipients. */
export interface ToldPost {
  post: Post
  author: Author
  recipients: KnownRecipient[]
  tags: PostTag[]
  boosted: ToldPost | undefined
}

const loaded = new WeakMap<Fact, { tx: Tx; told: Promise<ToldPost | undefined> }>()

/** Undefined when the post, what it boosts or an author is gone: there is nothing left to tell. */
export function toldPost(tx: Tx, fact: Fact, postId: number): Promise<ToldPost | undefined> {
  const known = loaded.get(fact)
  if (known?.tx === tx) return known.told
  const told = load(tx, postId)
  loaded.set(fact, { tx, told })
  return told
}

async function load(tx: Tx, postId: number): Promise<ToldPost | undefined> {
  const post = await findPost(tx, postId)
  const author = post && (await findAuthor(tx, post.account_id))
  if (!author || author.suspended_at !== null || author.deleted_at !== null) return undefined
  if (post.boost_of_id === null) {
    const recipients = await listRecipients(tx, postId)
    return { post, author, recipients, tags: await listPostTags(tx, postId), boosted: undefined }
  }
  const boosted = await load(tx, post.boost_of_id)
  return boosted && { post, author, recipients: [], tags: [], boosted }
}
