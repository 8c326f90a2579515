// Says whether somebody comes to an event.
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAnswer, lockEvent, moveAnswerCount, putAnswer, removeAnswer } from '../../store/events.ts'
import type { EventAnswer, EventRow } from '../../store/events.ts'
import type { Context } from '../context.ts'
import { activeAuthor } from '../posts/active-author.ts'
import { seeOriginal } from '../posts/see-post.ts'
import { recordFact } from '../record-fact.ts'

const ANSWERS: readonly string[] = ['yes', 'maybe', 'no']

export interface Answer {
  accountId: number
  postId: number
  answer: EventAnswer
  /** The address it has on its own server. */
  uri?: string
}

/** Anybody who sees an event may answer, and answer otherwise later; false when the answer was the same before. */
export async function answerEvent(ctx: Context, wanted: Answer): Promise<boolean> {
  const { accountId, answer } = wanted
  if (!ANSWERS.includes(answer)) throw new Refusal('invalid', 'Answer with yes, maybe or no')
  const guest = await activeAuthor(ctx.store.read, accountId)
  return ctx.store.write(async (tx) => {
    const post = await seeOriginal(tx, guest, wanted.postId)
    const event = await lockEvent(tx, post.id)
    if (!event) throw notFound()
    const before = (await findAnswer(tx, post.id, accountId)) as EventAnswer | undefined
    if (before === answer) return false
    if (guest.domain === '') checkAnswer(ctx, event, answer)
    const uri = guest.domain === '' ? ctx.urls.activity('answer', ctx.ids.next()) : (wanted.uri ?? null)
    const created_at = ctx.clock.now()
    await putAnswer(tx, { post_id: post.id, account_id: accountId, answer, uri, created_at })
    await moveAnswerCount(tx, post.id, before, answer)
    await recordFact(ctx, tx, { type: 'event-answered', postId: post.id, accountId, answer })
    return true
  })
}

/** Takes the answer back, as a server does that undoes a join. */
export async function withdrawAnswer(ctx: Context, accountId: number, postId: number): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    const before = (await findAnswer(tx, postId, accountId)) as EventAnswer | undefined
    if (before === undefined) return false
    await removeAnswer(tx, postId, accountId)
    await moveAnswerCount(tx, postId, before, undefined)
    return true
  })
}

function checkAnswer(ctx: Context, event: EventRow, answer: EventAnswer): void {
  if ((event.ends_at ?? event.starts_at) < ctx.clock.now()) {
    throw new Refusal('invalid', 'This event is over')
  }
  if (answer === 'no') return
  if (event.status === 'cancelled') throw new Refusal('invalid', 'This event was cancelled')
  if (event.join_mode === 'external') {
    throw new Refusal('invalid', 'This event takes registrations elsewhere')
  }
  if (answer === 'yes' && event.capacity !== null && event.yes_count >= event.capacity) {
    throw new Refusal('conflict', 'This event is full')
  }
}
