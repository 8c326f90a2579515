// Tells of posts: published, edited, deleted, pinned.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import { isOpen } from '../../../model/audience.ts'
import type { Audience } from '../../../model/audience.ts'
import type { DeletedPost, FactOf } from '../../../model/facts.ts'
import { reachAnybody } from '../../../domain/federation/deliveries.ts'
import { byInbox, findPost, loadAddressees, loadAddresses } from '../../../domain/federation/outgoing-rows.ts'
import type { Addressee, Post } from '../../../domain/federation/outgoing-rows.ts'
import { removeQuoteStamp } from '../../../domain/federation/quote-stamps.ts'
import { toldPost } from '../../../domain/posts/told-post.ts'
import { loadOutgoing } from '../load.ts'
import { PUBLIC } from '../wire.ts'
import { writeActivity, writeCreate, writeDelete, writeUpdate } from '../write/activity.ts'
import type { Addressing, Document, OutgoingPost } from '../write/types.ts'
import { announceInGroup, announcePost } from './groups.ts'
import { recipientsOf } from './recipients.ts'
import { awaitsConsent, requestReply } from './replies.ts'
import { requestQuote } from './request-quote.ts'
import { localSpeaker, tell } from './tell.ts'

/** A new post: Create to its audience; a group of ours spreads whatever was posted to it. */
export async function postPublished(ctx: Context, tx: Tx, fact: FactOf<'post-published'>): Promise<void> {
  const post = (await toldPost(tx, fact, fact.postId))?.post
  if (!post || post.boost_of_id !== null || post.local_only === 1) return
  if (post.local === 1 && (await staysHere(tx, post))) return
  const outgoing = post.local === 1 ? await loadSpoken(ctx, tx, post) : undefined
  const create = outgoing && writeCreate(outgoing)
  if (outgoing && create) {
    if (await awaitsConsent(tx, post)) return requestReply(ctx, tx, post, outgoing)
    await tellAudience(ctx, tx, post, { outgoing, write: writeCreate })
    await requestQuote(ctx, tx, post, outgoing)
  }
  await announcePost(ctx, tx, post, create)
}

/** A post that goes to no group, quotes nothing and has no reader elsewhere: writing it as an activity is saved. */
async function staysHere(tx: Tx, post: Post): Promise<boolean> {
  if (post.group_id !== null || post.quote_uri !== null || post.audience === 'circles') return false
  return !(await reachAnybody(tx, post.account_id, await recipientsOf(tx, post)))
}

/** An edit: Update to its audience and to everyone who may have the post for another reason. */
export async function postEdited(ctx: Context, tx: Tx, fact: { postId: number }): Promise<void> {
  const post = await findPost(tx, fact.postId)
  if (!post || post.local === 0 || post.boost_of_id !== null || post.local_only === 1) return
  const outgoing = await loadSpoken(ctx, tx, post)
  if (!outgoing || (await awaitsConsent(tx, post))) return
  const now = ctx.clock.now()
  const write = (seen: OutgoingPost): Document => writeUpdate(seen, now)
  await tellAudience(ctx, tx, post, { outgoing, write, touched: isOpen(outgoing.audience) })
  if (post.group_id !== null) await announceInGroup(ctx, tx, post.group_id, { activity: write(outgoing) })
}

/** The author of what a post answers agreed: now everybody gets it. A refusal goes no further. */
export async function replySettled(ctx: Context, tx: Tx, fact: FactOf<'reply-settled'>): Promise<void> {
  const post = await findPost(tx, fact.postId)
  if (!post || fact.state !== 'accepted' || post.local_only === 1) return
  const outgoing = await loadSpoken(ctx, tx, post)
  if (!outgoing) return
  await tellAudience(ctx, tx, post, { outgoing, write: writeCreate })
  await requestQuote(ctx, tx, post, outgoing)
  await announcePost(ctx, tx, post, writeCreate(outgoing))
}

async function loadSpoken(ctx: Context, tx: Tx, post: Post): Promise<OutgoingPost | undefined> {
  if (!(await localSpeaker(tx, post.account_id))) return undefined
  return (await loadOutgoing(ctx, tx, [post.id]))[0]
}

interface Wording {
  outgoing: OutgoingPost
  write: (post: OutgoingPost) => Document
  touched?: boolean
}

