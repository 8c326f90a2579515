// Move: the actor goes on under another account, which must say so as well.
import { receiveMove } from '../../../domain/accounts/receive-move.ts'
import { accountOfId } from '../../../domain/federation/find-remote.ts'
import { sameOrigin } from '../wire.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function move(work: Work): Promise<Outcome> {
  const { world, reach, activity, actorId } = work
  const { actorUri, objectUri, targetUri } = activity
  if (objectUri !== actorUri) return ignored('an account can only move itself')
  if (targetUri === undefined || targetUri === actorUri) return ignored('it names no new account')
  const isOurs = sameOrigin(targetUri, world.config.origin)
  const targetId = await reach.actors.find(targetUri, { fresh: !isOurs })
  const target = await accountOfId(world, targetId)
  const aliases = JSON.parse(target?.also_known_as ?? '[]') as string[]
  if (!aliases.includes(actorUri)) return ignored('the new account does not name the old one')
  return (await receiveMove(world, actorId, targetId)) ? 'done' : ignored('the account moved there before')
}

/** Friendica's own word for a move: the account is looked up anew. */
export async function relocate(work: Work): Promise<Outcome> {
  await work.reach.actors.refreshSoon(work.activity.actorUri)
  return 'done'
}
