// What we write, another server that reads as we do understands completely.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import type { Audience } from '../../../src/model/audience.ts'
import type { IncomingPost } from '../../../src/model/post.ts'
import { readActor } from '../../../src/protocols/activitypub/read/actor.ts'
import { readNote } from '../../../src/protocols/activitypub/read/note.ts'
import { readVote } from '../../../src/protocols/activitypub/read/poll.ts'
import { isIgnored } from '../../../src/protocols/activitypub/read/reading.ts'
import { checkContext } from '../../../src/protocols/activitypub/signing/context-guard.ts'
import type { JsonValue } from '../../../src/protocols/activitypub/signing/types.ts'
import { PUBLIC } from '../../../src/protocols/activitypub/wire.ts'
import { writeActor } from '../../../src/protocols/activitypub/write/actor.ts'
import { writeVote } from '../../../src/protocols/activitypub/write/activity.ts'
import { CONTEXT } from '../../../src/protocols/activitypub/write/context.ts'
import { writeNote } from '../../../src/protocols/activitypub/write/note.ts'
import type { OutgoingAccount, OutgoingPost } from '../../../src/protocols/activitypub/write/types.ts'

const now = Date.parse('2026-06-01T00:00:00Z')

const plain: OutgoingPost = {
  uri: 'https://here.test/users/alice/posts/1',
  url: 'https://here.test/@alice/1',
  kind: 'note',
  author: { uri: 'https://here.test/users/alice', followersUri: 'https://here.test/users/alice/followers' },
  audience: 'public',
  recipients: [],
  quotePolicy: 'public',
  title: '',
  content: '<p>Hello</p>',
  spoilerText: '',
  sensitive: false,
  publishedAt: now - 1000,
  tags: [],
  emojis: [],
  attachments: [],
}

function readBack(post: OutgoingPost): IncomingPost {
  const sent = JSON.parse(JSON.stringify(writeNote(post))) as unknown
  const reading = readNote(sent, { now, followersUri: post.author.followersUri })
  assert.ok(!isIgnored(reading), isIgnored(reading) ? reading.ignored : '')
  return reading
}

const dave = { uri: 'https://far.test/users/dave', handle: 'dave@far.test' }
const erin = { uri: 'https://other.test/users/erin', handle: 'erin@other.test' }

