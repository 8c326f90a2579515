// Nobody gives, forges or takes back the consent of others: stamps of quotes, and lists of followers.
import assert from 'node:assert/strict'
import { assert as check, property, string } from 'fast-check'
import { after, before, describe, it } from 'node:test'
import { acceptFollow } from '../../../src/domain/follows/answer-follow.ts'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { readSynchronization } from '../../../src/protocols/activitypub/inbox/synchronize.ts'
import { forEachEngine } from '../../database.ts'
import { postTo, signedHeaders } from './peer.ts'
import type { Json } from './peer.ts'
import { activityBy, noteBy, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

const BY_REQUEST = {
  interactionPolicy: { canQuote: { automaticApproval: ['http://evil.test/users/mallory'] } },
}

forEachEngine((engine) => {
  let stage: Stage
  before(async () => {
    stage = await openStage(engine)
  })
  after(() => stage.close())

  describe('a quote of somebody who decides on quotes', () => {
    const stateOf = async (uri: string): Promise<string | null | undefined> => {
      await stage.settle()
      const { read } = stage.ctx.store
      return (await read.selectFrom('posts').select('quote_state').where('uri', '=', uri).executeTakeFirst())
        ?.quote_state
    }
    const stamp = (uri: string, change: Json): Json => ({
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: uri,
      type: 'QuoteAuthorization',
      ...change,
    })
    let quoted: Json & { id: string }
    before(async () => {
      quoted = noteBy(stage.dave, BY_REQUEST)
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', quoted))
    })
    let count = 0
    /** A quote by mallory that shows a stamp at an address of the quoted author's server, which serves this. */
    const quoteWith = async (served: (uri: string, quoting: string) => Json | undefined): Promise<string> => {
      count += 1
      const uri = `http://far.test/stamps/${count}`
      const quoting = noteBy(stage.mallory, { quote: quoted.id, quoteAuthorization: uri })
      const document = served(uri, quoting.id)
      if (document) stage.far.serve(`/stamps/${count}`, document)
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', quoting))
      return quoting.id
    }
    const good = (quoting: string): Json => ({
      attributedTo: stage.dave.uri,
      interactingObject: quoting,
      interactionTarget: quoted.id,
    })

    it('is shown with a stamp that its author gave for it', async () => {
      assert.equal(await stateOf(await quoteWith((uri, quoting) => stamp(uri, good(quoting)))), 'accepted')
    })

    it('stays without, whatever else it shows for one', async () => {
      const forged = [
        await quoteWith(() => undefined),
        await quoteWith((uri, quoting) => stamp(uri, { ...good(quoting), attributedTo: stage.mallory.uri })),
        await quoteWith((uri) => stamp(uri, good('http://evil.test/notes/another'))),
        await quoteWith((uri, quoting) =>
          stamp(uri, { ...good(quoting), interactionTarget: 'http://far.test/notes/another' }),
        ),
        await quoteWith((uri, quoting) => ({ ...stamp(uri, good(quoting)), type: 'Note' })),
        await quoteWith((_, quoting) => stamp('http://far.test/stamps/elsewhere', good(quoting))),
      ]
      for (const uri of forged) assert.equal(await stateOf(uri), 'pending', uri)
      const own = 'http://evil.test/stamps/own'
      const quoting = noteBy(stage.mallory, { quote: quoted.id, quoteAuthorization: own })
      stage.evil.serve('/stamps/own', stamp(own, good(quoting.id)))
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', quoting))
      assert.equal(await stateOf(quoting.id), 'pending')
    })

    it('loses its stamp by the word of the author who gave it, and of nobody else', async () => {
      const uri = await quoteWith((at, quoting) => stamp(at, good(quoting)))
      const at = `http://far.test/stamps/${count}`
      assert.equal(await stateOf(uri), 'accepted')
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Delete', at))
      const erin = await stage.far.actor('erin')
      await stage.deliver(erin, activityBy(erin, 'Delete', at))
      assert.equal(await stateOf(uri), 'accepted')
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Delete', at))
      assert.equal(await stateOf(uri), 'revoked')
    })
  })

  describe('a list of followers that another server believes to have', () => {
    const URL_ = 'http://far.test/users/dave/followers_synchronization'
    const WRONG = 'f'.repeat(64)
    let daveId: number
    /** Something by dave, with a digest that is not ours. */
    const deliver = async (header: string): Promise<void> => {
      const activity = activityBy(stage.dave, 'Create', noteBy(stage.dave))
      const context = 'https://www.w3.org/ns/activitystreams'
      const body = Buffer.from(JSON.stringify({ '@context': context, ...activity }))
      const headers = signedHeaders(stage.dave, body, { now: stage.now() })
      const all = { ...headers, 'collection-synchronization': header }
      assert.equal((await postTo(stage.port, { body, headers: all })).status, 202)
      await stage.settle()
    }
    const header = (change: { collectionId?: string; url?: string } = {}): string =>
      `collectionId="${change.collectionId ?? `${stage.dave.uri}/followers`}", url="${change.url ?? URL_}", digest="${WRONG}"`
    const followers = async (): Promise<number[]> => {
      const rows = await stage.ctx.store.read
        .selectFrom('follows')
        .select('account_id')
        .where('target_id', '=', daveId)
        .where('accepted', '=', 1)
        .execute()
      return rows.map((row) => row.account_id).toSorted((a, b) => a - b)
    }
    const serve = (items: string[], more: Json = {}): void =>
      stage.far.serve(new URL(URL_).pathname, {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: URL_,
        type: 'OrderedCollection',
        orderedItems: items,
        ...more,
      })
    before(async () => {
      const { read } = stage.ctx.store
      daveId = (
        await read
          .selectFrom('accounts')
          .select('id')
          .where('uri', '=', stage.dave.uri)
          .executeTakeFirstOrThrow()
      ).id
      for (const id of [stage.alice, stage.bob]) {
        await followAccount(stage.ctx, id, daveId, {})
        await acceptFollow(stage.ctx, daveId, id)
      }
      await stage.settle()
    })

    it('changes nothing when it is another list, lies elsewhere, is cut short or is not there', async () => {
      const both = [stage.alice, stage.bob].toSorted((a, b) => a - b)
      stage.evil.serve('/list', { id: 'http://evil.test/list', type: 'OrderedCollection', orderedItems: [] })
      const headers = [
        header({ collectionId: `${stage.mallory.uri}/followers` }),
        header({ url: 'http://evil.test/list' }),
        header(),
      ]
      for (const one of headers) {
        await deliver(one)
        stage.pass(3_600_000)
      }
      serve(['http://here.test/users/alice'], { totalItems: 2 })
      await deliver(header())
      stage.pass(3_600_000)
      serve(['http://here.test/users/alice'], {
        next: 'http://far.test/missing',
        first: 'http://far.test/missing',
      })
      await deliver(header())
      stage.pass(3_600_000)
      assert.deepEqual(await followers(), both)
      assert.ok(!stage.evil.asked.includes('/list'))
      assert.equal(stage.far.asked.filter((path) => path === new URL(URL_).pathname).length, 3)
    })

    it('is asked for once in a while, however often it is announced, and then counts', async () => {
      serve(['http://here.test/users/alice'], { totalItems: 1 })
      const before = stage.far.asked.length
      for (let turn = 0; turn < 5; turn += 1) await deliver(header())
      const asked = stage.far.asked.slice(before).filter((path) => path === new URL(URL_).pathname)
      assert.equal(asked.length, 1)
      assert.deepEqual(await followers(), [stage.alice])
    })
  })
})

describe('the header that announces a list of followers', () => {
  it('is read as Mastodon writes it, and never throws', () => {
    const header = `collectionId="https://a.test/users/b/followers", url="https://a.test/users/b/sync", digest="${'A'.repeat(64)}"`
    assert.deepEqual(readSynchronization(header), {
      collectionId: 'https://a.test/users/b/followers',
      url: 'https://a.test/users/b/sync',
      digest: 'a'.repeat(64),
    })
    check(
      property(string({ maxLength: 300 }), (text) => {
        const read = readSynchronization(`${text}${header.slice(0, text.length)}`)
        assert.ok(read === undefined || /^[0-9a-f]{64}$/.test(read.digest))
      }),
    )
    assert.equal(
      readSynchronization(header.replace('https://a.test/users/b/sync', 'javascript:x')),
      undefined,
    )
    assert.equal(readSynchronization('x'.repeat(100_000)), undefined)
  })
})
