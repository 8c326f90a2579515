// Likes, dislikes and emoji reactions of anybody, here or elsewhere.
import { countGraphemes } from '../../lib/text/count.ts'
import { Refusal, notFound } from '../../model/refusal.ts'
import type { Author } from '../../store/post-authors.ts'
import { addToPostCounter, findPost } from '../../store/posts.ts'
import { findReaction, findReactionByUri, insertReaction, listOwnEmojis } from '../../store/reactions.ts'
import type { ReactionKey, ReactionKind } from '../../store/reactions.ts'
import type { Context } from '../context.ts'
import { activeAuthor } from '../posts/active-author.ts'
import { seeOriginal } from '../posts/see-post.ts'
import type { Tx } from '../ports.ts'
import { recordFact } from '../record-fact.ts'
import { undoReactionRow } from './undo-reaction.ts'

export interface NewReaction {
  accountId: number
  postId: number
  kind: ReactionKind
  /** For `emoji`: one Unicode emoji, or a custom emoji's `:shortcode:` with its id. */
  emoji?: string
  emojiId?: number
  /** The address it has on its own server. */
  uri?: string
}

/** How many different emojis one account can put on one post. */
const MAX_EMOJIS = 8

const COUNTERS = { like: 'likes_count', dislike: 'dislikes_count' } as const

/** Gives the reaction's id, the same for the same reaction. Refuses what the account may not see. */
export async function addReaction(ctx: Context, wanted: NewReaction): Promise<number> {
  if (wanted.kind === 'emoji') checkEmoji(wanted)
  const author = await activeAuthor(ctx.store.read, wanted.accountId)
  return ctx.store.write(async (tx) => {
    const post = await seeOriginal(tx, author, wanted.postId)
    const key: ReactionKey = {
      postId: post.id,
      accountId: author.id,
      kind: wanted.kind,
      emoji: wanted.kind === 'emoji' ? (wanted.emoji ?? '') : '',
    }
    const known = await findReaction(tx, key)
    if (known) return known.id
    if (wanted.kind === 'emoji') await checkRoom(tx, key)
    if (author.domain === '') await dropOpposite(ctx, tx, key)
    const id = await insert(ctx, tx, author, { ...wanted, key })
    if (id === undefined) return (await findReaction(tx, key))?.id ?? raise()
    if (wanted.kind !== 'emoji') await addToPostCounter(tx, post.id, COUNTERS[wanted.kind], 1)
    await recordFact(ctx, tx, {
      type: 'reaction-added',
      reactionId: id,
      postId: post.id,
      accountId: author.id,
    })
    return id
  })
}

/** A person of this server likes a post; liking twice is once. */
export async function likePost(ctx: Context, accountId: number, postId: number): Promise<void> {
  await addReaction(ctx, { accountId, postId, kind: 'like' })
}

export async function dislikePost(ctx: Context, accountId: number, postId: number): Promise<void> {
  await addReaction(ctx, { accountId, postId, kind: 'dislike' })
}

function checkEmoji({ emoji = '', emojiId }: NewReaction): void {
  const isCustom = emojiId !== undefined && /^:[\w+-]{1,64}(?:@[\w.:-]{1,255})?:$/.test(emoji)
  const isUnicode = emoji.length <= 64 && countGraphemes(emoji) === 1 && /\p{Emoji}/u.test(emoji)
  if (!isCustom && !(isUnicode && !/^[0-9#*]$/.test(emoji))) {
    throw new Refusal('invalid', 'A reaction is a single emoji')
  }
}

async function checkRoom(tx: Tx, key: ReactionKey): Promise<void> {
  const own = await listOwnEmojis(tx, key.postId, key.accountId)
  if (own.length >= MAX_EMOJIS) {
    throw new Refusal('invalid', `You can react to a post with at most ${MAX_EMOJIS} emojis`)
  }
}

/** Nobody here both likes and dislikes a post: the later one counts. */
async function dropOpposite(ctx: Context, tx: Tx, key: ReactionKey): Promise<void> {
  if (key.kind === 'emoji') return
  const opposite = key.kind === 'like' ? 'dislike' : 'like'
  const before = await findReaction(tx, { ...key, kind: opposite })
  if (before) await undoReactionRow(ctx, tx, before)
}

async function insert(
  ctx: Context,
  tx: Tx,
  author: Author,
  wanted: NewReaction & { key: ReactionKey },
): Promise<number | undefined> {
  const id = ctx.ids.next()
  const isLocal = author.domain === ''
  const uri = isLocal ? ctx.urls.activity(wanted.kind === 'emoji' ? 'reaction' : wanted.kind, id) : wanted.uri
  if (!isLocal && uri !== undefined && (await findReactionByUri(tx, uri))) {
    throw new Refusal('conflict', 'This address belongs to another reaction')
  }
  if (!(await findPost(tx, wanted.key.postId))) throw notFound()
  return insertReaction(tx, {
    id,
    post_id: wanted.key.postId,
    account_id: author.id,
    kind: wanted.kind,
    emoji: wanted.key.emoji ?? '',
    emoji_id: wanted.emojiId ?? null,
    uri: uri ?? null,
    created_at: ctx.clock.now(),
  })
}

function raise(): never {
  throw new Refusal('conflict', 'This reaction could not be stored')
}
