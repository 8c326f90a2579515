// A server of ours that tells and delivers for real: alice has keys, other servers listen on sockets.
import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { test } from 'node:test'
import type { Fact } from '../../../src/model/facts.ts'
import { newKeys } from '../../../src/domain/accounts/new-keys.ts'
import type { NewKey } from '../../../src/domain/accounts/new-keys.ts'
import { createOutgoing } from '../../../src/platform/outgoing.ts'
import type { Outgoing } from '../../../src/platform/outgoing.ts'
import { createDeliverer } from '../../../src/protocols/activitypub/deliver.ts'
import type { Deliverer } from '../../../src/protocols/activitypub/deliver.ts'
import { outbox } from '../../../src/protocols/activitypub/outbox.ts'
import { tellProtocol } from '../../../src/protocols/protocol.ts'
import { insertKeys } from '../../../src/store/accounts.ts'
import { openCast } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import type { Engine } from '../../database.ts'
import { startPeer } from './peer.ts'
import type { Peer } from './peer.ts'

export interface Scene extends Cast {
  outgoing: Outgoing
  deliverer: Deliverer
  /** Alice's public RSA key. */
  aliceKey: KeyObject
  /** The multibase of alice's Ed25519 key. */
  aliceMultikey: string
  /** Another server; closed with the scene. */
  peer(): Promise<Peer>
  /** An account of that server that is reached through its shared inbox, or only through its own. */
  personAt(peer: Peer, username: string, options?: { shared?: boolean }): Promise<number>
  /** Tells facts over ActivityPub, in one transaction. */
  tell(...facts: Fact[]): Promise<void>
  /** Lets facts happen, tells those that happened since, and delivers. */
  deliver(): Promise<void>
  deliveries(): Promise<{ inbox: string; attempts: number; next_at: number; last_error: string | null }[]>
}

// Making RSA keys is slow, and no test depends on two accounts having different ones.
let keys: Promise<NewKey[]> | undefined

export async function giveKeys(cast: Cast, accountId: number, uri: string): Promise<NewKey[]> {
  keys ??= newKeys()
  const made = await keys
  const rows = made.map((key) => ({
    key_id: `${uri}#${key.kind === 'rsa' ? 'main-key' : 'ed25519-key'}`,
    account_id: accountId,
    kind: key.kind,
    public_key: key.publicKey,
    private_key: key.privateKey,
    created_at: cast.ctx.clock.now(),
  }))
  await cast.ctx.store.write((tx) => insertKeys(tx, rows))
  return made
}

export async function openScene(engine: Engine): Promise<Scene> {
  const cast = await openCast(engine)
  const made = await giveKeys(cast, cast.alice, 'https://here.test/users/alice')
  const outgoing = createOutgoing({ allowPrivate: ['127.0.0.0/8'], userAgent: 'Folkmoot test' })
  const deliverer = createDeliverer(cast.ctx, outgoing)
  const peers: Peer[] = []
  let told = 0
  const tell = (...facts: Fact[]): Promise<void> =>
    cast.ctx.store.write(async (tx) => {
      for (const fact of facts) await tellProtocol({ name: 'activitypub', on: outbox }, cast.ctx, tx, fact)
    })
  return {
    ...cast,
    outgoing,
    deliverer,
    aliceKey: createPublicKey(made.find((key) => key.kind === 'rsa')?.publicKey ?? ''),
    aliceMultikey: made.find((key) => key.kind === 'ed25519')?.publicKey ?? '',
    async peer() {
      const peer = await startPeer()
      peers.push(peer)
      return peer
    },
    personAt: (peer, username, { shared = true } = {}) =>
      cast.addRemote(username, `${username}.${peer.host.replace(':', '-')}.test`, {
        uri: `${peer.origin}/users/${username}`,
        inbox: `${peer.origin}/users/${username}/inbox`,
        shared_inbox: shared ? `${peer.origin}/inbox` : null,
      }),
    tell,
    async deliver() {
      await cast.settle()
      const news = cast.facts.slice(told)
      told = cast.facts.length
      await tell(...news)
      await deliverer.idle()
    },
    deliveries: () =>
      cast.ctx.store.read
        .selectFrom('deliveries')
        .select(['inbox', 'attempts', 'next_at', 'last_error'])
        .orderBy('id')
        .execute(),
    async close() {
      await deliverer.stop(0)
      await outgoing.close()
      for (const peer of peers) await peer.close()
      await cast.close()
    },
  }
}

/** Names a promise and keeps it with a scene of its own. */
export function sceneTest(engine: Engine, name: string, run: (scene: Scene) => Promise<void>): void {
  test(name, async () => {
    const scene = await openScene(engine)
    try {
      await run(scene)
    } finally {
      await scene.close()
    }
  })
}
