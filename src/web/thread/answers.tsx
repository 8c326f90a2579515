// The answers below a post.
import { findPost, keepPost } from '../api/posts.ts'
import { LivePost } from '../post/live-post.tsx'
import { linesOf } from './thread-order.ts'
import type { Branch } from './thread-order.ts'

export function Answers({ branches }: { branches: readonly Branch[] }) {
  return (
    <div class="answers">
      {linesOf(branches).map(({ status, leads, depth }) => (
        <div class={`answer d${depth}`} key={status.id}>
          <LivePost post={findPost(status.id) ?? keepPost(status)} threaded={leads} />
        </div>
      ))}
    </div>
  )
}
