// The bytes of activities under way; public ones get their own signatures here, once, before the first delivery.
import { createLru } from '../../../lib/lru.ts'
import type { Context } from '../../../domain/context.ts'
import { findActivities, sealActivity } from '../../../domain/federation/deliveries.ts'
import type { OutgoingActivity } from '../../../domain/federation/deliveries.ts'
import { createDigest } from '../signing/digest.ts'
import { createProof } from '../signing/integrity-proof.ts'
import { createLinkedDataSignature } from '../signing/linked-data-signature.ts'
import type { JsonObject } from '../signing/types.ts'
import { isOpenly } from '../outbox/tell.ts'
import { asArray } from '../wire.ts'
import type { Document } from '../write/types.ts'
import type { SigningKeys } from './signing-keys.ts'

export interface ActivityBody {
  accountId: number
  bytes: Buffer
  /** The followers collection, where the activity is for followers and not for everyone. */
  followersUri?: string
}

export interface Bodies {
  /** The final bytes of an activity; undefined when it is gone. */
  find(activityId: number): Promise<ActivityBody | undefined>
}

const MAX_BYTES = 16 * 1024 * 1024

export function createBodies(ctx: Context, keys: SigningKeys): Bodies {
  const known = createLru<number, ActivityBody>({
    max: MAX_BYTES,
    sizeOf: (body) => body.bytes.length + 100,
  })
  const loading = new Map<number, Promise<ActivityBody | undefined>>()
  const load = async (id: number): Promise<ActivityBody | undefined> => {
    const [activity] = await findActivities(ctx.store.read, [id])
    if (!activity) return undefined
    const body = activity.digest === '' ? await seal(ctx, keys, activity) : activity.body
    const followersUri = followersOnly(body)
    const found: ActivityBody = {
      accountId: activity.accountId,
      bytes: Buffer.from(body, 'utf8'),
      ...(followersUri === undefined ? {} : { followersUri }),
    }
    known.set(id, found)
    return found
  }
  return {
    async find(id) {
      const found = known.get(id)
      if (found) return found
      const running = loading.get(id) ?? load(id).finally(() => loading.delete(id))
      loading.set(id, running)
      return running
    },
  }
}

/** Signs, and stores the result; where another process was first, its bytes count. */
async function seal(ctx: Context, keys: SigningKeys, activity: OutgoingActivity): Promise<string> {
  const body = await signDocument(ctx, keys, activity)
  const digest = createDigest(Buffer.from(body, 'utf8'))
  const stored = await ctx.store.write((tx) => sealActivity(tx, activity.id, { body, digest }))
  return stored?.body ?? body
}

/**
 * The document with an integrity proof (FEP-8b32) and then an LD signature, which covers the proof where its context defines it.
 * A document that cannot be signed goes out as it is: the request's signature is what most servers check.
 */
async function signDocument(ctx: Context, keys: SigningKeys, activity: OutgoingActivity): Promise<string> {
  const created = ctx.clock.now()
  try {
    const document = JSON.parse(activity.body) as JsonObject
    const ed25519 = await keys.find(activity.accountId, 'ed25519')
    if (ed25519) {
      const options = { verificationMethod: ed25519.keyId, created }
      document['proof'] = createProof(document, ed25519.privateKey, options)
    }
    const rsa = await keys.find(activity.accountId, 'rsa')
    const signature =
      rsa && (await createLinkedDataSignature(document, rsa.privateKey, { creator: rsa.keyId, created }))
    return JSON.stringify(signature ? { ...document, signature } : document)
  } catch (error) {
    ctx.log.error({ error, activityId: activity.id }, 'An activity could not be signed and goes out without')
    return activity.body
  }
}

/** The sender's followers collection, where it is among the addressees and the public is not. */
function followersOnly(body: string): string | undefined {
  const document = JSON.parse(body) as Document
  const followersUri = `${String(document['actor'])}/followers`
  const addressees = [...asArray(document['to']), ...asArray(document['cc'])]
  return isOpenly(document) || !addressees.includes(followersUri) ? undefined : followersUri
}
