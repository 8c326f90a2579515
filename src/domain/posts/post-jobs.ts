// The work about posts that is put off: who does what.
import type { Context } from '../context.ts'
import { CLOSE_POLL, closePoll, POLLS_QUEUE } from '../polls/close-poll.ts'
import { SWEEP_POST, SWEEP_QUEUE, sweepRest } from './sweep-post.ts'

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

function postIdOf(payload: unknown): number {
  return (payload as { postId: number }).postId
}
