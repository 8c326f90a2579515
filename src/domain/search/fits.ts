// Whether a post is what the operators of a search ask for, and whether its author lets it be found.
import type { SearchQuery } from '../../lib/text/search-query.ts'
import type { PostView } from '../../model/post-view.ts'

export interface Named {
  from: ReadonlySet<number> | undefined
  notFrom: ReadonlySet<number> | undefined
}

/** One's own, what names one, and what one has favourited, boosted or bookmarked. */
function isInLibrary({ post, marks, mentions }: PostView, viewerId: number): boolean {
  if (post.account_id === viewerId) return true
  if (marks && (marks.liked || marks.boosted || marks.bookmarked)) return true
  return mentions.some((mention) => mention.accountId === viewerId)
}

export function mayBeFound(view: PostView, viewerId: number, scope: SearchQuery['in']): boolean {
  if (scope === 'public' && view.post.audience !== 'public') return false
  if (isInLibrary(view, viewerId)) return true
  return scope !== 'library' && view.author.account.indexable === 1
}

function featuresOf(view: PostView): { has: Record<string, boolean>; is: Record<string, boolean> } {
  const { post, media } = view
  return {
    has: {
      media: media.length > 0,
      image: media.some((one) => one.kind === 'image' || one.kind === 'gifv'),
      video: media.some((one) => one.kind === 'video'),
      audio: media.some((one) => one.kind === 'audio'),
      poll: view.poll !== undefined,
      event: view.event !== undefined,
      link: view.card !== undefined,
      quote: view.quote !== undefined,
      embed: view.card !== undefined,
    },
    is: {
      reply: post.in_reply_to_id !== null || post.in_reply_to_uri !== null,
      sensitive: post.sensitive === 1,
      quote: view.quote !== undefined,
    },
  }
}

export function fits(view: PostView, parsed: SearchQuery, named: Named): boolean {
  const { post } = view
  const language = post.language ?? ''
  if (named.from?.has(post.account_id) === false) return false
  if (named.notFrom?.has(post.account_id) === true) return false
  if (parsed.language.length > 0 && !parsed.language.includes(language)) return false
  if (parsed.notLanguage.includes(language)) return false
  const { has, is } = featuresOf(view)
  return (
    parsed.has.every((word) => has[word] ?? true) &&
    parsed.notHas.every((word) => !(has[word] ?? false)) &&
    parsed.is.every((word) => is[word] ?? true) &&
    parsed.notIs.every((word) => !(is[word] ?? false))
  )
}
