// Answers to events: Join, Leave and TentativeAccept; and invitations to them.
import { answerEvent, withdrawAnswer } from '../../../domain/events/answer-event.ts'
import type { Post } from '../../../domain/federation/find-remote.ts'
import { anyPost, knownPost } from './subject.ts'
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

/** The event is fetched, so that the one who is invited can find it and answer. */
export async function invite(work: Work): Promise<Outcome> {
  return (await anyPost(work, work.activity.objectUri)) ? 'done' : ignored('the event cannot be had')
}
