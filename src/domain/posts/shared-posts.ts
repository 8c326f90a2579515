// What is the same for every reader of a post, kept in memory for as long as nothing of it has changed.
import { createLru } from '../../lib/lru.ts'
import type { Lru } from '../../lib/lru.ts'
import type { AccountView } from '../../model/account-view.ts'
import type { App } from '../../model/app.ts'
import type { Card } from '../../model/card.ts'
import type { CustomEmoji } from '../../model/custom-emoji.ts'
import type { MediaRow } from '../../model/media.ts'
import type { Poll } from '../../model/poll.ts'
import type { CardOfPost, EventOfPost, Mentioned, SharedPost, TagOfPost } from '../../model/post-view.ts'
import type { Post } from '../../model/post.ts'
import { findEmojis } from '../../store/custom-emojis.ts'
import { afterCommit, changesOf, isTransaction } from '../../store/open.ts'
import type { Db, RowChanges, Tx } from '../../store/open.ts'
import { loadPostStamps } from '../../store/post-stamps.ts'
import {
  loadCards,
  loadEvents,
  loadMedia,
  loadMentions,
  loadPolls,
  loadPosts,
  loadTags,
} from '../../store/post-views.ts'
import { findApps } from '../../store/tokens.ts'
import { viewAccounts } from '../accounts/view-accounts.ts'

/** Posts by id, with those that they boost and quote. */
export type SharedPage = ReadonlyMap<number, SharedPost>

interface Kept {
  stamp: string
  shared: SharedPost
}

/** An author's counters and pictures may be this old where nothing else of the post has changed. */
const KEEP_MS = 60_000
const MOST_POSTS = 10_000

/** Of what is kept where the store tells of changes, texts for apps included. */
const MOST_BYTES = 48 * 1024 * 1024
const MOST_ACCOUNTS = 5_000

/** About what a post takes in memory with the text that is made of it for apps. */
const bytesOf = ({ post, media }: SharedPost): number => 4000 + post.content.length * 4 + media.length * 1500

const memories = new WeakMap<Db, Lru<number, Kept>>()

/** The memory behind a lasting handle; none for transactions, which see rows that nobody else may. */
function memoryOf(db: Db): Lru<number, Kept> | undefined {
  if (isTransaction(db)) return undefined
  const known = memories.get(db)
  if (known) return known
  const memory = createLru<number, Kept>({ max: MOST_POSTS, ttl: KEEP_MS })
  memories.set(db, memory)
  return memory
}

/** The posts with what they boost and quote, two levels deep: the first is shown whole, the second by id. */
export async function loadSharedPage(db: Db, ids: readonly number[]): Promise<SharedPage> {
  const page = new Map<number, SharedPost>()
  let wanted = [...new Set(ids)]
  for (let level = 0; level < 4 && wanted.length > 0; level += 1) {
    for (const shared of await loadShared(db, wanted)) page.set(shared.post.id, shared)
    wanted = originalsOf(page.values()).filter((id) => !page.has(id))
  }
  return page
}

function originalsOf(posts: Iterable<SharedPost>): number[] {
  const ids = new Set<number>()
  for (const { post } of posts) {
    if (post.boost_of_id !== null) ids.add(post.boost_of_id)
    if (post.quote_of_id !== null) ids.add(post.quote_of_id)
  }
  return [...ids]
}

async function loadShared(db: Db, ids: readonly number[]): Promise<SharedPost[]> {
  const changes = changesOf(db)
  if (changes) return loadWatched(db, changes, ids)
  const memory = memoryOf(db)
  if (!memory) return readShared(db, ids)
  const stamps = await loadPostStamps(db, ids)
  const found: SharedPost[] = []
  const missing: number[] = []
  for (const [id, stamp] of stamps) {
    const kept = memory.get(id)
    if (kept?.stamp === stamp) found.push(kept.shared)
    else missing.push(id)
  }
  for (const shared of await readShared(db, missing)) {
    found.push(shared)
    const stamp = stamps.get(shared.post.id)
    // Polls change with every vote and with time, so they are always read anew.
    if (stamp !== undefined && !shared.poll) memory.set(shared.post.id, { stamp, shared })
  }
  return found
}

/** What is remembered where the store tells of every change: posts without their authors, and accounts. */
interface Watched {
  posts: Lru<number, SharedPost>
  accounts: Lru<number, AccountView>
}

const watched = new WeakMap<RowChanges, Watched>()

function watchedOf(changes: RowChanges): Watched {
  const known = watched.get(changes)
  if (known) return known
  const posts = createLru<number, SharedPost>({ max: MOST_BYTES, sizeOf: bytesOf })
  const accounts = createLru<number, AccountView>({ max: MOST_ACCOUNTS })
  watched.set(changes, { posts, accounts })
  changes.hear((touched, id) => {
    if (touched === 'post') posts.delete(id)
    else if (touched === 'account') accounts.delete(id)
    else if (touched === 'everything') {
      posts.clear()
      accounts.clear()
    }
  })
  return { posts, accounts }
}

