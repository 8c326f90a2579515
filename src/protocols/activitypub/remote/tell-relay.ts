// Follows relays and takes such follows back, in the name of the server's own account.
import { instanceAccountId } from '../../../domain/accounts/instance-account.ts'
import { accountOfId } from '../../../domain/federation/find-remote.ts'
import { relayFound } from '../../../domain/moderation/relays.ts'
import type { RelayJob } from '../../../domain/moderation/relays.ts'
import { tell } from '../outbox.ts'
import { PUBLIC } from '../wire.ts'
import { writeFollow, writeUndo } from '../write/activity.ts'
import type { World } from '../world.ts'
import type { Actors } from './actors.ts'

export async function tellRelay(
  world: World,
  actors: Actors,
  job: RelayJob,
  isUndone: boolean,
): Promise<void> {
  const accountId = await instanceAccountId(world)
  const actor = world.urls.instanceActor
  const object = job.style === 'mastodon' ? PUBLIC : (job.actorUri ?? PUBLIC)
  const inbox = await inboxOf(world, actors, job)
  const follow = writeFollow(job.followUri, actor, object)
  await world.store.write(async (tx) => {
    await tell(world, tx, {
      accountId,
      activity: isUndone ? writeUndo(follow) : follow,
      recipients: { inboxes: [inbox] },
    })
  })
}

/** Where a relay known by its actor takes what is for it. */
async function inboxOf(world: World, actors: Actors, job: RelayJob): Promise<string> {
  if (job.actorUri === null) return job.inbox
  const account = await accountOfId(world, await actors.find(job.actorUri))
  const inbox = account?.inbox ?? job.inbox
  if (inbox !== job.inbox) await relayFound(world, job.followUri, inbox)
  return inbox
}
