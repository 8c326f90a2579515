// Says which page of a post is previewed: the first that it links to, unless it shows something else already.
import { linkTargets } from '../../lib/html/link-targets.ts'
import type { Post } from '../../model/post.ts'

const LONGEST = 2048

/** Undefined when there is nothing to preview; the address is without fragment. Mentions and hashtags do not count. */
export function firstLink(post: Post, ownHost: string): string | undefined {
  if (post.boost_of_id !== null || post.quote_of_id !== null || post.quote_uri !== null) return undefined
  for (const target of linkTargets(post.content)) {
    const url = URL.parse(target)
    if (!url || !['http:', 'https:'].includes(url.protocol) || url.host === ownHost) continue
    if (url.username !== '' || url.password !== '') continue
    url.hash = ''
    return url.href.length > LONGEST ? undefined : url.href
  }
  return undefined
}
