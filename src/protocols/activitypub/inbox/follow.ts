// Follow: of one of our accounts; of a post, as Friendica does to be told of its thread, which makes no follower.
import { followAccount } from '../../../domain/follows/follow-account.ts'
import { refuseFollow } from '../../../domain/follows/refuse-follow.ts'
import { Refusal } from '../../../model/refusal.ts'
import { knownPost, localAccount } from './subject.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

export async function follow(work: Work): Promise<Outcome> {
  const { world, activity, actorId } = work
  const target = await localAccount(work, activity.objectUri)
  if (!target) {
    const post = await knownPost(work, activity.objectUri)
    return ignored(post ? 'following a post makes no follower' : 'it follows nobody of this server')
  }
  const { id } = activity
  try {
    await followAccount(world, actorId, target.id, id === undefined ? {} : { uri: id })
    return 'done'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await refuseFollow(world, { accountId: actorId, targetId: target.id, followUri: id ?? null })
    return ignored(`the follow was refused: ${error.safeText}`)
  }
}
