// Tells who asks us for a document: the account whose signature on the request holds.
import type { Context as Request } from 'hono'
import { policyFor } from '../../../domain/moderation/policy-cache.ts'
import { Refusal, Unreachable, notFound } from '../../../model/refusal.ts'
import { readSignature, verifySignature } from '../signing/request-signature.ts'
import type { ReceivedRequest } from '../signing/types.ts'
import type { World } from '../world.ts'
import type { Keys } from './keys.ts'
import { receivedParts } from './received-parts.ts'

/**
 * Gives the id of the account that signed; undefined for everybody else, whatever is wrong with their signature. To suspended
 * servers nothing is there.
 */
export function createVerifyRequest(world: World, keys: Keys): (c: Request) => Promise<number | undefined> {
  return async (c) => {
    if (c.req.header('signature') === undefined) return undefined
    const request: ReceivedRequest = { method: c.req.method, ...receivedParts(world, c) }
    const now = world.clock.now()
    const signature = await orUndefined(() => Promise.resolve().then(() => readSignature(request, now)))
    if (!signature) return undefined
    if ((await policyFor(world, new URL(signature.keyId).hostname)).suspended) throw notFound()
    return orUndefined(async () => {
      const key = await keys.find(signature.keyId)
      return verifySignature(request, signature, key.publicKey, now) ? key.accountId : undefined
    })
  }
}

async function orUndefined<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreachable) return undefined
    throw error
  }
}
