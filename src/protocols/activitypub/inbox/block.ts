// Block: somebody elsewhere wants nothing to do with one of our accounts any more.
import { blockAccount } from '../../../domain/follows/block-account.ts'
import { localAccount } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function block(work: Work): Promise<Outcome> {
  const { activity, world, actorId } = work
  const target = await localAccount(work, activity.objectUri)
  if (!target) return ignored('it blocks nobody of this server')
  await blockAccount(world, actorId, target.id, activity.id)
  return 'done'
}
