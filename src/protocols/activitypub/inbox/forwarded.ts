// Activities that somebody passes on for another: nothing in them is believed, everything is looked up at its own server.
import { authorOfUri } from '../../../domain/federation/find-remote.ts'
import { removeRemoteAccount } from '../../../domain/accounts/remove-remote-account.ts'
import { Refusal } from '../../../model/refusal.ts'
import { isGoneAtHome } from './delete.ts'
import { checked } from './spread.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

/** `actorId` is the account that passed it on. */
export async function forwarded(work: Work): Promise<Outcome> {
  const { activity, world } = work
  try {
    if (activity.type === 'Delete' && activity.objectUri === activity.actorUri) {
      const known = await authorOfUri(world, activity.actorUri)
      const isRemote = known !== undefined && known.domain !== ''
      const isOver = isRemote && (await isGoneAtHome(work, activity.actorUri, false))
      return isOver && (await removeRemoteAccount(world, activity.actorUri))
        ? 'done'
        : ignored('the account is still there, or was never here')
    }
    return await checked(work, activity)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'unavailable' || error.code === 'too-many') throw error
    return ignored(error.safeText)
  }
}
