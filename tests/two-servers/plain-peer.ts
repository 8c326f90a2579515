// Another server for tests that kill ours: its people have inboxes that are slow, and one of them, dave, writes.
import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateRsaKeyPair } from '../../src/protocols/activitypub/signing/keys.ts'
import { signRequest } from '../../src/protocols/activitypub/signing/request-signature.ts'
import type { Json } from '../api-client.ts'

const AP = 'application/activity+json'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

export interface Peer {
  origin: string
  /** `inbox activity` of each delivery, in order. */
  received: string[]
  /** Sends a note that mentions alice; the status of the answer. */
  mention(port: number, number: number): Promise<number>
  close(): Promise<void>
}

/** Starts it on a free port of this machine; every address of a person leads to an inbox, and dave has keys. */
export async function openPeer(): Promise<Peer> {
  const { publicKeyPem, privateKeyPem } = await generateRsaKeyPair()
  const received: string[] = []
  let actor: Json = {}
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (request.method !== 'POST') {
        const isActor = request.url === '/users/dave'
        response
          .writeHead(isActor ? 200 : 404, { 'content-type': AP })
          .end(isActor ? JSON.stringify(actor) : '')
        return
      }
      const { id } = JSON.parse(Buffer.concat(parts).toString()) as { id: string }
      received.push(`${request.url} ${id}`)
      setTimeout(() => response.writeHead(202).end(), 10)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const uri = `${origin}/users/dave`
  actor = {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
    id: uri,
    type: 'Person',
    preferredUsername: 'dave',
    inbox: `${uri}/inbox`,
    followers: `${uri}/followers`,
    publicKey: { id: `${uri}#main-key`, owner: uri, publicKeyPem },
  }
  const key = { keyId: `${uri}#main-key`, privateKey: createPrivateKey(privateKeyPem) }
  return {
    origin,
    received,
    mention: (port, number) => deliver(port, noteActivity(origin, port, number), key),
    close: () => closeServer(server),
  }
}

function noteActivity(origin: string, port: number, number: number): Json {
  const actor = `${origin}/users/dave`
  const alice = `http://localhost:${port}/users/alice`
  return {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${origin}/notes/${number}/activity`,
    type: 'Create',
    actor,
    to: [PUBLIC],
    cc: [alice],
    object: {
      id: `${origin}/notes/${number}`,
      type: 'Note',
      attributedTo: actor,
      content: `<p>note ${number}</p>`,
      published: new Date().toISOString(),
      to: [PUBLIC],
      cc: [alice],
      tag: [{ type: 'Mention', href: alice, name: '@alice' }],
    },
  }
}

async function deliver(
  port: number,
  activity: Json,
  key: { keyId: string; privateKey: KeyObject },
): Promise<number> {
  const url = `http://localhost:${port}/inbox`
  const body = Buffer.from(JSON.stringify(activity))
  const headers = { 'content-type': AP }
  const signed = signRequest({ method: 'POST', url, headers, body }, key, Date.now())
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, ...signed }, body })
  await answer.arrayBuffer()
  return answer.status
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })
}