async function loadWatched(db: Db, changes: RowChanges, ids: readonly number[]): Promise<SharedPost[]> {
  const generation = changes.look()
  const { posts, accounts } = watchedOf(changes)
  const found: SharedPost[] = []
  const missing: number[] = []
  const strangers = new Set<number>()
  for (const id of ids) {
    const known = posts.get(id)
    if (!known) missing.push(id)
    else if (accounts.get(known.post.account_id) === known.author) found.push(known)
    else strangers.add(known.post.account_id)
  }
  if (missing.length === 0 && strangers.size === 0) return found
  // The author has changed and the post has not: most often, the author has posted something else.
  const stale = ids.flatMap((id) => {
    const known = posts.get(id)
    return known && strangers.has(known.post.account_id) ? [known] : []
  })
  const authors = await viewAccounts(db, [...strangers])
  const fresh = await readShared(db, missing)
  for (const known of stale) {
    const author = authors.get(known.post.account_id)
    if (author) fresh.push({ ...known, author })
  }
  if (changes.generation() === generation)
    for (const shared of fresh)
      if (!shared.author.moved) {
        const { id, account_id } = shared.post
        const author = accounts.get(account_id) ?? shared.author
        accounts.set(account_id, author)
        posts.set(id, author === shared.author ? shared : { ...shared, author })
      }
  return [...found.filter((shared) => !strangers.has(shared.post.account_id)), ...fresh]
}

/**
 * A post that was just written will be shown at once: reading it where it was written costs a fraction of reading it after the
 * commit, with a cold cache.
 */
export async function rememberWritten(db: Db, tx: Tx, postId: number, authorId: number): Promise<void> {
  const changes = changesOf(db)
  // Posting changes the author's counters, so the author is read anew after the commit in any case.
  const author = changes && watchedOf(changes).accounts.get(authorId)
  const authors = author && new Map([[authorId, author]])
  const [shared] = changes ? await readShared(tx, [postId], authors) : []
  if (changes && shared && !shared.poll && !shared.author.moved)
    afterCommit(tx, () => void watchedOf(changes).posts.set(postId, shared))
}

function emojiIdsOf(post: Post): number[] {
  return post.emoji_ids === '[]' ? [] : (JSON.parse(post.emoji_ids) as number[])
}

interface Parts {
  authors: Map<number, AccountView>
  media: Map<number, MediaRow[]>
  mentions: Map<number, Mentioned[]>
  tags: Map<number, TagOfPost[]>
  emojis: Map<number, CustomEmoji>
  polls: Map<number, Poll>
  events: Map<number, EventOfPost>
  cards: Map<number, CardOfPost>
  apps: Map<number, App>
}

async function loadParts(
  db: Db,
  posts: readonly Post[],
  authors: Map<number, AccountView> | undefined,
): Promise<Parts> {
  const originals = posts.filter((post) => post.boost_of_id === null)
  const ids = originals.map((post) => post.id)
  const questions = originals.filter((post) => post.kind === 'question').map((post) => post.id)
  const gatherings = originals.filter((post) => post.kind === 'event').map((post) => post.id)
  const emojiIds = [...new Set(originals.flatMap(emojiIdsOf))]
  const appIds = [...new Set(originals.flatMap((post) => post.app_id ?? []))]
  return {
    authors:
      authors ??
      (await viewAccounts(
        db,
        posts.map((post) => post.account_id),
      )),
    media: await loadMedia(db, ids),
    mentions: await loadMentions(db, ids),
    tags: await loadTags(db, ids),
    emojis: new Map((await findEmojis(db, emojiIds)).map((emoji) => [emoji.id, emoji])),
    polls: questions.length === 0 ? new Map() : await loadPolls(db, questions),
    events: gatherings.length === 0 ? new Map() : await loadEvents(db, gatherings),
    cards: await withCreators(db, await loadCards(db, ids)),
    apps: new Map((await findApps(db, appIds)).map((app) => [app.id, app])),
  }
}

/** Few pages name an account as their author, so that most often nothing is looked up. */
async function withCreators(db: Db, cards: Map<number, CardOfPost>): Promise<Map<number, CardOfPost>> {
  const creators = new Map<number, number>()
  for (const [postId, { card }] of cards) {
    const id = card.includes('"creatorId"') ? (JSON.parse(card) as Card).creatorId : undefined
    if (id !== undefined) creators.set(postId, id)
  }
  if (creators.size === 0) return cards
  const views = await viewAccounts(db, [...creators.values()])
  for (const [postId, id] of creators) {
    const [card, creator] = [cards.get(postId), views.get(id)]
    const isShown = creator?.account.deleted_at === null && creator.account.suspended_at === null
    if (card && creator && isShown) cards.set(postId, { ...card, creator })
  }
  return cards
}

/** `authors` where they are known already. */
async function readShared(
  db: Db,
  ids: readonly number[],
  authors?: Map<number, AccountView>,
): Promise<SharedPost[]> {
  if (ids.length === 0) return []
  const posts = [...(await loadPosts(db, ids)).values()]
  const parts = await loadParts(db, posts, authors)
  return posts.flatMap((post) => {
    const author = parts.authors.get(post.account_id)
    if (!author) return []
    return {
      post,
      author,
      media: parts.media.get(post.id) ?? [],
      mentions: parts.mentions.get(post.id) ?? [],
      tags: parts.tags.get(post.id) ?? [],
      emojis: emojiIdsOf(post).flatMap((id) => parts.emojis.get(id) ?? []),
      poll: parts.polls.get(post.id),
      event: parts.events.get(post.id),
      card: parts.cards.get(post.id),
      app: post.app_id === null ? undefined : parts.apps.get(post.app_id),
    }
  })
}
