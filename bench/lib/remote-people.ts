// Puts people of other servers straight into a database: their rows, keys and follows, as if met long ago.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { House } from '../../src/house.ts'

export interface RemotePerson {
  id: number
  uri: string
  keyId: string
  privateKey: KeyObject
}

/** Where the n-th person's server is found; inboxes may share one. */
export interface Placing {
  count: number
  origin: (number: number) => string
  inbox: (number: number) => string
}

/** All share one key pair, which costs the server the same as many. */
export async function addRemotePeople(house: House, placing: Placing): Promise<RemotePerson[]> {
  const { ctx } = house
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const privateKey = createPrivateKey(pair.privateKey)
  const now = ctx.clock.now()
  const people: RemotePerson[] = []
  await ctx.store.write(async (tx) => {
    for (let number = 0; number < placing.count; number += 1) {
      const id = ctx.ids.next()
      const origin = placing.origin(number)
      const uri = `${origin}/users/person${number}`
      const names = { username: `person${number}`, username_key: `person${number}` }
      const inbox = placing.inbox(number)
      await tx
        .insertInto('accounts')
        .values({
          id,
          ...names,
          domain: new URL(origin).host,
          protocol: 'activitypub',
          uri,
          inbox,
          shared_inbox: inbox,
          followers_uri: `${uri}/followers`,
          created_at: now,
          updated_at: now,
          fetched_at: now,
          completed_at: now,
        })
        .execute()
      const keyId = `${uri}#main-key`
      const key = { key_id: keyId, account_id: id, kind: 'rsa', public_key: pair.publicKey, created_at: now }
      await tx.insertInto('account_keys').values(key).execute()
      people.push({ id, uri, keyId, privateKey })
    }
  })
  return people
}

/** Accepted follows, written as rows; `pairs` are follower and followed. */
export async function addFollows(house: House, pairs: readonly (readonly [number, number])[]): Promise<void> {
  const { ctx } = house
  const created_at = ctx.clock.now()
  await ctx.store.write(async (tx) => {
    for (const [account_id, target_id] of pairs)
      await tx
        .insertInto('follows')
        .values({ id: ctx.ids.next(), account_id, target_id, accepted: 1, created_at })
        .execute()
  })
}