describe('what we write', () => {
  it('keeps every audience', () => {
    const cases: [Audience, OutgoingPost['recipients']][] = [
      ['public', []],
      ['unlisted', [{ ...dave, kind: 'mention' }]],
      ['followers', [{ ...dave, kind: 'mention' }]],
      ['people', [{ ...dave, kind: 'silent' }]],
      ['direct', [{ ...dave, kind: 'mention' }]],
    ]
    for (const [audience, recipients] of cases) {
      const read = readBack({ ...plain, audience, recipients })
      assert.equal(read.audience, audience)
      assert.deepEqual(
        read.recipients.map(({ uri, kind }) => ({ uri, kind })),
        recipients.map(({ uri, kind }) => ({ uri, kind })),
      )
    }
    const circles = readBack({ ...plain, audience: 'circles', recipients: [{ ...dave, kind: 'circle' }] })
    assert.equal(circles.audience, 'people')
    const group = { uri: 'https://far.test/c/bread', followersUri: 'https://far.test/c/bread/followers' }
    const inGroup = readBack({ ...plain, audience: 'group', group })
    assert.deepEqual([inGroup.audience, inGroup.groupUri], ['group', group.uri])
  })

  it('names the public in full where it is meant, and never elsewhere', () => {
    for (const audience of ['followers', 'circles', 'people', 'direct', 'group'] as const) {
      assert.ok(
        !JSON.stringify({ ...writeNote({ ...plain, audience }), interactionPolicy: 0 }).includes('Public'),
      )
    }
    assert.deepEqual(writeNote(plain)['to'], [PUBLIC])
  })

  it('keeps texts, tags, pictures, quotes and dates', () => {
    const read = readBack({
      ...plain,
      recipients: [{ ...erin, kind: 'mention' }],
      inReplyTo: { uri: 'https://far.test/notes/1', authorUri: dave.uri },
      contextUri: 'https://far.test/contexts/1',
      quote: { uri: 'https://far.test/notes/2', authorizationUri: 'https://far.test/stamps/1' },
      quotePolicy: 'followers',
      spoilerText: 'Careful & slow',
      sensitive: true,
      language: 'de',
      editedAt: now - 500,
      tags: [{ displayName: 'Brot', url: 'https://here.test/tags/brot' }],
      emojis: [
        {
          uri: 'https://here.test/emojis/1',
          shortcode: 'loaf',
          url: 'https://here.test/e.png',
          updatedAt: 0,
        },
      ],
      attachments: [
        {
          kind: 'image',
          url: 'https://here.test/media/a.webp',
          mediaType: 'image/webp',
          description: 'A loaf',
          blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
          width: 800,
          height: 600,
          focus: { x: -0.5, y: 0.25 },
        },
      ],
    })
    assert.equal(read.inReplyToUri, 'https://far.test/notes/1')
    assert.equal(read.contextUri, 'https://far.test/contexts/1')
    assert.equal(read.quoteUri, 'https://far.test/notes/2')
    assert.equal(read.quoteAuthorizationUri, 'https://far.test/stamps/1')
    assert.equal(read.quotePolicy, 'followers')
    assert.deepEqual([read.spoilerText, read.sensitive, read.language], ['Careful & slow', true, 'de'])
    assert.deepEqual([read.publishedAt, read.editedAt], [now - 1000, now - 500])
    assert.deepEqual(read.tags, [{ name: 'brot', displayName: 'Brot' }])
    assert.deepEqual(
      read.emojis.map((emoji) => emoji.shortcode),
      ['loaf'],
    )
    assert.deepEqual(read.attachments[0]?.focus, { x: -0.5, y: 0.25 })
    assert.deepEqual([read.attachments[0]?.width, read.attachments[0]?.description], [800, 'A loaf'])
  })

  it('keeps polls and their votes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.stringMatching(/^[A-Za-zäöü ]{1,40}$/).filter((title) => title.trim() === title && title !== ''),
          {
            minLength: 2,
            maxLength: 8,
          },
        ),
        fc.boolean(),
        (titles, multiple) => {
          const options = titles.map((title, votes) => ({ title, votes }))
          const poll = { options, multiple, votersCount: 7, expiresAt: now + 60_000 }
          const read = readBack({ ...plain, kind: 'question', poll })
          assert.deepEqual(read.poll, poll)
        },
      ),
      { numRuns: 50 },
    )
    const vote = {
      uri: 'https://here.test/v/1',
      actor: plain.author.uri,
      pollUri: dave.uri,
      authorUri: dave.uri,
    }
    const { object } = writeVote({ ...vote, choice: 'Rye', at: now })
    assert.deepEqual(readVote(object), {
      uri: vote.uri,
      voterUri: vote.actor,
      pollUri: vote.pollUri,
      choice: 'Rye',
    })
  })

  it('keeps events', () => {
    const event = {
      startsAt: now + 1000,
      endsAt: now + 2000,
      timezone: 'Europe/Vienna',
      place: { name: 'Mill', address: 'River 1', latitude: 48.2, longitude: 16.4 },
      status: 'tentative' as const,
      joinMode: 'external' as const,
      externalUrl: 'https://tickets.test/1',
      capacity: 20,
    }
    assert.deepEqual(readBack({ ...plain, kind: 'event', title: 'Baking', event }).event, event)
  })

  it('introduces events and articles in a few words, for programs that only link to them, and warns of nothing by that', () => {
    const place = { name: 'Mill <b>', address: 'River 1' }
    const event = {
      startsAt: Date.parse('2026-07-01T16:00:00Z'),
      place,
      timezone: 'Europe/Vienna',
      status: 'confirmed' as const,
      joinMode: 'free' as const,
    }
    const party: OutgoingPost = { ...plain, kind: 'event', title: 'Party', event, language: 'de' }
    const summary = String(writeNote(party)['summary'])
    assert.match(
      summary,
      /^Mittwoch, 1\. Juli 2026.* 18:00 \(Europe\/Vienna\) · Mill &lt;b&gt;, River 1\n\nHello$/,
    )
    const odd = {
      ...event,
      timezone: 'Nowhere/Land',
      status: 'cancelled' as const,
      endsAt: event.startsAt - 1,
    }
    assert.match(String(writeNote({ ...party, event: odd, language: 'x-y' })['summary']), /^❌ .*\(UTC\)/)
    const article: OutgoingPost = {
      ...plain,
      kind: 'article',
      title: 'Long',
      content: `<p>${'word '.repeat(400)}</p>`,
    }
    const excerpt = String(writeNote(article)['summary'])
    assert.ok(excerpt.length < 300 && excerpt.startsWith('word word') && excerpt.endsWith('…'), excerpt)
    for (const post of [party, article]) {
      assert.equal(readBack(post).spoilerText, '')
      assert.equal(readBack(post).content, post.content)
      assert.equal(writeNote({ ...post, sensitive: true })['summary'], null)
      assert.equal(writeNote({ ...post, spoilerText: 'spiders' })['summary'], 'spiders')
    }
    assert.equal(writeNote(plain)['summary'], null)
  })

  it('keeps profiles, with everything but foreign keys', () => {
    const account: OutgoingAccount = {
      uri: 'https://here.test/users/alice',
      url: 'https://here.test/@alice',
      kind: 'person',
      username: 'alice',
      domain: 'here.test',
      name: 'Alice <3',
      note: '<p>Bakes</p>',
      fields: [{ name: 'Home', value: '<p>here</p>' }],
      avatar: { url: 'https://here.test/media/a.png', mediaType: 'image/png', description: 'Me' },
      locked: true,
      discoverable: true,
      indexable: true,
      memorial: false,
      suspended: false,
      inbox: 'https://here.test/users/alice/inbox',
      sharedInbox: 'https://here.test/inbox',
      featured: 'https://here.test/users/alice/collections/featured',
      movedTo: 'https://far.test/users/alice',
      alsoKnownAs: ['https://old.test/users/alice'],
      attributionDomains: ['blog.test'],
      emojis: [],
      keys: [],
      publishedAt: now - 1000,
    }
    const sent = JSON.parse(
      JSON.stringify(writeActor(account, { name: 'Folkmoot', url: 'https://here.test' })),
    ) as unknown
    const read = readActor(sent, { now })
    assert.ok(!isIgnored(read))
    const same = [
      'uri',
      'url',
      'username',
      'domain',
      'note',
      'fields',
      'inbox',
      'sharedInbox',
      'alsoKnownAs',
    ] as const
    for (const name of same) assert.deepEqual(read[name], account[name], name)
    assert.deepEqual([read.locked, read.discoverable, read.indexable], [true, true, true])
    assert.deepEqual([read.avatarUrl, read.avatarDescription], [account.avatar?.url, 'Me'])
    assert.deepEqual([read.movedToUri, read.featuredUri], [account.movedTo, account.featured])
    assert.deepEqual(read.attributionDomains, ['blog.test'])
    assert.equal(read.name, 'Alice <3')
  })

  it('uses a context that we would accept ourselves', () => {
    assert.doesNotThrow(() => checkContext(CONTEXT as unknown as JsonValue))
  })
})
