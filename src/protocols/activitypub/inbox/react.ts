// Like, Dislike and EmojiReact, with Misskey's and Pleroma's emoji.
import { addReaction } from '../../../domain/reactions/add-reaction.ts'
import { knowEmoji } from '../../../domain/federation/know-emoji.ts'
import { authorOfUri } from '../../../domain/federation/find-remote.ts'
import { readReaction } from '../read/activity.ts'
import { readEmojis } from '../read/emojis.ts'
import { member } from '../wire.ts'
import { forward } from './forward.ts'
import { knownPost } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

/** What Misskey and others send for a plain like. */
const HEARTS = new Set(['❤', '❤️', '♥', '♥️'])

export async function react(work: Work): Promise<Outcome> {
  const { world, activity, actorId } = work
  const post = await knownPost(work, activity.objectUri)
  if (!post) return ignored('the post is not known here')
  const reaction = await kindOf(work)
  const { id } = activity
  await addReaction(world, {
    accountId: actorId,
    postId: post.id,
    ...reaction,
    ...(id === undefined ? {} : { uri: id }),
  })
  if (post.local === 1) await forward(work, post.id)
  return 'done'
}

type Kind = Pick<Parameters<typeof addReaction>[1], 'kind' | 'emoji' | 'emojiId'>

/** An emoji that cannot be shown still says that somebody liked the post. */
export async function kindOf(work: Work): Promise<Kind> {
  const { activity, world } = work
  if (activity.type === 'Dislike') return { kind: 'dislike' }
  const text = readReaction(activity.json)
  if (text === undefined || HEARTS.has(text)) return { kind: 'like' }
  const shortcode = /^:([^:@\s]+)(?:@[^:\s]+)?:$/.exec(text)?.[1]
  if (shortcode === undefined) return isSingleEmoji(text) ? { kind: 'emoji', emoji: text } : { kind: 'like' }
  const emoji = readEmojis(member(activity.json, 'tag')).find((one) => one.shortcode === shortcode)
  const actor = await authorOfUri(world, activity.actorUri)
  const emojiId = emoji && actor ? await knowEmoji(world, actor.domain, emoji) : undefined
  if (emojiId === undefined || !actor || !/^[\w+-]{1,64}$/.test(shortcode)) return { kind: 'like' }
  return { kind: 'emoji', emoji: `:${shortcode}@${actor.domain}:`, emojiId }
}

function isSingleEmoji(text: string): boolean {
  return text.length <= 64 && /\p{Emoji}/u.test(text) && !/[\p{L}\s]/u.test(text)
}
