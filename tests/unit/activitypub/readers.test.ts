// Readers of foreign documents: hostile input costs nothing but itself, odd input loses a field and no more.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import type { IncomingPost } from '../../../src/model/post.ts'
import { isAmbiguous, readActivity } from '../../../src/protocols/activitypub/read/activity.ts'
import { readActor } from '../../../src/protocols/activitypub/read/actor.ts'
import { readChatMessage } from '../../../src/protocols/activitypub/read/chat-message.ts'
import { readNote } from '../../../src/protocols/activitypub/read/note.ts'
import { isIgnored } from '../../../src/protocols/activitypub/read/reading.ts'
import { readDuration } from '../../../src/protocols/activitypub/read/video.ts'
import { dateOf, firstUrl, idsOf, isPublic, webId } from '../../../src/protocols/activitypub/wire.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const base = {
  id: 'https://far.test/notes/1',
  type: 'Note',
  attributedTo: 'https://far.test/users/dave',
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  content: '<p>Hi</p>',
}

function post(change: object): IncomingPost {
  const reading = readNote({ ...base, ...change }, { now, raw: '' })
  assert.ok(!isIgnored(reading), isIgnored(reading) ? reading.ignored : '')
  return reading
}

const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at))

const NAMES = (
  'id type attributedTo actor to cc audience tag attachment url content contentMap summary name source quote ' +
  'quoteUrl inReplyTo published updated oneOf anyOf endTime startTime location icon image publicKey assertionMethod ' +
  'inbox outbox endpoints preferredUsername alsoKnownAs interactionPolicy capabilities replies likes context object ' +
  'target sensitive mediaType href duration focalPoint blurhash closed votersCount webfinger __proto__ constructor'
).split(' ')
const TEXTS = [
  'Note',
  'Question',
  'Event',
  'Mention',
  'Hashtag',
  'Emoji',
  'Link',
  'Document',
  'https://far.test/1',
  'https://far.test/users/dave',
  'as:Public',
  'javascript:alert(1)',
  '2026-01-01',
  '\u0000',
  '\uD800',
  '9999-99-99T99:99:99Z',
  'at://did:plc:x',
  '<svg><math>',
  '',
]
const { document } = fc.letrec<{ document: unknown; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...TEXTS),
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('document'),
  ),
  document: fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 12 }),
}))

