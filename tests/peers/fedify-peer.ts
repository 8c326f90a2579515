// A small server built with Fedify, an implementation that is not ours: it follows, posts, and keeps what it verified.
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFederation, generateCryptoKeyPair, MemoryKvStore } from '@fedify/fedify'
import type { Context, Federation } from '@fedify/fedify'
import { Accept, Activity, Endpoints, Follow, Note, Person, PUBLIC_COLLECTION } from '@fedify/vocab'
import type { Recipient } from '@fedify/vocab'

export type Knock = 'rfc9421' | 'draft-cavage-http-signatures-12'

export interface FedifyPeer {
  origin: string
  /** Where its only person is found on other servers. */
  handle: string
  actorUri: string
  ctx: Context<void>
  /** Activities whose signatures Fedify believed, in order. */
  received: Activity[]
  /** What each accepted request to an inbox was signed with. */
  dialects: ('rfc9421' | 'cavage')[]
  /** Why something could not be sent. */
  refused: unknown[]
  notes: Map<string, Note>
  /** Sends an activity of its person. */
  send(to: Recipient | Recipient[], activity: Activity): Promise<void>
  /** Makes a public note, served at its own address. */
  note(content: string, more?: object): Note
  close(): Promise<void>
}

export interface PeerOptions {
  knock: Knock
  /** With an Ed25519 key, which makes Fedify add an object integrity proof to everything it sends. */
  withProofs: boolean
}

/** Starts the peer on a free port of this machine; its person is called fay. */
export async function startFedify(options: PeerOptions): Promise<FedifyPeer> {
  let answer: (request: Request) => Promise<Response> = () =>
    Promise.resolve(new Response(null, { status: 503 }))
  const server = createServer((request, response) => void respond(request, response, (one) => answer(one)))
  const port = await listen(server)
  const origin = `http://127.0.0.1:${port}`
  const refused: unknown[] = []
  const federation = createFederation<void>({
    kv: new MemoryKvStore(),
    origin,
    allowPrivateAddress: true,
    firstKnock: options.knock,
    onOutboxError: (error) => void refused.push(error),
  })
  const received: Activity[] = []
  const dialects: FedifyPeer['dialects'] = []
  const notes = new Map<string, Note>()
  await describe(federation, { options, notes, received })
  answer = async (request) => {
    const isInbox = request.method === 'POST'
    const dialect = request.headers.has('signature-input') ? 'rfc9421' : 'cavage'
    const response = await federation.fetch(request, { contextData: undefined })
    if (isInbox && response.ok) dialects.push(dialect)
    return response
  }
  const ctx = federation.createContext(new URL(origin), undefined)
  const actorUri = ctx.getActorUri('fay').href
  return {
    origin,
    handle: `@fay@127.0.0.1:${port}`,
    actorUri,
    ctx,
    received,
    dialects,
    refused,
    notes,
    send: (to, activity) =>
      ctx.sendActivity({ identifier: 'fay' }, to, activity, { preferSharedInbox: true }),
    note(content, more = {}) {
      const name = String(notes.size + 1)
      const note = new Note({
        id: ctx.getObjectUri(Note, { name }),
        attribution: new URL(actorUri),
        content,
        to: PUBLIC_COLLECTION,
        cc: ctx.getFollowersUri('fay'),
        ...more,
      })
      notes.set(name, note)
      return note
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

interface Parts {
  options: PeerOptions
  notes: Map<string, Note>
  received: Activity[]
}

async function describe(federation: Federation<void>, { options, notes, received }: Parts): Promise<void> {
  const keys = [await generateCryptoKeyPair('RSASSA-PKCS1-v1_5')]
  if (options.withProofs) keys.push(await generateCryptoKeyPair('Ed25519'))
  federation
    .setActorDispatcher('/users/{identifier}', async (ctx, identifier) => {
      if (identifier !== 'fay') return null
      const pairs = await ctx.getActorKeyPairs(identifier)
      return new Person({
        id: ctx.getActorUri(identifier),
        preferredUsername: identifier,
        name: 'Fay of Fedify',
        summary: '<p>Made by somebody else</p>',
        inbox: ctx.getInboxUri(identifier),
        outbox: ctx.getOutboxUri(identifier),
        followers: ctx.getFollowersUri(identifier),
        endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
        url: new URL(`/@${identifier}`, ctx.origin),
        ...(pairs[0] ? { publicKey: pairs[0].cryptographicKey } : {}),
        assertionMethods: pairs.map((pair) => pair.multikey),
      })
    })
    .setKeyPairsDispatcher(() => keys)
  federation.setOutboxDispatcher('/users/{identifier}/outbox', () => ({ items: [] }))
  federation.setFollowersDispatcher('/users/{identifier}/followers', () => ({ items: [] }))
  federation.setObjectDispatcher(Note, '/notes/{name}', (_, { name }) => notes.get(name) ?? null)
  federation.setNodeInfoDispatcher('/nodeinfo/2.1', () => ({
    software: { name: 'fedify-peer', version: '2.3.6' },
    protocols: ['activitypub' as const],
    usage: { users: { total: 1 }, localPosts: notes.size, localComments: 0 },
  }))
  federation
    .setInboxListeners('/users/{identifier}/inbox', '/inbox')
    .on(Follow, async (ctx, follow) => {
      received.push(follow)
      const follower = await follow.getActor(ctx)
      if (!follower) return
      const accept = new Accept({ actor: ctx.getActorUri('fay'), object: follow })
      await ctx.sendActivity({ identifier: 'fay' }, follower, accept)
    })
    .on(Activity, (_, activity) => void received.push(activity))
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = 'GET', url = '/', headers } = request
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) }
  const asked = new Request(`http://${headers.host}${url}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
    ...body,
  })
  const given = await answer(asked).catch(() => new Response('trouble', { status: 500 }))
  response.writeHead(given.status, Object.fromEntries(given.headers))
  response.end(Buffer.from(await given.arrayBuffer()))
}
