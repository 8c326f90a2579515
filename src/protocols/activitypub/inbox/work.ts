// What every handler of an activity is given, and what it answers.
import type { IncomingActivity } from '../read/activity.ts'
import type { Reach } from '../remote/resolve.ts'
import type { World } from '../world.ts'

/** An activity that its actor vouched for: by a signature, or by serving it at its own address. */
export interface Work {
  world: World
  reach: Reach
  activity: IncomingActivity
  /** Our id of the actor. */
  actorId: number
  /** The local account in whose own inbox it arrived. */
  deliveredTo?: number
  /** The body as it arrived; absent where it did not come from the actor itself. */
  raw?: string
}

/** Done, or why nothing was to be done. */
export type Outcome = 'done' | { ignored: string }

export type Handle = (work: Work) => Promise<Outcome>

export const ignored = (reason: string): Outcome => ({ ignored: reason })