describe('readers of foreign documents', () => {
  it('never throw, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(document, fc.jsonValue()), (value) => {
        const wild = value as object
        readNote(value, { now })
        readNote({ ...base, ...wild }, { now })
        readNote({ ...wild, ...base, type: 'Question' }, { now, envelope: value })
        readNote({ ...wild, id: base.id, type: 'Event', attributedTo: base.attributedTo }, { now })
        readNote({ ...wild, id: base.id, type: 'Video', attributedTo: base.attributedTo }, { now })
        readChatMessage({ ...wild, ...base, type: 'ChatMessage' }, { now })
        readActor(value, { now })
        const inbox = 'https://far.test/inbox'
        readActor(
          { ...wild, id: base.attributedTo, type: 'Person', inbox, preferredUsername: 'dave' },
          { now },
        )
        readActivity(value)
        readActivity({ ...wild, type: 'Create', actor: base.attributedTo })
      }),
      { numRuns: 1500 },
    )
  })

  it('give only web addresses, whatever schemes were sent', () => {
    const evil = [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      ' https://far.test/x',
      'https://a@b.test/',
      '//x',
    ]
    for (const url of evil) {
      const read = post({
        url,
        inReplyTo: url,
        quoteUrl: url,
        attachment: [{ type: 'Document', mediaType: 'image/png', url }],
        tag: [{ type: 'Mention', href: url, name: '@x@far.test' }],
      })
      assert.equal(read.inReplyToUri, undefined, url)
      assert.equal(read.quoteUri, undefined, url)
      assert.deepEqual(read.recipients, [], url)
      for (const shown of [read.url, ...read.attachments.map((media) => media.url)]) {
        assert.ok(shown === undefined || /^https?:\/\//.test(shown), url)
      }
    }
  })

  it('keep lists and texts within bounds', () => {
    const read = post({
      to: [...base.to, ...many(5000, (at) => `https://far.test/users/${at}`)],
      tag: [
        ...many(2000, (at) => ({ type: 'Hashtag', name: `#tag${at}` })),
        ...many(2000, (at) => ({ type: 'Mention', href: `https://far.test/m/${at}` })),
        ...many(2000, (at) => ({ type: 'Emoji', name: `:e${at}:`, icon: { url: 'https://far.test/e.png' } })),
      ],
      attachment: many(10_000, (at) => ({
        type: 'Image',
        url: `https://far.test/${at}.png`,
        name: 'x'.repeat(20_000),
      })),
      content: `<p>${'x'.repeat(2_000_000)}</p>`,
      summary: 'y'.repeat(1_000_000),
      name: 'z'.repeat(1_000_000),
    })
    assert.ok(read.recipients.length <= 1100)
    assert.ok(read.tags.length <= 100 && read.emojis.length <= 100)
    assert.ok(read.attachments.length <= 32)
    assert.ok((read.attachments[0]?.description?.length ?? 0) <= 10_000)
    assert.ok(
      read.content.length <= 500_000 && read.spoilerText.length <= 5000 && read.title.length <= 10_000,
    )
  })

  it('keep polls within bounds', () => {
    const oneOf = many(10_000, (at) => ({
      type: 'Note',
      name: `${at}${'x'.repeat(2000)}`,
      replies: { totalItems: -5 },
    }))
    const { poll } = post({ type: 'Question', oneOf, endTime: '9999-12-31T00:00:00Z', votersCount: 1e300 })
    assert.equal(poll?.options.length, 50)
    assert.ok(poll?.options.every((option) => option.title.length <= 500 && option.votes === 0))
    assert.equal(poll?.expiresAt, undefined)
    assert.ok((poll?.votersCount ?? 0) <= 2_000_000_000)
  })

  it('keep profiles within bounds', () => {
    const account = readActor(
      {
        id: 'https://far.test/users/dave',
        type: 'Person',
        inbox: 'https://far.test/users/dave/inbox',
        preferredUsername: 'dave',
        name: 'n'.repeat(1_000_000),
        summary: 's'.repeat(1_000_000),
        attachment: many(10_000, (at) => ({ type: 'PropertyValue', name: `f${at}`, value: 'v'.repeat(1e5) })),
        alsoKnownAs: many(10_000, (at) => `https://far.test/users/${at}`),
        attributionDomains: many(10_000, (at) => `d${at}.test`),
        publicKey: many(1000, (at) => ({
          id: `https://far.test/users/dave#k${at}`,
          publicKeyPem: 'nonsense',
        })),
      },
      { now, raw: '' },
    )
    assert.ok(!isIgnored(account))
    assert.ok(account.name.length <= 4000 && account.note.length <= 60_000)
    assert.ok(account.fields.length <= 16 && account.alsoKnownAs.length <= 20)
    assert.ok(account.attributionDomains.length <= 100)
    assert.deepEqual(account.keys, [])
  })

  it('believe a profile nothing about other servers', () => {
    const account = readActor(
      {
        id: 'https://far.test/users/dave',
        type: 'Person',
        preferredUsername: 'dave',
        inbox: 'https://far.test/users/dave/inbox',
        outbox: 'https://victim.test/outbox',
        featured: 'https://victim.test/featured',
        endpoints: { sharedInbox: 'https://victim.test/inbox' },
        assertionMethod: [
          {
            id: 'https://victim.test/users/v#key',
            type: 'Multikey',
            controller: 'https://far.test/users/dave',
            publicKeyMultibase: 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
          },
        ],
      },
      { now },
    )
    assert.ok(!isIgnored(account))
    assert.equal(account.outbox, undefined)
    assert.equal(account.featuredUri, undefined)
    assert.equal(account.sharedInbox, undefined)
    assert.deepEqual(account.keys, [])
  })

  it('ignore a post whose author lives elsewhere', () => {
    const reading = readNote({ ...base, attributedTo: 'https://victim.test/users/v' }, { now })
    assert.ok(isIgnored(reading))
  })

  it('date posts from the future now, and refuse dates that are none', () => {
    assert.equal(post({ published: '2199-01-01T00:00:00Z' }).publishedAt, now)
    assert.equal(post({ published: 'yesterday' }).publishedAt, now)
    assert.equal(dateOf('2026-01-15 10:20:30'), Date.UTC(2026, 0, 15, 10, 20, 30))
    assert.equal(dateOf('2026-01-15T10:20:30+0200'), Date.UTC(2026, 0, 15, 8, 20, 30))
    assert.equal(dateOf('9999-01-01T00:00:00Z'), undefined)
    assert.equal(dateOf('2026-13-45T00:00:00Z'), undefined)
  })

  it('never widen an audience by the followers of somebody else', () => {
    const followers = 'https://far.test/users/dave/followers'
    const others = 'https://far.test/users/erin/followers'
    assert.equal(post({ to: [followers] }).audience, 'followers')
    assert.equal(post({ to: [others, 'https://here.test/users/alice'] }).audience, 'people')
    assert.equal(post({ to: ['https://evil.test/users/dave/followers'] }).audience, 'direct')
    const known = readNote({ ...base, to: [followers] }, { now, followersUri: 'https://far.test/f/1' })
    assert.ok(!isIgnored(known))
    assert.equal(known.audience, 'direct')
  })

  it('know the public by its three names and no other', () => {
    for (const name of ['as:Public', 'Public', 'https://www.w3.org/ns/activitystreams#Public'])
      assert.ok(isPublic(name))
    for (const name of ['public', 'as:public', 'https://evil.test/ns#Public', {}, null])
      assert.ok(!isPublic(name))
  })

  it('refuse documents that mean two things, at any depth', () => {
    for (const key of ['@graph', '@included', '@reverse', '@nest']) {
      assert.ok(
        isIgnored(readActivity({ type: 'Like', actor: base.attributedTo, object: { a: [{ [key]: {} }] } })),
        key,
      )
    }
    let deep: unknown = 'x'
    for (let depth = 0; depth < 800; depth += 1) deep = [deep]
    assert.ok(isAmbiguous(deep))
  })

  it('take the page for people out of a list of addresses', () => {
    const links = [
      { type: 'Link', mediaType: 'video/mp4', href: 'https://far.test/v.mp4' },
      { type: 'Link', mediaType: 'text/html', href: 'https://far.test/v' },
    ]
    assert.equal(firstUrl(['at://did:plc:x/y', ...links]), 'https://far.test/v')
    assert.equal(firstUrl('at://did:plc:x/y'), undefined)
  })

  it('keep ids exactly as written or not at all', () => {
    assert.equal(webId('https://far.test/ü?a=1#b'), 'https://far.test/ü?a=1#b')
    for (const id of [
      'https://far.test/\u200bx',
      'https://user@far.test/',
      'https:far.test',
      'ftp://far.test/',
      7,
    ]) {
      assert.equal(webId(id), undefined, String(id))
    }
    assert.deepEqual(idsOf(['https://a.test/', 'https://a.test/', { id: 'https://b.test/' }, 'as:Public']), [
      'https://a.test/',
      'https://b.test/',
    ])
  })

  it('read durations, and no absurd ones', () => {
    assert.equal(readDuration('PT1H2M3.5S'), 3723.5)
    assert.equal(readDuration('PT0S'), undefined)
    assert.equal(readDuration('P9999DT1S'), undefined)
    assert.equal(readDuration(`PT${'9'.repeat(50)}S`), undefined)
  })
})
