// Publishes what a local author wrote: checks it, then writes rows and fact in one transaction.
import { isOpen } from '../../model/audience.ts'
import { Refusal } from '../../model/refusal.ts'
import type { PostDraft, PostKind } from '../../model/post.ts'
import type { Author } from '../../store/post-authors.ts'
import { findIdempotencyResult, takeIdempotencyKey } from '../../store/post-rows.ts'
import type { NewPost } from '../../store/posts.ts'
import type { Recipient } from '../../store/recipients.ts'
import { putReplyConsent } from '../../store/reply-consents.ts'
import type { Context } from '../context.ts'
import { scheduleClosing } from '../polls/close-poll.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { localAuthor } from './active-author.ts'
import { attachDraftMedia, checkDraftMedia } from './attach-media.ts'
import { checkDraft } from './check-draft.ts'
import { eventRow } from './event-row.ts'
import { IDEMPOTENCY_MS } from './limits.ts'
import { placePost } from './place-post.ts'
import { rememberOwn } from './reader-memory.ts'
import { rememberWritten } from './shared-posts.ts'
import type { Place } from './place-post.ts'
import { storePost } from './store-post.ts'
import { writeText } from './write-text.ts'
import type { WrittenText } from './write-text.ts'

export interface PublishedPost {
  postId: number
  /** False where the idempotency key stands for a post made before. */
  isNew: boolean
}

interface Checked {
  draft: PostDraft
  author: Author
  place: Place
  text: WrittenText
}

/** Refuses with a sentence for the author; may take three seconds when it mentions people nobody here knows. */
export async function publishPost(ctx: Context, authorId: number, draft: PostDraft): Promise<PublishedPost> {
  const earlier = await findEarlier(ctx, authorId, draft)
  if (earlier !== undefined) return { postId: earlier, isNew: false }
  checkDraft(ctx, draft)
  const author = await localAuthor(ctx, authorId)
  await checkDraftMedia(ctx, authorId, draft.mediaIds ?? [])
  const place = await placePost(ctx, author, draft)
  const text = await writeText(ctx, draft)
  checkMentions(draft, text)
  return ctx.store.write((tx) => storeDraft(ctx, tx, { draft, author, place, text }))
}

function checkMentions({ allowedMentionIds }: PostDraft, text: WrittenText): void {
  if (allowedMentionIds && text.mentionedIds.some((id) => !allowedMentionIds.includes(id)))
    throw new Refusal('invalid', 'Post would be sent to unexpected accounts')
}

async function findEarlier(
  ctx: Context,
  accountId: number,
  { idempotencyKey }: PostDraft,
): Promise<number | undefined> {
  if (idempotencyKey === undefined) return undefined
  const since = ctx.clock.now() - IDEMPOTENCY_MS
  const result = await findIdempotencyResult(ctx.store.read, { accountId, key: idempotencyKey, since })
  return result === undefined ? undefined : Number(result)
}

async function storeDraft(ctx: Context, tx: Tx, checked: Checked): Promise<PublishedPost> {
  const { draft, author, place } = checked
  const row = postRow(ctx, checked)
  const now = row.created_at
  if (draft.idempotencyKey !== undefined) {
    const use = { accountId: author.id, key: draft.idempotencyKey, result: String(row.id) }
    const taken = await takeIdempotencyKey(tx, { ...use, now, since: now - IDEMPOTENCY_MS })
    if (taken !== undefined) return { postId: Number(taken), isNew: false }
  }
  const expiresAt = draft.poll && now + Math.round(draft.poll.expiresInSeconds) * 1000
  const stored = await storePost(ctx, tx, {
    row,
    parent: place.parent,
    quoted: place.quoted,
    recipients: recipientsOf(checked),
    circleIds: place.circleIds,
    tags: checked.text.tags,
    media: [],
    poll: draft.poll && {
      post_id: row.id,
      options: JSON.stringify(draft.poll.options.map((title) => ({ title: title.trim(), votes: 0 }))),
      multiple: draft.poll.multiple ? 1 : 0,
      hide_totals: draft.poll.hideTotals ? 1 : 0,
      expires_at: expiresAt ?? null,
      voters_count: 0,
    },
    event: draft.event && eventRow(row.id, draft.event),
    raw: undefined,
  })
  if (!stored) throw new Refusal('conflict', 'This post exists already')
  await attachDraftMedia(tx, { id: row.id, accountId: author.id }, draft)
  if (place.asksToReply) await putReplyConsent(tx, { postId: row.id, state: 'pending', uri: null })
  if (expiresAt !== undefined) await scheduleClosing(ctx, tx, row.id, expiresAt)
  await recordFact(ctx, tx, {
    type: 'post-published',
    postId: row.id,
    accountId: author.id,
    boostOfId: null,
  })
  await rememberWritten(ctx.store.read, tx, row.id, author.id)
  if (!place.parent && place.groupId === null) rememberOwn(ctx.store.read, tx, author.id, row.id)
  return { postId: row.id, isNew: true }
}

function postRow(ctx: Context, { draft, author, place, text }: Checked): NewPost {
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  const { parent, quoted } = place
  const answersOther = parent !== undefined && parent.account_id !== author.id
  const spoiler = draft.spoilerText?.trim() ?? ''
  return {
    id,
    uri: ctx.urls.post(author.username, id),
    url: ctx.urls.postPage(author.username, id),
    account_id: author.id,
    kind: kindOf(draft),
    local: 1,
    audience: place.audience,
    local_only: place.localOnly ? 1 : 0,
    in_public: place.audience === 'public' && !answersOther ? 1 : 0,
    in_reply_to_id: parent?.id ?? null,
    in_reply_to_account_id: parent?.account_id ?? null,
    thread_id: parent?.thread_id ?? id,
    context_uri: parent?.context_uri ?? null,
    quote_of_id: quoted?.id ?? null,
    quote_uri: quoted?.uri ?? null,
    quote_state: place.quoteState,
    quote_policy: isOpen(place.audience) ? (draft.quotePolicy ?? 'public') : 'nobody',
    group_id: place.groupId,
    app_id: draft.appId ?? null,
    title: draft.title?.trim() ?? '',
    content: text.html,
    source: draft.text,
    source_type: draft.sourceType,
    spoiler_text: spoiler,
    sensitive: draft.sensitive === true || spoiler !== '' ? 1 : 0,
    language: text.language,
    emoji_ids: JSON.stringify(text.emojiIds),
    published_at: now,
    created_at: now,
  }
}

function kindOf(draft: PostDraft): PostKind {
  if (draft.event) return 'event'
  if (draft.poll) return 'question'
  return (draft.title ?? '').trim() === '' ? 'note' : 'article'
}

/** Each account once: a mention in the text says more than a circle, a circle more than an address. */
function recipientsOf({ author, place, text }: Checked): Recipient[] {
  const kinds = new Map<number, Recipient['kind']>()
  for (const { accountId, kind } of place.recipients) {
    if (kind === 'circle' || !kinds.has(accountId)) kinds.set(accountId, kind)
  }
  for (const accountId of text.mentionedIds) kinds.set(accountId, 'mention')
  kinds.delete(author.id)
  return [...kinds].map(([accountId, kind]) => ({ accountId, kind }))
}
