// Filters as the client API shows them: those of their owner, those that caught a post, and the first version's.
import type * as entity from '../../../contract/entities.ts'
import type { FilteredPost, Filter, FilterKeyword, FilterMatch } from '../../../model/filter.ts'
import { dateTime } from './time.ts'

export function writeKeyword(keyword: FilterKeyword): entity.FilterKeyword {
  return { id: String(keyword.id), keyword: keyword.keyword, whole_word: keyword.wholeWord }
}

export function writeFilteredPost(post: FilteredPost): entity.FilterStatus {
  return { id: String(post.id), status_id: String(post.postId) }
}

function writeBare(filter: Filter): entity.Filter {
  return {
    id: String(filter.id),
    title: filter.title,
    context: [...filter.contexts],
    expires_at: filter.expiresAt === null ? null : dateTime(filter.expiresAt),
    filter_action: filter.action,
  }
}

export function writeFilter(filter: Filter): entity.Filter {
  return {
    ...writeBare(filter),
    keywords: filter.keywords.map(writeKeyword),
    statuses: filter.posts.map(writeFilteredPost),
  }
}

/** What caught a post, whatever the place: apps pick those of the place that they show. */
export function writeMatches(matches: readonly FilterMatch[]): entity.FilterResult[] {
  return matches.map(({ filter, keywords, postIds }) => ({
    filter: writeBare(filter),
    keyword_matches: keywords.length === 0 ? null : keywords,
    status_matches: postIds.length === 0 ? null : postIds.map(String),
  }))
}

/** The first version knew one word per filter. */
export function writeOldFilter(filter: Filter, keyword: FilterKeyword): entity.V1Filter {
  return {
    id: String(keyword.id),
    phrase: keyword.keyword,
    context: [...filter.contexts],
    whole_word: keyword.wholeWord,
    expires_at: filter.expiresAt === null ? null : dateTime(filter.expiresAt),
    irreversible: filter.action === 'hide',
  }
}
