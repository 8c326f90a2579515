// Answers to events: Join, Leave and TentativeAccept; and invitations to them.
import { answerEvent, withdrawAnswer } from '../../../domain/events/answer-event.ts'
import { inviteToEvent } from '../../../domain/events/invite-to-event.ts'
import type { Post } from '../../../domain/federation/find-remote.ts'
import { idsOf, member } from '../wire.ts'
import { anyPost, knownPost, localAccount } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

async function eventOf(work: Work): Promise<Post | undefined> {
  const post = await knownPost(work, work.activity.objectUri)
  return post?.kind === 'event' ? post : undefined
}

async function answer(work: Work, word: 'yes' | 'maybe'): Promise<Outcome> {
  const post = await eventOf(work)
  if (!post) return ignored('the event is not known here')
  const { id } = work.activity
  await answerEvent(work.world, {
    accountId: work.actorId,
    postId: post.id,
    answer: word,
    ...(id ? { uri: id } : {}),
  })
  return 'done'
}

export const join = (work: Work): Promise<Outcome> => answer(work, 'yes')

export const tentativeAccept = (work: Work): Promise<Outcome> => answer(work, 'maybe')

export async function leave(work: Work): Promise<Outcome> {
  const post = await eventOf(work)
  if (!post) return ignored('the event is not known here')
  return (await withdrawAnswer(work.world, work.actorId, post.id)) ? 'done' : ignored('there was no answer')
}

/** The event is fetched, and whoever is invited is told of it, so that they can answer. */
export async function invite(work: Work): Promise<Outcome> {
  const { world, activity, actorId, deliveredTo } = work
  const post = await anyPost(work, activity.objectUri)
  if (!post) return ignored('the event cannot be had')
  const named = ['target', 'to', 'cc'].flatMap((name) => idsOf(member(activity.json, name), 50))
  const guests = await Promise.all([...new Set(named)].map((uri) => localAccount(work, uri)))
  const guestIds = new Set(guests.flatMap((guest) => guest?.id ?? []))
  if (deliveredTo !== undefined) guestIds.add(deliveredTo)
  await inviteToEvent(world, { postId: post.id, byId: actorId, guestIds: [...guestIds] })
  return 'done'
}