async function tellAudience(ctx: Context, tx: Tx, post: Post, wording: Wording): Promise<void> {
  if (post.audience === 'circles') return tellCircles(ctx, tx, post, wording)
  const recipients = await recipientsOf(tx, post)
  const touchedPosts = wording.touched ? [post.id] : []
  const activity = wording.write(wording.outgoing)
  await tell(ctx, tx, { accountId: post.account_id, activity, recipients: { ...recipients, touchedPosts } })
}

/** Members of a circle never learn of each other: each server is told only of its own people, and of those mentioned. */
async function tellCircles(ctx: Context, tx: Tx, post: Post, wording: Wording): Promise<void> {
  const addressees = (await loadAddressees(tx, [post.id])).get(post.id) ?? []
  for (const here of byInbox(addressees).values()) {
    const seen = forServer(wording.outgoing, here)
    const recipients = { accountIds: here.map((addressee) => addressee.accountId) }
    await tell(ctx, tx, { accountId: post.account_id, activity: wording.write(seen), recipients })
  }
}

/** The post as those `here` may know it: others appear only where the text mentions them. */
export function forServer(post: OutgoingPost, here: readonly Pick<Addressee, 'uri'>[]): OutgoingPost {
  const known = new Set(here.map((addressee) => addressee.uri))
  return {
    ...post,
    recipients: post.recipients.filter(
      (recipient) => recipient.kind === 'mention' || known.has(recipient.uri),
    ),
  }
}

/** A deleted post: Delete to everyone who may have it. */
export async function postDeleted(ctx: Context, tx: Tx, { post }: FactOf<'post-deleted'>): Promise<void> {
  if (post.local) await removeQuoteStamp(tx, post.id)
  if (!post.local || post.localOnly) return
  const author = await localSpeaker(tx, post.accountId, { evenSuspended: true })
  if (!author) return
  const open = isOpen(post.audience as Audience)
  const named = [
    ...post.recipientIds,
    ...(open && post.inReplyToAccountId !== null ? [post.inReplyToAccountId] : []),
  ]
  await tell(ctx, tx, {
    accountId: post.accountId,
    activity: writeDelete(post.uri, author.uri, await deleteAddressing(tx, post, author.followersUri)),
    recipients: {
      accountIds: [...named, ...(post.groupId === null ? [] : [post.groupId])],
      followersOf: open || post.audience === 'followers' ? [post.accountId] : [],
      ...(post.groupId === null ? {} : { membersOf: post.groupId }),
      relays: post.audience === 'public',
      touchedPosts: [post.id],
    },
  })
}

async function deleteAddressing(tx: Tx, post: DeletedPost, followersUri: string | null): Promise<Addressing> {
  if (isOpen(post.audience as Audience)) return { to: [PUBLIC], cc: [] }
  if (post.audience === 'followers') return { to: followersUri === null ? [] : [followersUri], cc: [] }
  if (post.audience === 'circles') return { to: [], cc: [] }
  const named = await loadAddresses(tx, post.recipientIds)
  return { to: [...named.values()].map((account) => account.uri), cc: [] }
}

/** A pin: Add to or Remove from the featured collection, told to followers. */
export async function postPinned(
  ctx: Context,
  tx: Tx,
  fact: { accountId: number; postId: number; type: 'post-pinned' | 'post-unpinned'; uri?: string },
): Promise<void> {
  const author = await localSpeaker(tx, fact.accountId)
  const post = await findPost(tx, fact.postId)
  const uri = fact.uri ?? post?.uri
  if (!author || uri === undefined || post?.local_only === 1) return
  if (post && !isOpen(post.audience as Audience)) return
  const type = fact.type === 'post-pinned' ? 'Add' : 'Remove'
  const id = ctx.urls.activity(type.toLowerCase(), ctx.ids.next())
  const addressing = { to: [PUBLIC], cc: author.followersUri === null ? [] : [author.followersUri] }
  const target = ctx.urls.featured(author.username)
  const activity = writeActivity(type, { id, actor: author.uri, addressing }, { object: uri, target })
  await tell(ctx, tx, { accountId: fact.accountId, activity, recipients: { followersOf: [fact.accountId] } })
}
