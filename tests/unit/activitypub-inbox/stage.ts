// One server of ours, listening, beside other servers: what the inbox tests play on.
import { Hono } from 'hono'
import { createAccount } from '../../../src/domain/accounts/create-account.ts'
import { allTellers } from '../../../src/domain/all-tellers.ts'
import { tellFact } from '../../../src/domain/consequences.ts'
import type { Context } from '../../../src/domain/context.ts'
import { postJobs } from '../../../src/domain/posts/post-jobs.ts'
import { FACT_TYPES, FACTS_QUEUE } from '../../../src/domain/record-fact.ts'
import { createIdSource } from '../../../src/lib/id.ts'
import type { Fact } from '../../../src/model/facts.ts'
import { createUrls } from '../../../src/model/urls.ts'
import { startHttpServer } from '../../../src/platform/http-server.ts'
import { createJobs } from '../../../src/platform/jobs.ts'
import { createLive } from '../../../src/platform/live.ts'
import { createOutgoing } from '../../../src/platform/outgoing.ts'
import type { FixedHosts } from '../../../src/platform/outgoing.ts'
import { createActivityPub } from '../../../src/protocols/activitypub/index.ts'
import type { World } from '../../../src/protocols/activitypub/index.ts'
import { createDiscovery } from '../../../src/protocols/discovery/index.ts'
import { tellProtocol } from '../../../src/protocols/protocol.ts'
import type { Protocol } from '../../../src/protocols/protocol.ts'
import { openTestStore } from '../../database.ts'
import type { Engine } from '../../database.ts'
import { openPeer, postTo, signedHeaders } from './peer.ts'
import type { Json, Peer, PeerActor } from './peer.ts'

export const START = Date.UTC(2026, 5, 1, 12)

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} }

export interface Delivery {
  path?: string
  /** Whose key signs; the actor itself unless told otherwise. */
  key?: Pick<PeerActor, 'keyId' | 'privateKey'>
  dialect?: 'cavage' | 'rfc9421'
}

export interface Stage {
  ctx: Context
  port: number
  protocols: readonly Protocol[]
  facts: Fact[]
  alice: number
  bob: number
  far: Peer
  evil: Peer
  /** A reader and writer on far.test. */
  dave: PeerActor
  /** On evil.test. */
  mallory: PeerActor
  now(): number
  pass(ms: number): void
  /** Signs and posts an activity; the answer's status. */
  deliver(actor: PeerActor, activity: Json, delivery?: Delivery): Promise<number>
  /** Lets everything due happen, deliveries included. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Everything our test servers need to be told apart from the engine. */
export async function openStage(engine: Engine): Promise<Stage> {
  const test = await openTestStore(engine)
  const { store } = test
  let time = START
  const clock = { now: () => time }
  const ids = createIdSource(() => time)
  const log = { ...silent, child: () => log } as never
  const far = await openPeer('far.test')
  const evil = await openPeer('evil.test')
  const hosts: FixedHosts = Object.fromEntries(
    [far, evil].map((peer) => [peer.host, { address: '127.0.0.1', port: peer.port }]),
  )
  const outgoing = createOutgoing({ allowPrivate: ['127.0.0.1'], userAgent: 'Folkmoot test', hosts })
  const jobs = createJobs({ store, clock, ids, log })
  const origin = 'http://here.test'
  const nobody = (): Promise<undefined> => Promise.resolve(undefined)
  const remote = { accountByUri: nobody, accountByHandle: nobody, postByUri: nobody }
  const world = {
    config: {
      origin,
      domain: 'here.test',
      title: 'Here',
      description: '',
      version: '1.0.0',
      registrations: 'closed',
      authorizedFetch: false,
      limits: { postChars: 5000 },
    },
    urls: createUrls(origin),
    clock,
    ids,
    log,
    store,
    jobs,
    live: createLive({ log }),
    mail: { send: () => Promise.resolve() },
    remote,
    outgoing,
  } as unknown as World
  const activityPub = createActivityPub(world)
  Object.assign(remote, activityPub.resolve)
  const protocols: Protocol[] = [activityPub]
  protocols.push(createDiscovery(world as never, () => protocols))
  const facts: Fact[] = []
  for (const type of FACT_TYPES)
    jobs.register(
      type,
      {
        batch: async (tx, batch) => {
          for (const job of batch) {
            const fact = job.payload as Fact
            facts.push(fact)
            await tellFact(world, tx, fact, allTellers)
            for (const protocol of protocols) await tellProtocol(protocol, world, tx, fact)
          }
        },
      },
      { queue: FACTS_QUEUE },
    )
  for (const job of postJobs)
    jobs.register(job.kind, { single: ({ payload }) => job.run(world, payload) }, { queue: job.queue })
  const app = new Hono()
  for (const protocol of protocols) protocol.routes?.(app)
  const server = await startHttpServer({
    fetch: (request, env) => app.fetch(request, env),
    port: 0,
    bind: '127.0.0.1',
    trustProxy: [],
    log,
  })
  const people = await Promise.all(
    ['alice', 'bob'].map((username) => createAccount(world, { username, confirmed: true })),
  )
  return {
    ctx: world,
    port: server.port,
    protocols,
    facts,
    alice: people[0]?.accountId ?? 0,
    bob: people[1]?.accountId ?? 0,
    far,
    evil,
    dave: await far.actor('dave'),
    mallory: await evil.actor('mallory'),
    now: () => time,
    pass(ms) {
      time += ms
    },
    async deliver(actor, activity, delivery = {}) {
      const body = Buffer.from(
        JSON.stringify({ '@context': 'https://www.w3.org/ns/activitystreams', ...activity }),
      )
      const path = delivery.path ?? '/inbox'
      const dialect = delivery.dialect === undefined ? {} : { dialect: delivery.dialect }
      const headers = signedHeaders(delivery.key ?? actor, body, { path, now: time, ...dialect })
      return (await postTo(server.port, { path, body, headers })).status
    },
    async settle() {
      for (let worked = true; worked;) {
        await jobs.idle()
        worked = false
        for (const protocol of protocols) if ((await protocol.settle?.()) === true) worked = true
      }
    },
    async close() {
      await server.close(0)
      await jobs.stop(0)
      await outgoing.close()
      await Promise.all([far.close(), evil.close()])
      await test.close()
    },
  }
}

let counter = 0

/** A public note by an actor of another server, changed as the test needs. */
export function noteBy(actor: PeerActor, change: Json = {}): Json & { id: string } {
  counter += 1
  return {
    id: `${new URL(actor.uri).origin}/notes/${counter}`,
    type: 'Note',
    attributedTo: actor.uri,
    content: '<p>Hello</p>',
    published: new Date(START).toISOString(),
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    cc: [`${actor.uri}/followers`],
    ...change,
  }
}

/** An activity by an actor, with an id of its own. */
export function activityBy(actor: PeerActor, type: string, object: unknown, change: Json = {}): Json {
  counter += 1
  const id = `${new URL(actor.uri).origin}/activities/${counter}`
  return { id, type, actor: actor.uri, object, ...change }
}
