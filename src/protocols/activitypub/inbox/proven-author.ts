// Who vouches for an activity that somebody else passed on: its author, where an integrity proof says so (FEP-8b32).
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import type { IncomingActivity } from '../read/activity.ts'
import type { Reach } from '../remote/resolve.ts'
import { readProof, verifyProof } from '../signing/integrity-proof.ts'
import type { JsonObject } from '../signing/types.ts'
import type { World } from '../world.ts'

/** As for signed requests: what is older could be an old activity sent again. */
const WINDOW_MS = 60 * 60_000

/** Our id of the actor, when a fresh proof by a key that the actor lists holds; undefined otherwise, never an error. */
export async function provenAuthor(
  { world, reach }: { world: World; reach: Reach },
  document: JsonObject,
  activity: IncomingActivity,
): Promise<number | undefined> {
  const now = world.clock.now()
  try {
    const proof = readProof(document, now)
    if (!proof || proof.verificationMethod.startsWith('did:')) return undefined
    const { created } = proof.options
    if (typeof created === 'string' && Math.abs(now - Date.parse(created)) <= WINDOW_MS) {
      const key = await reach.keys.find(proof.verificationMethod)
      const isAuthor = key.actorUri === activity.actorUri
      return isAuthor && verifyProof(document, key.publicKey, now) ? key.accountId : undefined
    }
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    world.log.debug({ error, id: activity.id }, 'a proof could not be relied on')
  }
  return undefined
}
