// Other servers for tests: real HTTP servers on this machine under names of their own, with actors who sign.
import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateRsaKeyPair } from '../../../src/protocols/activitypub/signing/keys.ts'
import { signRequest } from '../../../src/protocols/activitypub/signing/request-signature.ts'
import type { SigningKey } from '../../../src/protocols/activitypub/signing/types.ts'

export type Json = Record<string, unknown>
export const AP = 'application/activity+json'

export interface PeerActor {
  uri: string
  username: string
  keyId: string
  publicKeyPem: string
  privateKey: KeyObject
  document: Json
}

/** What a path answers. */
export interface Page {
  status?: number
  type?: string
  body?: string | Buffer
  headers?: Record<string, string>
  handle?: (incoming: IncomingMessage, outgoing: ServerResponse) => void
}

export interface Peer {
  host: string
  port: number
  origin: string
  /** Paths asked for so far, in order. */
  asked: string[]
  /** Bodies that were posted here. */
  received: { path: string; body: Json; headers: IncomingMessage['headers'] }[]
  serve(path: string, page: Page | Json): void
  remove(path: string, status?: number): void
  /** An actor with key, WebFinger and document; changed as the test needs. */
  actor(username: string, change?: Json): Promise<PeerActor>
  close(): Promise<void>
}

const keys: { publicKeyPem: string; privateKeyPem: string }[] = await Promise.all(
  Array.from({ length: 4 }, () => generateRsaKeyPair()),
)
let nextKey = 0

/** Making RSA keys is slow; tests need different ones, not new ones. */
function takeKey(): { publicKeyPem: string; privateKeyPem: string } {
  return keys[nextKey++ % keys.length] as { publicKeyPem: string; privateKeyPem: string }
}

function isPage(page: Page | Json): page is Page {
  return 'body' in page || 'status' in page || 'handle' in page
}

/** Starts a server that calls itself `host`. */
export async function openPeer(host: string): Promise<Peer> {
  const pages = new Map<string, Page>()
  const fingers = new Map<string, Json>()
  const asked: string[] = []
  const received: Peer['received'] = []
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/'
    if (incoming.method === 'POST') {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('end', () => {
        received.push({
          path,
          body: JSON.parse(Buffer.concat(parts).toString()) as Json,
          headers: incoming.headers,
        })
        outgoing.writeHead(202).end()
      })
      return
    }
    asked.push(path)
    const resource = new URL(path, 'http://x').searchParams.get('resource')
    const finger = path.startsWith('/.well-known/webfinger') ? fingers.get(resource ?? '') : undefined
    if (finger) {
      outgoing.writeHead(200, { 'content-type': 'application/jrd+json' }).end(JSON.stringify(finger))
      return
    }
    const page = pages.get(path)
    if (page?.handle) return page.handle(incoming, outgoing)
    outgoing.writeHead(page?.status ?? (page ? 200 : 404), {
      'content-type': page?.type ?? AP,
      ...page?.headers,
    })
    outgoing.end(page?.body ?? '')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const origin = `http://${host}`
  const serve: Peer['serve'] = (path, page) => {
    pages.set(path, isPage(page) ? page : { body: JSON.stringify(page) })
  }
  return {
    host,
    port: (server.address() as AddressInfo).port,
    origin,
    asked,
    received,
    serve,
    remove(path, status = 404) {
      pages.set(path, { status, body: '' })
    },
    async actor(username, change = {}) {
      const uri = `${origin}/users/${username}`
      const { publicKeyPem, privateKeyPem } = takeKey()
      const keyId = `${uri}#main-key`
      const document = {
        '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
        id: uri,
        type: 'Person',
        preferredUsername: username,
        name: username,
        inbox: `${uri}/inbox`,
        outbox: `${uri}/outbox`,
        followers: `${uri}/followers`,
        featured: `${uri}/featured`,
        endpoints: { sharedInbox: `${origin}/inbox` },
        publicKey: { id: keyId, owner: uri, publicKeyPem },
        ...change,
      }
      serve(`/users/${username}`, document)
      fingers.set(`acct:${username}@${host}`, {
        subject: `acct:${username}@${host}`,
        links: [{ rel: 'self', type: AP, href: uri }],
      })
      await Promise.resolve()
      return { uri, username, keyId, publicKeyPem, privateKey: createPrivateKey(privateKeyPem), document }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export interface Post {
  path?: string
  body: string | Buffer
  headers?: Record<string, string>
}

/** Posts bytes to a server of ours that listens on `port` and calls itself here.test; gives status and answer. */
export function postTo(port: number, post: Post): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        path: post.path ?? '/inbox',
        method: 'POST',
        headers: { host: 'here.test', 'content-type': AP, ...post.headers },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
        )
      },
    )
    call.on('error', reject)
    call.end(post.body)
  })
}

/** The headers by which an actor signs a POST to our `path`. */
export function signedHeaders(
  actor: Pick<PeerActor, 'keyId' | 'privateKey'>,
  body: Buffer,
  options: { path?: string; now: number; dialect?: SigningKey['dialect'] },
): Record<string, string> {
  const request = {
    method: 'POST',
    url: `http://here.test${options.path ?? '/inbox'}`,
    headers: { 'content-type': AP },
    body,
  }
  const key: SigningKey = {
    keyId: actor.keyId,
    privateKey: actor.privateKey,
    ...(options.dialect === undefined ? {} : { dialect: options.dialect }),
  }
  return signRequest(request, key, options.now)
}
