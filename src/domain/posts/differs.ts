// Tells whether an edit says anything new.
import type { Post } from '../../model/post.ts'

/** Whether any of the columns says something else than the post. */
export function differs(post: Post, columns: Partial<Post>): boolean {
  return Object.entries(columns).some(([name, value]) => post[name as keyof Post] !== value)
}
