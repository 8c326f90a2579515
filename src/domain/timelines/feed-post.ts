// Gathers what deciding about a post in many feeds takes.
import { idFloor } from '../../lib/id.ts'
import type { FeedPost } from '../../store/feeds.ts'
import type { Context } from '../context.ts'
import type { ToldPost } from '../posts/told-post.ts'

/** A boost is not shown again to those who saw the post or another boost of it within this time, in milliseconds. */
const LATELY_MS = 24 * 3_600_000
const MAX_PEOPLE = 100

export function feedPost(ctx: Context, told: ToldPost): FeedPost {
  const { post, author, boosted } = told
  const content = boosted ?? told
  const authors = boosted ? [author, boosted.author] : [author]
  const authorIds = [...new Set(authors.map((one) => one.id))]
  const mentioned = content.recipients.filter((recipient) => recipient.kind === 'mention')
  const people = [...authorIds, ...mentioned.map((recipient) => recipient.accountId)]
  const isOwnBoost = boosted !== undefined && boosted.author.id === author.id
  return {
    id: post.id,
    authorId: author.id,
    boostOfId: post.boost_of_id,
    lately: idFloor(ctx.clock.now() - LATELY_MS),
    people: [...new Set(people)].slice(0, MAX_PEOPLE),
    authorIds,
    domains: [...new Set(authors.map((one) => one.domain))].filter((domain) => domain !== ''),
    language: content.post.language,
    groupId: post.group_id,
    replyToId: post.in_reply_to_account_id === author.id ? null : post.in_reply_to_account_id,
    followedId: boosted && !isOwnBoost && boosted.author.limited_at !== null ? boosted.author.id : null,
    now: ctx.clock.now(),
  }
}
