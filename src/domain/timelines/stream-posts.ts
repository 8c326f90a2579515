// Tells open streams of new, edited and deleted posts, once the rows are committed.
import type { DeletedPost, Fact } from '../../model/facts.ts'
import { listFeedsWith } from '../../store/feeds.ts'
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import { toldPost } from '../posts/told-post.ts'
import type { ToldPost } from '../posts/told-post.ts'
import type { Tx } from '../ports.ts'

type Event = 'post' | 'post-edited' | 'post-deleted'

const FEEDS_CHUNK = 1000

/** Messages are `{ event, id }`; whoever streams renders the post for each reader. */
export async function streamPosts(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  switch (fact.type) {
    case 'post-published':
      return stream(ctx, tx, fact, { event: 'post', id: fact.postId })
    case 'post-boosted':
      return stream(ctx, tx, fact, { event: 'post', id: fact.boostId })
    case 'post-edited':
      return stream(ctx, tx, fact, { event: 'post-edited', id: fact.postId })
    default:
  }
}

/** The same for posts that are gone. Feeds must still hold them, for they say who saw them. */
export async function streamDeletions(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  if (fact.type === 'post-deleted') await streamDeletion(ctx, tx, fact.post)
  if (fact.type === 'boost-undone') await streamDeletion(ctx, tx, fact.boost)
}

async function stream(
  ctx: Context,
  tx: Tx,
  fact: Fact,
  message: { event: Event; id: number },
): Promise<void> {
  const told = await toldPost(tx, fact, message.id)
  if (!told) return
  publish(ctx, tx, [...(await feedChannels(ctx, tx, message.id)), ...publicChannels(told)], message)
}

async function streamDeletion(ctx: Context, tx: Tx, post: DeletedPost): Promise<void> {
  const channels = await feedChannels(ctx, tx, post.id)
  if (post.audience === 'public' && post.boostOfId === null) {
    channels.push('public', post.local ? 'public:local' : 'public:remote')
    channels.push(...post.tagNames.map((name) => `tag:${name}`))
  }
  publish(ctx, tx, channels, { event: 'post-deleted', id: post.id })
}

/** The homes and lists that hold the post, unless nobody has one open. */
async function feedChannels(ctx: Context, tx: Tx, postId: number): Promise<string[]> {
  const isOpen = (prefix: string): boolean => ctx.live.hasSubscribers?.(prefix) ?? true
  if (!isOpen('home:') && !isOpen('list:')) return []
  const channels: string[] = []
  let afterId = 0
  while (true) {
    const feeds = await listFeedsWith(tx, postId, afterId, FEEDS_CHUNK)
    channels.push(...feeds.map((feed) => `${feed.isList ? 'list' : 'home'}:${feed.feedId}`))
    const last = feeds.at(-1)
    if (!last || feeds.length < FEEDS_CHUNK) return channels
    afterId = last.feedId
  }
}

function publicChannels({ post, author, tags }: ToldPost): string[] {
  if (post.audience !== 'public' || post.boost_of_id !== null || author.limited_at !== null) return []
  const tagChannels = tags.filter((tag) => tag.usable).map((tag) => `tag:${tag.name}`)
  if (post.in_public === 0) return tagChannels
  return ['public', post.local === 1 ? 'public:local' : 'public:remote', ...tagChannels]
}

function publish(ctx: Context, tx: Tx, channels: readonly string[], message: object): void {
  if (channels.length === 0) return
  afterCommit(tx, () => {
    for (const channel of channels) ctx.live.publish(channel, message)
  })
}
