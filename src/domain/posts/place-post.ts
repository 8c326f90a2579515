// Decides where a new post belongs: thread, quoted post, group, and whom it may reach.
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import type { Post, PostDraft, QuoteState } from '../../model/post.ts'
import { listExisting } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import { isMember, listOwnCircles, listCircleMembers, listRecipients } from '../../store/recipients.ts'
import type { Recipient } from '../../store/recipients.ts'
import type { Context } from '../context.ts'
import { POST_LIMITS } from './limits.ts'
import { placeQuote } from './place-quote.ts'
import { placeReply } from './place-reply.ts'
import { seeOriginal } from './see-post.ts'

export interface Place {
  audience: Audience
  localOnly: boolean
  groupId: number | null
  circleIds: number[]
  /** Everyone it is for besides those mentioned in the text. */
  recipients: Recipient[]
  parent: Post | undefined
  quoted: Post | undefined
  quoteState: QuoteState | null
  /** The author of the parent has to agree before others see the reply. */
  asksToReply: boolean
}

/** Refuses what the author may not see, answer, quote or address. */
export async function placePost(ctx: Context, author: Author, draft: PostDraft): Promise<Place> {
  const db = ctx.store.read
  const parent =
    draft.inReplyToId === undefined ? undefined : await seeOriginal(db, author, draft.inReplyToId)
  const quote = await placeQuote(ctx, author, draft)
  const place: Place = {
    audience: draft.audience,
    localOnly: draft.localOnly === true || parent?.local_only === 1,
    groupId: draft.groupId ?? null,
    circleIds: [],
    recipients: await namedPeople(ctx, draft.recipientIds ?? []),
    parent,
    quoted: quote?.post,
    quoteState: quote?.state ?? null,
    asksToReply: parent ? (await placeReply(ctx, author, parent)).mustAsk : false,
  }
  if (parent) await narrowToParent(ctx, place, parent)
  if (place.audience === 'circles') await chooseCircles(ctx, author, place, draft.circleIds ?? [])
  if (place.groupId !== null && !(await isMember(db, place.groupId, author.id))) {
    throw new Refusal('forbidden', 'Only members can post to this group')
  }
  return place
}

async function namedPeople(ctx: Context, ids: number[]): Promise<Recipient[]> {
  const known = await listExisting(ctx.store.read, ids)
  if (known.length !== new Set(ids).size)
    throw new Refusal('invalid', 'Somebody this post is for was not found')
  return known.map((accountId) => ({ accountId, kind: 'silent' }))
}

/** An answer goes no further than what it answers, where that went to chosen people or a group. */
async function narrowToParent(ctx: Context, place: Place, parent: Post): Promise<void> {
  const isWide = isOpen(place.audience) || place.audience === 'followers'
  if (!isWide || isOpen(parent.audience as Audience)) return
  if (parent.audience === 'group') {
    place.audience = 'group'
    place.groupId = parent.group_id
  } else if (parent.audience === 'circles' || parent.audience === 'people') {
    place.audience = 'people'
    const known = await listRecipients(ctx.store.read, parent.id)
    const people = [parent.account_id, ...known.map((recipient) => recipient.accountId)]
    place.recipients.push(...people.map((accountId): Recipient => ({ accountId, kind: 'silent' })))
  }
}

async function chooseCircles(ctx: Context, author: Author, place: Place, circleIds: number[]): Promise<void> {
  const own = await listOwnCircles(ctx.store.read, author.id, circleIds)
  if (own.length !== new Set(circleIds).size) throw notFound()
  const members = await listCircleMembers(ctx.store.read, own, POST_LIMITS.recipients + 1)
  if (members.length > POST_LIMITS.recipients) {
    throw new Refusal('invalid', `These circles hold more than ${POST_LIMITS.recipients} people`)
  }
  place.circleIds = own
  place.recipients.push(...members.map((accountId): Recipient => ({ accountId, kind: 'circle' })))
}
