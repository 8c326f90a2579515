// Tells whoever has the app open that an announcement came, changed, went, or got a reaction.
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

/** Everybody here hears it. */
export const ANNOUNCEMENTS_CHANNEL = 'announcements'

/** The emoji follows the colon. */
export const REACTED = 'announcement-reaction:' as const

type Happened = 'announcement' | 'announcement-deleted' | `${typeof REACTED}${string}`

/** Says after the commit what happened to the announcement. */
export function tellListeners(ctx: Context, tx: Tx, event: Happened, id: number): void {
  afterCommit(tx, () => ctx.live.publish(ANNOUNCEMENTS_CHANNEL, { event, id }))
}
