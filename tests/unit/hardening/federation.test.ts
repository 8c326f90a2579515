// The promise that floods, forgeries and odd values from other servers cost little and reach nobody.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { keptRows } from './kept-rows.ts'
import { followAccount } from '../../../src/domain/follows/follow-account.ts'
import { createAllowance } from '../../../src/protocols/activitypub/remote/allowances.ts'
import { siteOf } from '../../../src/protocols/activitypub/remote/site.ts'
import { readEmojis } from '../../../src/protocols/activitypub/read/emojis.ts'
import { forEachEngine } from '../../database.ts'
import { activityBy, noteBy, openStage } from '../activitypub-inbox/stage.ts'
import type { Stage } from '../activitypub-inbox/stage.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const SCRIPTS = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://far.test/x',
]

describe('limits for other servers', () => {
  it('count every host below one registered name as one site', () => {
    let now = 0
    const allowance = createAllowance({ now: () => now }, 300, 60_000)
    let taken = 0
    for (let index = 0; index < 10_000; index += 1)
      if (allowance.take(siteOf(`https://h${index}.deep.evil.test/users/x`))) taken += 1
    assert.equal(taken, 300)
    assert.ok(allowance.take(siteOf('https://good.test/')))
    now += 60_000
    assert.ok(allowance.take(siteOf('https://again.evil.test/')))
    assert.notEqual(siteOf('https://one.co.uk/'), siteOf('https://two.co.uk/'))
    assert.notEqual(siteOf('http://192.0.2.1/'), siteOf('http://198.51.2.1/'))
    assert.notEqual(siteOf('http://[2001:db8::1]/'), siteOf('http://[2001:db8::2]/'))
  })
})

