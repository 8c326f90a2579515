// Who is told of posts, boosts, edits, quotes, ended polls and answers to events.
import type { FactOf } from '../../model/facts.ts'
import { listLocalGuests } from '../../store/events.ts'
import { listLocalBoosters, listLocalFollowers, listLocalQuoters } from '../../store/notifications.ts'
import { listLocalVoters } from '../../store/polls.ts'
import { findAuthor } from '../../store/post-authors.ts'
import { findLatestEdit } from '../../store/post-rows.ts'
import { findPost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import { toldPost } from '../posts/told-post.ts'
import type { ToldPost } from '../posts/told-post.ts'
import type { Tx } from '../ports.ts'
import { eachChunk } from './each-chunk.ts'
import { notifyFrom } from './notify-from.ts'

export async function notifyOfPost(ctx: Context, tx: Tx, fact: FactOf<'post-published'>): Promise<void> {
  const told = await toldPost(tx, fact, fact.postId)
  if (!told || told.post.boost_of_id !== null) return
  const mentioned = await notifyMentioned(ctx, tx, told)
  await notifyQuoted(ctx, tx, told)
  await notifySubscribers(ctx, tx, told, new Set(mentioned))
}

async function notifyMentioned(
  ctx: Context,
  tx: Tx,
  { post, author, recipients }: ToldPost,
): Promise<number[]> {
  const mentioned = recipients
    .filter((recipient) => recipient.isLocal && recipient.kind === 'mention')
    .map((recipient) => recipient.accountId)
  await notifyFrom(ctx, tx, {
    kind: 'mention',
    from: author,
    subjectId: post.id,
    post,
    accountIds: mentioned,
  })
  return mentioned
}

async function notifyQuoted(ctx: Context, tx: Tx, { post, author }: ToldPost): Promise<void> {
  if (post.quote_of_id === null || post.quote_state !== 'accepted') return
  const quoted = await findPost(tx, post.quote_of_id)
  if (quoted?.local !== 1) return
  const accountIds = [quoted.account_id]
  await notifyFrom(ctx, tx, { kind: 'quote', from: author, subjectId: post.id, post, accountIds })
}

/** Followers who asked to hear of every post hear of those that begin something, not of answers to others. */
async function notifySubscribers(
  ctx: Context,
  tx: Tx,
  { post, author, recipients }: ToldPost,
  told: ReadonlySet<number>,
): Promise<void> {
  const answersOther =
    post.in_reply_to_uri !== null ||
    (post.in_reply_to_account_id !== null && post.in_reply_to_account_id !== author.id)
  if (answersOther || post.audience === 'direct' || post.audience === 'group') return
  const isChosen = post.audience === 'circles' || post.audience === 'people'
  const named = new Set(recipients.map((recipient) => recipient.accountId))
  const page = (afterId: number, limit: number) =>
    listLocalFollowers(tx, author.id, { afterId, limit, notify: true })
  await eachChunk(page, async (ids) => {
    const accountIds = ids.filter((id) => !told.has(id) && (!isChosen || named.has(id)))
    await notifyFrom(ctx, tx, { kind: 'post', from: author, subjectId: post.id, post, accountIds })
  })
}

export async function notifyOfBoost(ctx: Context, tx: Tx, fact: FactOf<'post-boosted'>): Promise<void> {
  const told = await toldPost(tx, fact, fact.boostId)
  const post = told?.boosted?.post
  if (!told || !post) return
  const accountIds = [post.account_id]
  await notifyFrom(ctx, tx, { kind: 'boost', from: told.author, subjectId: post.id, post, accountIds })
}

export async function notifyOfQuote(ctx: Context, tx: Tx, fact: FactOf<'quote-settled'>): Promise<void> {
  const told = await toldPost(tx, fact, fact.postId)
  if (told) await notifyQuoted(ctx, tx, told)
}

/** Those who spread or quote a post, or come to what it announces, learn that it now says something else. */
export async function notifyOfEdit(ctx: Context, tx: Tx, fact: FactOf<'post-edited'>): Promise<void> {
  const told = await toldPost(tx, fact, fact.postId)
  if (!told) return
  const { post, author } = told
  await notifyMentioned(ctx, tx, told)
  const subjectId = (await findLatestEdit(tx, post.id)) ?? post.id
  const tell = (accountIds: number[]): Promise<void> =>
    notifyFrom(ctx, tx, { kind: 'edit', from: author, subjectId, post, accountIds })
  await eachChunk((afterId, limit) => listLocalBoosters(tx, post.id, afterId, limit), tell)
  if (post.kind === 'event') {
    await eachChunk((afterId, limit) => listLocalGuests(tx, post.id, afterId, limit), tell)
  }
  const quoters = await listLocalQuoters(tx, post.id, MAX_QUOTERS)
  await notifyFrom(ctx, tx, { kind: 'quote-edit', from: author, subjectId, post, accountIds: quoters })
}
const MAX_QUOTERS = 1000

export async function notifyOfPollEnd(ctx: Context, tx: Tx, fact: FactOf<'poll-ended'>): Promise<void> {
  const told = await toldPost(tx, fact, fact.postId)
  if (!told) return
  const { post, author } = told
  await eachChunk(
    (afterId, limit) => listLocalVoters(tx, post.id, afterId, limit),
    (accountIds) => notifyFrom(ctx, tx, { kind: 'poll', from: author, subjectId: post.id, post, accountIds }),
  )
  if (author.domain === '') {
    const happening = { kind: 'poll', from: author, subjectId: post.id, post } as const
    await notifyFrom(ctx, tx, { ...happening, accountIds: [author.id], isOwn: true })
  }
}

export async function notifyOfEventAnswer(
  ctx: Context,
  tx: Tx,
  fact: FactOf<'event-answered'>,
): Promise<void> {
  const told = await toldPost(tx, fact, fact.postId)
  const from = await findAuthor(tx, fact.accountId)
  if (!told || !from) return
  const { post } = told
  const accountIds = [post.account_id]
  await notifyFrom(ctx, tx, { kind: 'event', from, subjectId: post.id, post, accountIds })
}
