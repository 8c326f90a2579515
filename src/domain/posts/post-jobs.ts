// The work about posts that is put off or comes again and again: who does what.
import type { Context } from '../context.ts'
import { CLOSE_POLL, closePoll, POLLS_QUEUE } from '../polls/close-poll.ts'
import { removeIdempotencyKeys } from '../../store/post-rows.ts'
import { trimFeeds } from '../timelines/trim-feeds.ts'
import { IDEMPOTENCY_MS } from './limits.ts'
import { SWEEP_POST, SWEEP_QUEUE, sweepRest } from './sweep-post.ts'

const HOUR_MS = 3_600_000

/** One kind of job; whoever builds the house registers them with its job runner. */
export interface DomainJob {
  kind: string
  queue: string
  run(ctx: Context, payload: unknown): Promise<void>
}

export const postJobs: readonly DomainJob[] = [
  {
    kind: CLOSE_POLL,
    queue: POLLS_QUEUE,
    run: async (ctx, payload) => {
      await closePoll(ctx, postIdOf(payload))
    },
  },
  { kind: SWEEP_POST, queue: SWEEP_QUEUE, run: (ctx, payload) => sweepRest(ctx, postIdOf(payload)) },
]

/** What is to be done again and again; `everyMs` says how often, about. */
export const postChores: readonly { name: string; everyMs: number; run(ctx: Context): Promise<void> }[] = [
  {
    name: 'trim-feeds',
    everyMs: 6 * HOUR_MS,
    run: async (ctx) => {
      await trimFeeds(ctx)
    },
  },
  {
    name: 'forget-idempotency-keys',
    everyMs: HOUR_MS,
    run: (ctx) => ctx.store.write((tx) => removeIdempotencyKeys(tx, ctx.clock.now() - 2 * IDEMPOTENCY_MS)),
  },
]

function postIdOf(payload: unknown): number {
  return (payload as { postId: number }).postId
}
