// Changes a post of a local author, keeping the version it replaces.
import { notFound } from '../../model/refusal.ts'
import type { Post, PostDraft, QuotePolicy } from '../../model/post.ts'
import { findEvent, updateEvent } from '../../store/events.ts'
import { listMediaOf } from '../../store/media-rows.ts'
import type { Db } from '../../store/open.ts'
import { findPost, lockPost, updatePost } from '../../store/posts.ts'
import type { Context } from '../context.ts'
import { replacePoll } from '../polls/replace-poll.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { localAuthor } from './active-author.ts'
import { checkDraftMedia, replaceMedia } from './attach-media.ts'
import { checkBody } from './check-draft.ts'
import { differs } from './differs.ts'
import { eventRow } from './event-row.ts'
import { replaceMentions, replaceTags } from './replace-words.ts'
import { keepSnapshot, takeSnapshot } from './snapshot.ts'
import { writeText } from './write-text.ts'
import type { WrittenText } from './write-text.ts'

/** What an edit says anew; media, poll and event stay as they are where nothing is said of them. */
export type PostEdit = Pick<PostDraft, 'text' | 'sourceType'> &
  Partial<
    Pick<
      PostDraft,
      | 'title'
      | 'spoilerText'
      | 'sensitive'
      | 'language'
      | 'mediaIds'
      | 'mediaAttributes'
      | 'poll'
      | 'event'
      | 'quotePolicy'
    >
  >

/** Refuses as publishing does. An edit that changes nothing leaves no trace; says whether anything changed. */
export async function editPost(
  ctx: Context,
  accountId: number,
  postId: number,
  edit: PostEdit,
): Promise<boolean> {
  await localAuthor(ctx, accountId)
  const post = await ownPost(ctx.store.read, accountId, postId)
  await checkEdit(ctx, post, edit)
  const text = await writeText(ctx, edit)
  return ctx.store.write((tx) => applyEdit(ctx, tx, post.id, { edit, text }))
}

async function ownPost(db: Db, accountId: number, postId: number): Promise<Post> {
  const post = await findPost(db, postId)
  if (!post || post.account_id !== accountId || post.boost_of_id !== null) throw notFound()
  return post
}

/** What the post keeps counts as well: without text it needs media, a poll or an event. */
async function checkEdit(ctx: Context, post: Post, edit: PostEdit): Promise<void> {
  const kept = await listMediaOf(ctx.store.read, post.id)
  const mediaIds = edit.mediaIds ?? kept.map((row) => row.id)
  const quote = post.quote_of_id === null ? {} : { quoteOfId: post.quote_of_id }
  const isSomething = post.kind === 'question' || post.kind === 'event'
  if (!isSomething || edit.text.trim() !== '') checkBody(ctx, { ...edit, ...quote, mediaIds })
  else checkBody(ctx, { ...edit, mediaIds, text: '.' })
  if (edit.mediaIds) await checkDraftMedia(ctx, post.account_id, edit.mediaIds, post.id)
}

interface Edit {
  edit: PostEdit
  text: WrittenText
}

async function applyEdit(ctx: Context, tx: Tx, postId: number, { edit, text }: Edit): Promise<boolean> {
  const post = await lockPost(tx, postId)
  if (!post) throw notFound()
  const snapshot = await takeSnapshot(tx, post)
  const body = bodyOf(post, edit, text)
  const isChanged = [
    differs(post, body),
    await replaceMedia(tx, { id: postId, accountId: post.account_id }, edit),
    edit.poll !== undefined && (await replacePoll(ctx, tx, post, edit.poll)),
    edit.event !== undefined && (await replaceEvent(tx, post, edit.event)),
  ].includes(true)
  if (edit.quotePolicy !== undefined) await updatePost(tx, postId, { quote_policy: edit.quotePolicy })
  if (!isChanged) return false
  await keepSnapshot(ctx, tx, post, snapshot)
  await updatePost(tx, postId, {
    ...body,
    source: edit.text,
    source_type: edit.sourceType,
    emoji_ids: JSON.stringify(text.emojiIds),
    edited_at: ctx.clock.now(),
  })
  await replaceTags(ctx, tx, post, text.tags)
  await replaceMentions(tx, post, text.mentionedIds)
  await recordFact(ctx, tx, { type: 'post-edited', postId, accountId: post.account_id })
  return true
}

type Body = Pick<Post, 'kind' | 'title' | 'content' | 'spoiler_text' | 'sensitive' | 'language'>

function bodyOf(post: Post, edit: PostEdit, text: WrittenText): Body {
  const title = edit.title === undefined ? post.title : edit.title.trim()
  const spoiler = edit.spoilerText?.trim() ?? ''
  const isPlain = post.kind === 'note' || post.kind === 'article'
  return {
    kind: isPlain ? (title === '' ? 'note' : 'article') : post.kind,
    title,
    content: text.html,
    spoiler_text: spoiler,
    sensitive: edit.sensitive === true || spoiler !== '' ? 1 : 0,
    language: text.language ?? post.language,
  }
}

async function replaceEvent(tx: Tx, post: Post, event: NonNullable<PostEdit['event']>): Promise<boolean> {
  const before = await findEvent(tx, post.id)
  if (!before) return false
  const row = eventRow(post.id, event)
  const isSame = Object.entries(row).every(([name, value]) => before[name as keyof typeof row] === value)
  if (!isSame) await updateEvent(tx, post.id, row)
  return !isSame
}

/** Changes only who may quote the post from now on; this is no edit. */
export async function setQuotePolicy(
  ctx: Context,
  accountId: number,
  postId: number,
  policy: QuotePolicy,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    await ownPost(tx, accountId, postId)
    await updatePost(tx, postId, { quote_policy: policy })
  })
}
