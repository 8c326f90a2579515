// Promises about servers that talk over https as they do on the internet, with certificates that are checked.
import assert from 'node:assert/strict'
import { request } from 'node:https'
import { after, before, test } from 'node:test'
import { createAuthority } from '../certificates.ts'
import { forEachEngine } from '../database.ts'
import { openTlsFront } from '../tls-front.ts'
import type { TlsFront } from '../tls-front.ts'
import { arrives, copyOf, find, follow, notified, startWorlds, until } from '../two-worlds.ts'
import type { Citizen, Server, Worlds } from '../two-worlds.ts'
import { taggedJpeg } from '../unit/media/pictures.ts'

forEachEngine((engine) => {
  const authority = createAuthority()
  let worlds: Worlds
  let a: Server
  let b: Server
  let alice: Citizen
  let bob: Citizen
  /** Says that it is evil.test, with a certificate of an authority that nobody believes. */
  let impostor: TlsFront
  /** Has a good certificate, but of another name. */
  let misnamed: TlsFront
  before(async () => {
    impostor = await openTlsFront(createAuthority().issue('evil.test'), 9)
    misnamed = await openTlsFront(authority.issue('other.test'), 9)
    const hosts = {
      'evil.test': { address: '127.0.0.1', port: impostor.port },
      'named.test': { address: '127.0.0.1', port: misnamed.port },
    }
    worlds = await startWorlds({ engine, domains: ['a.test', 'b.test'], hosts, authority })
    ;[a, b] = worlds.servers as [Server, Server]
    alice = await a.account('alice')
    bob = await b.account('bob')
  })
  after(async () => {
    await worlds.stop()
    await Promise.all([impostor.close(), misnamed.close()])
  })

  /** Asks a server over https, as somebody who believes the authority. */
  const ask = (server: Server, path: string, accept: string): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const call = request({
        host: '127.0.0.1',
        port: server.front?.port,
        servername: server.domain,
        ca: authority.ca,
        path,
        headers: { host: server.domain, accept },
      })
      call.on('response', (answer) => {
        let body = ''
        answer.on('data', (part: Buffer) => (body += part.toString('latin1')))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
      })
      call.on('error', reject)
      call.end()
    })

  test('people of two servers follow each other, post, reply and like over https', async () => {
    await follow(bob, alice)
    await follow(alice, bob)
    await alice.api.post('/api/v1/statuses', { status: 'over a safe wire' })
    const seen = await arrives(bob, 'over a safe wire')
    assert.ok(seen.uri.startsWith('https://a.test/users/alice/'), seen.uri)
    await bob.api.post('/api/v1/statuses', {
      status: `${alice.handle} and back again`,
      in_reply_to_id: seen.id,
    })
    await bob.api.post(`/api/v1/statuses/${seen.id}/favourite`)
    const mention = await notified(alice, 'mention')
    assert.match(mention.status.content, /and back again/)
    assert.equal(mention.account.acct, 'bob@b.test')
    await notified(alice, 'favourite')
  })

  test('a picture crosses over, and readers get it from their own server', async () => {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(await taggedJpeg())], { type: 'image/jpeg' }), 'a.jpg')
    const { id } = await alice.api.post('/api/v2/media', form)
    await alice.api.post('/api/v1/statuses', { status: 'with a picture', media_ids: [id] })
    const seen = await arrives(bob, 'with a picture')
    const { url, remote_url: remote } = seen.media_attachments[0]
    assert.ok(url.startsWith('https://b.test/media_proxy/') && remote.startsWith('https://a.test/media/'))
    const { pathname, search } = new URL(url)
    const copy = await ask(b, pathname + search, 'image/*')
    assert.equal(copy.status, 200)
    assert.ok(copy.body.startsWith('\xff\xd8'), 'a JPEG')
  })

  test('deliveries name the host without a port and are signed for it', async () => {
    const posts = await until('deliveries', () => {
      const found = (b.front?.asked ?? []).filter(({ method }) => method === 'POST')
      return found.length > 0 && found
    })
    for (const { headers } of posts) {
      assert.equal(headers.host, 'b.test')
      const signed = /headers="([^"]*)"/.exec(String(headers['signature']))?.[1] ?? ''
      assert.ok(signed.split(' ').includes('host') || headers['signature-input'] !== undefined, signed)
    }
    assert.ok(posts.some(({ path }) => path === '/inbox'))
  })

  test('what a server says of itself names https and no port', async () => {
    const { body } = await ask(a, '/.well-known/webfinger?resource=acct:alice@a.test', '*/*')
    assert.match(body, /"https:\/\/a\.test\/users\/alice"/)
    const actor = await ask(a, '/users/alice', 'application/activity+json')
    assert.equal(actor.status, 200)
    const { inbox, endpoints } = JSON.parse(actor.body)
    assert.deepEqual([inbox, endpoints.sharedInbox], [`${alice.uri}/inbox`, 'https://a.test/inbox'])
    assert.equal((await find(bob, alice)).url, 'https://a.test/@alice')
  })

  test('a server whose certificate cannot be believed is not talked to', async () => {
    for (const [domain, front] of [
      ['evil.test', impostor],
      ['named.test', misnamed],
    ] as const) {
      assert.equal(await copyOf(bob, `https://${domain}/users/mallory/posts/1`), undefined)
      const { accounts } = await bob.api.get(`/api/v2/search?resolve=true&type=accounts&q=@mallory@${domain}`)
      assert.deepEqual(accounts, [])
      assert.deepEqual(front.asked, [], 'nothing was said before the certificate was checked')
    }
  })
})