describe('a custom emoji', () => {
  it('never has a name that breaks out of where it is written, nor a picture that is no web address', () => {
    const piece = fc.constantFrom(
      'a',
      '1',
      '_',
      ':',
      '"',
      "'",
      '<',
      '>',
      '&',
      ' ',
      '\n',
      '\u202e',
      '\u200b',
      '=',
      '/',
      '\\',
      '{',
      '`',
    )
    const name = fc.array(piece, { maxLength: 12 }).map((list) => `:${list.join('')}:`)
    const url = fc.constantFrom(...SCRIPTS, 'https://far.test/a.png', '//far.test/a', 'https://far.test/"x')
    fc.assert(
      fc.property(
        fc.array(fc.record({ type: fc.constant('Emoji'), name, icon: fc.record({ url }) }), { maxLength: 5 }),
        (tags) => {
          for (const emoji of readEmojis(tags)) {
            assert.match(emoji.shortcode, /^[\p{L}\p{N}_.+@-]+$/u)
            assert.match(emoji.imageUrl, /^https?:\/\//)
          }
        },
      ),
    )
  })
})

forEachEngine((engine) => {
  describe('a hostile server', () => {
    let stage: Stage
    before(async () => {
      stage = await openStage(engine)
    })
    after(() => stage.close())

    const read = () => stage.ctx.store.read
    const post = async (uri: string) =>
      read().selectFrom('posts').selectAll().where('uri', '=', uri).executeTakeFirst()
    const inHome = async (accountId: number, postId: number): Promise<boolean> =>
      (await read()
        .selectFrom('feed_entries')
        .select('post_id')
        .where('feed_id', '=', accountId)
        .where('post_id', '=', postId)
        .executeTakeFirst()) !== undefined

    it('cannot make us ask a third one for more than some hundred keys in a minute', async () => {
      const before = stage.far.asked.length
      const deliver = (index: number): Promise<number> => {
        const key = { keyId: `http://far.test/keys/${index}`, privateKey: stage.mallory.privateKey }
        return stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', noteBy(stage.mallory)), {
          key,
        })
      }
      const statuses: number[] = []
      for (let index = 0; index < 500; index += 50)
        statuses.push(...(await Promise.all(Array.from({ length: 50 }, (_, at) => deliver(index + at)))))
      assert.ok(statuses.every((status) => status === 401 || status === 503))
      const asked = stage.far.asked.length - before
      assert.ok(asked <= 300, `${asked} times`)
      stage.pass(61_000)
    })

    it('cannot keep us busy with signatures that do not fit', async () => {
      const good = noteBy(stage.dave)
      assert.equal(await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', good)), 202)
      const before = stage.far.asked.length
      const key = { keyId: stage.dave.keyId, privateKey: stage.mallory.privateKey }
      for (let round = 0; round < 10; round += 1) {
        const storm = Array.from({ length: 30 }, () =>
          stage.deliver(stage.dave, activityBy(stage.dave, 'Create', noteBy(stage.dave)), { key }),
        )
        assert.ok((await Promise.all(storm)).every((status) => status === 401))
      }
      const asked = stage.far.asked.length - before
      assert.ok(asked <= 3, `300 forgeries made us ask for the key ${asked} times`)
      assert.equal(await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', noteBy(stage.dave))), 202)
    })

    it('cannot stand in the way of an activity by sending one with its id first', async () => {
      const note = noteBy(stage.dave, { content: '<p>The real one</p>' })
      const create = activityBy(stage.dave, 'Create', note)
      const early = {
        ...create,
        object: { ...note, content: '<p>Early</p>' },
        signature: { type: 'RsaSignature2017' },
      }
      await stage.deliver(stage.mallory, early)
      await stage.settle()
      assert.equal(await stage.deliver(stage.dave, create), 202)
      await stage.settle()
      assert.equal((await post(note.id))?.content, '<p>The real one</p>')
    })

    it('cannot widen who sees a post of another by announcing, liking or updating it', async () => {
      await followAccount(stage.ctx, stage.alice, (await stage.ctx.remote.accountByUri(stage.dave.uri)) ?? 0)
      await followAccount(stage.ctx, stage.bob, (await stage.ctx.remote.accountByUri(stage.mallory.uri)) ?? 0)
      await stage.settle()
      for (const [actor, object] of [
        [stage.dave, 'alice'],
        [stage.mallory, 'bob'],
      ] as const) {
        const follow = { type: 'Follow', actor: stage.ctx.urls.account(object), object: actor.uri }
        await stage.deliver(actor, activityBy(actor, 'Accept', follow))
      }
      const note = noteBy(stage.dave, {
        content: '<p>For followers</p>',
        to: [`${stage.dave.uri}/followers`],
        cc: [],
      })
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note))
      await stage.settle()
      const kept = await post(note.id)
      assert.equal(kept?.audience, 'followers')
      const wide = { ...note, to: [PUBLIC], cc: [stage.ctx.urls.account('bob')] }
      const open = { to: [PUBLIC], cc: [stage.ctx.urls.account('bob')] }
      for (const type of ['Announce', 'Update', 'Create', 'Like', 'Add', 'QuoteRequest'])
        for (const object of [note.id, wide]) {
          await stage.deliver(stage.mallory, activityBy(stage.mallory, type, object, open))
          await stage.settle()
        }
      assert.deepEqual(
        { ...(await post(note.id)), likes_count: 0, boosts_count: 0 },
        { ...kept, likes_count: 0, boosts_count: 0 },
      )
      const boosts = await read()
        .selectFrom('posts')
        .select('id')
        .where('boost_of_id', '=', kept.id)
        .execute()
      assert.deepEqual(boosts, [])
      assert.equal(await inHome(stage.bob, kept.id), false)
      const named = read().selectFrom('post_recipients').select('account_id').where('post_id', '=', kept.id)
      assert.ok((await named.execute()).every((row) => row.account_id !== stage.bob))
    })

    it('brings no address that runs, in whatever property it stands', async () => {
      for (const [index, bad] of SCRIPTS.entries()) {
        const person = await stage.evil.actor(`scripter${index}`, {
          url: bad,
          icon: { type: 'Image', url: bad },
          image: { type: 'Image', url: { type: 'Link', href: bad } },
          attachment: [{ type: 'PropertyValue', name: 'Site', value: `<a href="${bad}">x</a>` }],
          tag: [{ type: 'Emoji', name: ':x:', icon: { type: 'Image', url: bad } }],
        })
        const note = noteBy(person, {
          url: bad,
          content: `<p><a href="${bad}">x</a><img src="${bad}"></p>`,
          attachment: [
            { type: 'Document', mediaType: 'image/png', url: bad, preview: bad, icon: { url: bad } },
          ],
          tag: [
            { type: 'Emoji', name: ':y:', icon: { type: 'Image', url: bad } },
            { type: 'Hashtag', name: '#x', href: bad },
            { type: 'Mention', name: '@x', href: bad },
          ],
          quoteUrl: bad,
          replies: bad,
        })
        assert.equal(await stage.deliver(person, activityBy(person, 'Create', note)), 202)
      }
      await stage.settle()
      const rows = await keptRows(read())
      assert.ok(rows.length > SCRIPTS.length)
      for (const row of rows)
        assert.doesNotMatch(row, /["'(]\s*(java\s*script|vbscript|data:text|file:|blob:)[^"']*/i)
    })

    it('cannot quote with a stamp that somebody else gave, or that is for another post', async () => {
      const quoted = noteBy(stage.dave, { content: '<p>Ask me first</p>' })
      stage.far.serve(new URL(quoted.id).pathname, quoted)
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', quoted))
      const stateWith = async (place: string, change: object): Promise<string | undefined> => {
        const stampUri = `${place}/stamps/${performance.now()}`
        const note = noteBy(stage.mallory, { quote: quoted.id, quoteAuthorization: stampUri })
        const stamp = {
          id: stampUri,
          type: 'QuoteAuthorization',
          attributedTo: stage.dave.uri,
          interactingObject: note.id,
          interactionTarget: quoted.id,
          ...change,
        }
        const server = place === stage.far.origin ? stage.far : stage.evil
        server.serve(new URL(stampUri).pathname, stamp)
        stage.evil.serve(new URL(note.id).pathname, note)
        await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', note))
        await stage.settle()
        return (await post(note.id))?.quote_state ?? undefined
      }
      const { origin } = stage.far
      assert.equal(await stateWith(origin, {}), 'accepted', 'the honest stamp')
      const forged: [string, object][] = [
        [stage.evil.origin, {}],
        [origin, { attributedTo: stage.mallory.uri }],
        [origin, { interactionTarget: `${origin}/notes/other` }],
        [origin, { interactingObject: `${stage.evil.origin}/notes/other` }],
        [origin, { type: 'Note' }],
        [origin, { id: `${origin}/stamps/other` }],
      ]
      for (const [place, change] of forged)
        assert.notEqual(await stateWith(place, change), 'accepted', JSON.stringify(change))
    })

    it('does not come back through the boosts of others once one of its people is suspended', async () => {
      const note = noteBy(stage.mallory, { content: '<p>Before</p>' })
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', note))
      await stage.settle()
      const account = (await stage.ctx.remote.accountByUri(stage.mallory.uri)) ?? 0
      await stage.ctx.store.write((tx) =>
        tx.updateTable('accounts').set({ suspended_at: stage.now() }).where('id', '=', account).execute(),
      )
      const later = noteBy(stage.mallory, { content: '<p>After</p>' })
      stage.evil.serve(new URL(later.id).pathname, later)
      stage.evil.serve(new URL(note.id).pathname, note)
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', later))
      for (const object of [note.id, later.id]) {
        await stage.deliver(stage.dave, activityBy(stage.dave, 'Announce', object, { to: [PUBLIC] }))
        await stage.settle()
      }
      const answer = noteBy(stage.dave, { inReplyTo: later.id })
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', answer))
      await stage.settle()
      assert.equal(await post(later.id), undefined)
      const boosts = await read()
        .selectFrom('posts as b')
        .innerJoin('posts as p', 'p.id', 'b.boost_of_id')
        .select('b.id')
        .where('p.account_id', '=', account)
        .execute()
      assert.deepEqual(boosts, [])
    })
  })
})
