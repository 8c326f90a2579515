// Finds a post for somebody who wants to act on it, as far as they may see it.
import { maySee } from '../../model/audience.ts'
import { guardOf } from '../../model/post.ts'
import type { Post } from '../../model/post.ts'
import { notFound } from '../../model/refusal.ts'
import { loadStandings } from '../../store/post-standing.ts'
import type { Asker } from '../../store/post-standing.ts'
import { findPost } from '../../store/posts.ts'
import type { Db } from '../../store/open.ts'

/** Whether `asker` may see this post. */
export async function canSee(db: Db, asker: Asker | undefined, post: Post): Promise<boolean> {
  const standing = (await loadStandings(db, asker, [post.id])).get(post.id)
  return standing !== undefined && maySee(guardOf(post), standing)
}

/** The post, or the one answer for everything absent or hidden. */
export async function seePost(db: Db, asker: Asker | undefined, postId: number): Promise<Post> {
  const post = await findPost(db, postId)
  if (!post || !(await canSee(db, asker, post))) throw notFound()
  return post
}

/** As `seePost`; for a boost the post it boosts, which is what people mean when they react to one. */
export async function seeOriginal(db: Db, asker: Asker | undefined, postId: number): Promise<Post> {
  const post = await seePost(db, asker, postId)
  return post.boost_of_id === null ? post : seePost(db, asker, post.boost_of_id)
}
