// Promises to people who come from elsewhere: the way to their own server, and what other apps share before a worker runs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBrowser } from '../browser.ts'
import { openPeer } from '../unit/activitypub-inbox/peer.ts'
import type { Peer } from '../unit/activitypub-inbox/peer.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

const FOLLOW = 'https://w3id.org/fep/3b86/Follow'
const OBJECT = 'https://w3id.org/fep/3b86/Object'
const SUBSCRIBE = 'http://ostatus.org/schema/1.0/subscribe'

let world: World
let peers: Peer[]

/** A server whose people are offered these ways: a rel and its template each. */
async function serverWith(host: string, ways: Record<string, string>): Promise<Peer> {
  const peer = await openPeer(host)
  peer.serve(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:dave@${host}`)}`, {
    subject: `acct:dave@${host}`,
    links: Object.entries(ways).map(([rel, template]) => ({ rel, template })),
  })
  return peer
}

before(async () => {
  peers = [
    await serverWith('new.test', {
      [SUBSCRIBE]: 'http://new.test/old?uri={uri}',
      [FOLLOW]: 'http://new.test/follow?who={object}&then={on-success}',
      [OBJECT]: 'http://new.test/see?it={object}',
    }),
    await serverWith('classic.test', { [SUBSCRIBE]: 'http://classic.test/subscribe?to={uri}' }),
    await serverWith('plain.test', {}),
    await serverWith('evil.test', { [FOLLOW]: 'javascript:alert(1)//{object}' }),
  ]
  const hosts = Object.fromEntries(peers.map(({ host, port }) => [host, { address: '127.0.0.1', port }]))
  world = await startWorld({
    engine: 'sqlite',
    outgoing: { hosts },
    config: { allowPrivate: ['127.0.0.1'] },
  })
})
after(async () => {
  await world.stop()
  await Promise.all(peers.map((peer) => peer.close()))
})

test('who follows from another server is led to the best way that server offers', async () => {
  await world.account('alice')
  const browser = createBrowser(world.origin)
  const profile = await browser.open('/@alice')
  const uri = profile.field('uri')
  const intent = profile.field('intent')
  const led = async (address: string, more: Record<string, string>) =>
    (await browser.open(`/interact?${new URLSearchParams({ address, uri, ...more })}`)).location
  const it = encodeURIComponent(uri)
  assert.equal(await led('dave@new.test', { intent }), `http://new.test/follow?who=${it}&then=`)
  assert.equal(await led('@dave@new.test', {}), `http://new.test/see?it=${it}`)
  for (const more of [{ intent }, {}]) {
    assert.equal(await led('dave@classic.test', more), `http://classic.test/subscribe?to=${it}`)
    assert.equal(await led('dave@plain.test', more), `http://plain.test/authorize_interaction?uri=${it}`)
  }
  assert.equal(await led('dave@evil.test', { intent }), `http://evil.test/authorize_interaction?uri=${it}`)
})

test('a mistyped address is asked for again, and following stays what is meant', async () => {
  const browser = createBrowser(world.origin)
  const uri = `${world.origin}/users/alice`
  const { location } = await browser.open(
    `/interact?${new URLSearchParams({ address: 'dave at new', uri, intent: 'follow' })}`,
  )
  const again = await browser.open(location ?? '')
  assert.equal(again.field('intent'), 'follow')
  assert.equal(again.field('uri'), uri)
})

/** As the system does it: a form with files. */
async function share(form: FormData): Promise<URL> {
  const answer = await fetch(`${world.origin}/share`, { method: 'POST', body: form, redirect: 'manual' })
  assert.equal(answer.status, 303)
  return new URL(answer.headers.get('location') ?? '', world.origin)
}

test('what other apps share before the service worker runs reaches the composer, and files are told about', async () => {
  const form = new FormData()
  form.set('title', 'Ein Fund & mehr')
  form.set('text', 'Look \u{1f331}')
  form.set('url', 'https://garden.test/?a=1&b=2')
  form.set('other', 'x'.repeat(20_000))
  const words = await share(form)
  assert.equal(words.pathname, '/publish')
  assert.equal(
    words.searchParams.get('text'),
    'Ein Fund & mehr\nLook \u{1f331}\nhttps://garden.test/?a=1&b=2',
  )
  assert.equal(words.searchParams.has('left'), false)
  form.append('files', new File([new Uint8Array(3_000_000)], 'sky.png', { type: 'image/png' }))
  const withFile = await share(form)
  assert.equal(withFile.searchParams.get('text'), words.searchParams.get('text'))
  assert.equal(withFile.searchParams.get('left'), '1')
  // What breaks off is no reason to lose what came before.
  const broken = await fetch(`${world.origin}/share`, {
    method: 'POST',
    body: '--b\r\ncontent-disposition: form-data; name="text"\r\n\r\nkept\r\n--b\r\ncontent-dispo',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    redirect: 'manual',
  })
  assert.equal(broken.headers.get('location'), '/publish?text=kept')
  const asked = await fetch(`${world.origin}/share?text=Hello&url=https://a.test/`, { redirect: 'manual' })
  assert.equal(asked.headers.get('location'), '/publish?text=Hello%0Ahttps%3A%2F%2Fa.test%2F')
})
