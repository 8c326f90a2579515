// Nobody speaks for others: forged signatures, keys, ids and embedded objects have no effect.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { forEachEngine } from '../../database.ts'
import { AP, postTo, signedHeaders } from './peer.ts'
import type { Json } from './peer.ts'
import { activityBy, noteBy, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

forEachEngine((engine) => {
  describe('the inbox', () => {
    let stage: Stage
    before(async () => {
      stage = await openStage(engine)
    })
    after(() => stage.close())
    beforeEach(() => {
      stage.far.asked.length = 0
      stage.evil.asked.length = 0
    })

    const posts = async (): Promise<string[]> => {
      await stage.settle()
      const rows = await stage.ctx.store.read.selectFrom('posts').select('uri').orderBy('id').execute()
      return rows.map((row) => row.uri)
    }
    const contentOf = async (uri: string): Promise<string | undefined> => {
      await stage.settle()
      const { read } = stage.ctx.store
      return (await read.selectFrom('posts').select('content').where('uri', '=', uri).executeTakeFirst())
        ?.content
    }
    /** A post by dave that is known here. */
    const known = async (change: Json = {}): Promise<Json & { id: string }> => {
      const note = noteBy(stage.dave, change)
      assert.equal(await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note)), 202)
      assert.ok((await posts()).includes(note.id))
      return note
    }
    const post = (body: object | string, headers: Record<string, string> = {}, path = '/inbox') =>
      postTo(stage.port, { path, body: typeof body === 'string' ? body : JSON.stringify(body), headers })

    it('asks nobody for anything when a request is unsigned or malformed', async () => {
      const activity = activityBy(stage.mallory, 'Create', noteBy(stage.mallory))
      assert.equal((await post(activity)).status, 401)
      const headers = {
        signature: `keyId="http://evil.test/users/mallory#main-key",headers="",signature="AAAA"`,
      }
      const answer = await post(activity, headers)
      assert.ok(answer.status === 400 || answer.status === 401, answer.text)
      assert.ok('error' in (JSON.parse(answer.text) as Json))
      assert.deepEqual([...stage.evil.asked, ...stage.far.asked], [])
    })

    it('refuses bodies that are no activities, too large, too deep or of another kind', async () => {
      const send = async (body: string, type = AP): Promise<number> => {
        const bytes = Buffer.from(body)
        const headers = signedHeaders(stage.dave, bytes, { now: stage.now() })
        return (await postTo(stage.port, { body: bytes, headers: { ...headers, 'content-type': type } }))
          .status
      }
      await known()
      assert.equal(await send('{"type":"Create"', AP), 400)
      assert.equal(await send('[1,2,3]', AP), 400)
      assert.equal(
        await send(`{"type":"Create","actor":"${stage.dave.uri}","object":${'['.repeat(800)}`),
        413,
      )
      assert.equal(await send(JSON.stringify({ type: 'Create', x: 'x'.repeat(1_100_000) })), 413)
      assert.equal(await send('{}', 'text/plain'), 415)
      assert.equal(await send('{}', 'application/json'), 415)
      const tricks = { '@graph': [activityBy(stage.dave, 'Create', noteBy(stage.dave))] }
      assert.equal(
        await send(
          JSON.stringify({ type: 'Create', actor: stage.dave.uri, object: 'http://far.test/x', ...tricks }),
        ),
        400,
      )
    })

    it('refuses a signature over another body, another path, or of another time', async () => {
      const body = Buffer.from(JSON.stringify(activityBy(stage.dave, 'Create', noteBy(stage.dave))))
      const other = Buffer.from(JSON.stringify(activityBy(stage.dave, 'Create', noteBy(stage.dave))))
      const before = await posts()
      const headers = signedHeaders(stage.dave, body, { now: stage.now() })
      assert.equal((await postTo(stage.port, { body: other, headers })).status, 401)
      assert.equal((await postTo(stage.port, { path: '/users/alice/inbox', body, headers })).status, 401)
      assert.equal((await postTo(stage.port, { path: '/inbox?x=1', body, headers })).status, 202)
      const { digest: _, ...bare } = headers
      assert.equal((await postTo(stage.port, { body: other, headers: bare })).status, 401)
      const late = signedHeaders(stage.dave, other, { now: stage.now() - 2 * 3_600_000 })
      assert.equal((await postTo(stage.port, { body: other, headers: late })).status, 401)
      const early = signedHeaders(stage.dave, other, { now: stage.now() + 2 * 3_600_000 })
      assert.equal((await postTo(stage.port, { body: other, headers: early })).status, 401)
      const kept = await posts()
      assert.equal(
        kept.length,
        before.length + 1,
        'only the one whose query was not signed, as Friendica does it',
      )
    })

    it('does nothing in the name of another whom the signer claims to be', async () => {
      const note = noteBy(stage.dave)
      const forged = activityBy(stage.dave, 'Create', note)
      const before = await posts()
      assert.equal(await stage.deliver(stage.dave, forged, { key: stage.mallory }), 401)
      assert.deepEqual(await posts(), before)
    })

    it('believes no key document that claims an actor of another server', async () => {
      const { uri } = stage.dave
      const document = {
        ...stage.mallory.document,
        id: uri,
        publicKey: { id: 'http://evil.test/k1', owner: uri, publicKeyPem: stage.mallory.publicKeyPem },
      }
      stage.evil.serve('/k1', document)
      const forged = activityBy(stage.dave, 'Create', noteBy(stage.dave))
      const before = await posts()
      const key = { keyId: 'http://evil.test/k1', privateKey: stage.mallory.privateKey }
      assert.equal(await stage.deliver(stage.dave, forged, { key }), 401)
      assert.deepEqual(await posts(), before)
    })

    it('believes no key whose actor does not list it', async () => {
      const { uri } = stage.dave
      stage.far.serve('/loose-key', {
        id: 'http://far.test/loose-key',
        type: 'CryptographicKey',
        owner: uri,
        publicKeyPem: stage.mallory.publicKeyPem,
      })
      stage.evil.serve('/stolen-key', {
        id: 'http://evil.test/stolen-key',
        type: 'CryptographicKey',
        owner: uri,
        publicKeyPem: stage.mallory.publicKeyPem,
      })
      for (const keyId of ['http://far.test/loose-key', 'http://evil.test/stolen-key']) {
        const forged = activityBy(stage.dave, 'Create', noteBy(stage.dave))
        const key = { keyId, privateKey: stage.mallory.privateKey }
        assert.equal(await stage.deliver(stage.dave, forged, { key }), 401, keyId)
      }
    })

    it('keeps no key under an address that its document does not name', async () => {
      const trent = await stage.far.actor('trent')
      stage.far.serve('/poison', {
        id: trent.keyId,
        type: 'CryptographicKey',
        owner: trent.uri,
        publicKeyPem: stage.mallory.publicKeyPem,
      })
      const key = { keyId: 'http://far.test/poison', privateKey: stage.mallory.privateKey }
      const forged = activityBy(trent, 'Create', noteBy(trent))
      assert.equal(await stage.deliver(trent, forged, { key }), 401)
      const again = activityBy(trent, 'Create', noteBy(trent))
      assert.equal(await stage.deliver(trent, again, { key: { ...key, keyId: trent.keyId } }), 401)
      assert.equal(await stage.deliver(trent, activityBy(trent, 'Create', noteBy(trent))), 202)
    })

    it('takes no key from another server to which the address of the key leads', async () => {
      const tess = await stage.far.actor('tess')
      const keyId = 'http://far.test/moved-key'
      stage.far.serve('/users/tess', { ...tess.document, publicKey: keyId })
      const document = { id: keyId, type: 'CryptographicKey', owner: tess.uri }
      const deliver = (privateKey: typeof tess.privateKey) =>
        stage.deliver(tess, activityBy(tess, 'Create', noteBy(tess)), { key: { keyId, privateKey } })
      stage.evil.serve('/moved-key', { ...document, publicKeyPem: stage.mallory.publicKeyPem })
      stage.far.serve('/moved-key', { status: 302, headers: { location: 'http://evil.test/moved-key' } })
      assert.equal(await deliver(stage.mallory.privateKey), 401)
      assert.ok(stage.evil.asked.includes('/moved-key'))
      stage.pass(3_600_000)
      stage.far.serve('/moved-key', { ...document, publicKeyPem: tess.publicKeyPem })
      assert.equal(await deliver(tess.privateKey), 202)
    })

    it('knows actors whose key stands in a document of its own, as GoToSocial has it', async () => {
      const sloth = await stage.far.actor('sloth')
      const keyId = `${sloth.uri}/main-key`
      const publicKey = { id: keyId, owner: sloth.uri, publicKeyPem: sloth.publicKeyPem }
      stage.far.serve('/users/sloth', { ...sloth.document, publicKey })
      const { id, type, preferredUsername } = sloth.document
      stage.far.serve('/users/sloth/main-key', { id, type, preferredUsername, publicKey })
      const note = noteBy(sloth)
      const key = { keyId, privateKey: sloth.privateKey }
      assert.equal(await stage.deliver(sloth, activityBy(sloth, 'Create', note), { key }), 202)
      assert.ok((await posts()).includes(note.id))
    })

    it('accepts RFC 9421 signatures as well', async () => {
      const note = noteBy(stage.dave)
      const status = await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note), {
        dialect: 'rfc9421',
      })
      assert.equal(status, 202)
      assert.ok((await posts()).includes(note.id))
    })

    it('looks an unusable key up once, however often it is named', async () => {
      stage.evil.serve('/users/ghost', { status: 404, body: '' })
      for (let attempt = 0; attempt < 30; attempt++) {
        const forged = activityBy(stage.mallory, 'Create', noteBy(stage.mallory))
        const key = { keyId: 'http://evil.test/users/ghost#main-key', privateKey: stage.mallory.privateKey }
        assert.equal(await stage.deliver(stage.mallory, forged, { key }), 401)
      }
      assert.equal(stage.evil.asked.length, 1)
    })

    it('asks for a known key again at most once when signatures fail', async () => {
      await known()
      stage.far.asked.length = 0
      for (let attempt = 0; attempt < 30; attempt++) {
        const forged = activityBy(stage.dave, 'Create', noteBy(stage.dave))
        const key = { keyId: stage.dave.keyId, privateKey: stage.mallory.privateKey }
        assert.equal(await stage.deliver(stage.dave, forged, { key }), 401)
      }
      assert.ok(stage.far.asked.filter((path) => path === '/users/dave').length <= 2)
    })

    it('believes an actor who changed keys', async () => {
      const rita = await stage.far.actor('rita')
      assert.equal(await stage.deliver(rita, activityBy(rita, 'Create', noteBy(rita))), 202)
      const renewed = await stage.far.actor('rita')
      assert.notEqual(renewed.publicKeyPem, rita.publicKeyPem)
      const note = noteBy(renewed)
      assert.equal(await stage.deliver(renewed, activityBy(renewed, 'Create', note)), 202)
      assert.ok((await posts()).includes(note.id))
      assert.equal(await stage.deliver(rita, activityBy(rita, 'Create', noteBy(rita))), 401)
    })

    it('never calls private addresses that a key id names', async () => {
      let asked = 0
      const inside = createServer((_, outgoing) => {
        asked += 1
        outgoing.end('{}')
      })
      await new Promise<void>((resolve) => {
        inside.listen(0, '127.0.0.2', resolve)
      })
      const { port } = inside.address() as AddressInfo
      const addresses = ['127.0.0.2', '2130706434', '0x7f000002', '0177.0.0.2', '[::ffff:7f00:2]']
      for (const address of addresses) {
        const key = { keyId: `http://${address}:${port}/key`, privateKey: stage.mallory.privateKey }
        const forged = activityBy(stage.mallory, 'Create', noteBy(stage.mallory))
        const status = await stage.deliver(stage.mallory, forged, { key })
        assert.ok([400, 401, 503].includes(status), `${address} ${status}`)
      }
      inside.close()
      assert.equal(asked, 0)
    })

    it('refuses an activity whose id belongs to another server', async () => {
      const activity = {
        ...activityBy(stage.mallory, 'Create', noteBy(stage.mallory)),
        id: 'http://far.test/activities/early',
      }
      assert.equal(await stage.deliver(stage.mallory, activity), 403)
      const note = noteBy(stage.dave)
      const own = { ...activityBy(stage.dave, 'Create', note), id: 'http://far.test/activities/early' }
      assert.equal(await stage.deliver(stage.dave, own), 202)
      assert.ok((await posts()).includes(note.id), 'the claim of another did not stand in its way')
    })

    it('takes an embedded object of another server only as that server has it', async () => {
      const real = noteBy(stage.dave, { content: '<p>What dave wrote</p>' })
      stage.far.serve(new URL(real.id).pathname, real)
      const forged = { ...real, content: '<p>Buy now</p>' }
      assert.equal(await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', forged)), 202)
      assert.equal(await contentOf(real.id), '<p>What dave wrote</p>')
      const invented = noteBy(stage.dave, { content: '<p>Never written</p>' })
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', invented))
      assert.equal(await contentOf(invented.id), undefined)
    })

    it('keeps no post whose author is another than who sends it', async () => {
      const erin = await stage.far.actor('erin')
      const note = noteBy(erin)
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note))
      assert.equal(await contentOf(note.id), undefined, 'of the same server, yet not there')
      const disguised = noteBy(stage.mallory, { attributedTo: stage.dave.uri })
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', disguised))
      assert.equal(await contentOf(disguised.id), undefined)
    })

    it('boosts a post as its own server has it, whatever was embedded', async () => {
      const real = noteBy(stage.dave, { content: '<p>The truth</p>' })
      stage.far.serve(new URL(real.id).pathname, real)
      const forged = { ...real, content: '<p>A lie</p>' }
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Announce', forged, { to: [PUBLIC] }))
      assert.equal(await contentOf(real.id), '<p>The truth</p>')
      const invented = noteBy(stage.dave, { content: '<p>Spoofed</p>' })
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Announce', invented, { to: [PUBLIC] }))
      assert.equal(await contentOf(invented.id), undefined)
    })

    it('lets nobody change or delete the posts of others', async () => {
      const note = await known({ content: '<p>Mine</p>' })
      const changed = { ...note, content: '<p>Yours</p>', updated: new Date(stage.now()).toISOString() }
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Update', changed))
      await stage.deliver(
        stage.mallory,
        activityBy(stage.mallory, 'Update', { ...changed, attributedTo: stage.mallory.uri }),
      )
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Delete', note.id))
      await stage.deliver(
        stage.mallory,
        activityBy(stage.mallory, 'Delete', { id: note.id, type: 'Tombstone' }),
      )
      stage.far.serve(new URL(note.id).pathname, note)
      const neighbour = await stage.far.actor('neighbour')
      await stage.deliver(neighbour, activityBy(neighbour, 'Update', changed))
      await stage.deliver(neighbour, activityBy(neighbour, 'Delete', note.id))
      assert.equal(await contentOf(note.id), '<p>Mine</p>')
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Update', changed))
      assert.equal(await contentOf(note.id), '<p>Yours</p>')
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Delete', { id: note.id, type: 'Tombstone' }))
      assert.equal(await contentOf(note.id), undefined)
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note))
      assert.equal(await contentOf(note.id), undefined, 'what was deleted does not come back')
    })

    it('never lets an update make a private post public', async () => {
      const direct = await known({
        to: [stage.ctx.urls.account('alice')],
        cc: [],
        tag: [{ type: 'Mention', href: stage.ctx.urls.account('alice'), name: '@alice@here.test' }],
        directMessage: true,
      })
      const opened = {
        ...direct,
        to: [PUBLIC],
        cc: [],
        directMessage: false,
        content: '<p>!</p>',
        updated: new Date(stage.now()).toISOString(),
      }
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Update', opened))
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Announce', direct.id, { to: [PUBLIC] }))
      await stage.settle()
      const row = await stage.ctx.store.read
        .selectFrom('posts')
        .select(['audience', 'boosts_count'])
        .where('uri', '=', direct.id)
        .executeTakeFirst()
      assert.deepEqual(row, { audience: 'direct', boosts_count: 0 })
    })

    it('refuses documents of another media type, from elsewhere, or under another id', async () => {
      const cases: [string, (path: string, note: Json & { id: string }) => void][] = [
        [
          'plain JSON',
          (path, note) => stage.far.serve(path, { type: 'application/json', body: JSON.stringify(note) }),
        ],
        ['text', (path, note) => stage.far.serve(path, { type: 'text/plain', body: JSON.stringify(note) })],
        [
          'a picture',
          (path, note) => stage.far.serve(path, { type: 'image/png', body: JSON.stringify(note) }),
        ],
        [
          'ld+json without profile',
          (path, note) => stage.far.serve(path, { type: 'application/ld+json', body: JSON.stringify(note) }),
        ],
      ]
      for (const [name, serve] of cases) {
        const note = noteBy(stage.dave)
        serve(new URL(note.id).pathname, note)
        assert.equal(await stage.ctx.remote.postByUri(note.id), undefined, name)
      }
      const victim = noteBy(stage.dave)
      stage.evil.serve('/copy', victim)
      assert.equal(await stage.ctx.remote.postByUri('http://evil.test/copy'), undefined)
      stage.far.serve('/media/upload.json', { body: JSON.stringify({ ...victim, content: 'spoof' }) })
      stage.evil.serve('/redirect', {
        status: 302,
        body: '',
        headers: { location: 'http://far.test/media/upload.json' },
      })
      assert.equal(await stage.ctx.remote.postByUri('http://evil.test/redirect'), undefined)
      assert.equal(await stage.ctx.remote.postByUri('http://far.test/media/upload.json'), undefined)
    })
  })
})
