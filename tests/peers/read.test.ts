// Every sample of another program's documents is read as its expectation says.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { IncomingAccount } from '../../src/model/account.ts'
import type { IncomingPost } from '../../src/model/post.ts'
import { htmlToText } from '../../src/lib/html/plain-text.ts'
import { readActivity, readReaction } from '../../src/protocols/activitypub/read/activity.ts'
import type { IncomingActivity } from '../../src/protocols/activitypub/read/activity.ts'
import { readActor } from '../../src/protocols/activitypub/read/actor.ts'
import { readAudience } from '../../src/protocols/activitypub/read/audience.ts'
import { isChatMessage, readChatMessage } from '../../src/protocols/activitypub/read/chat-message.ts'
import { readEmojis } from '../../src/protocols/activitypub/read/emojis.ts'
import { readPemKey } from '../../src/protocols/activitypub/read/keys.ts'
import { readNote } from '../../src/protocols/activitypub/read/note.ts'
import { readVote } from '../../src/protocols/activitypub/read/poll.ts'
import { isIgnored } from '../../src/protocols/activitypub/read/reading.ts'
import {
  asArray,
  countOf,
  idOf,
  idsOf,
  isObject,
  member,
  textOf,
  typeOf,
} from '../../src/protocols/activitypub/wire.ts'

type Facts = Record<string, unknown>

const now = Date.parse('2026-11-01T00:00:00Z')
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
const expectations = read('expectations.json') as Record<string, Facts>

function readPost(object: unknown, envelope?: unknown): IncomingPost {
  const options = { now, ...(envelope === undefined ? {} : { envelope }) }
  const reading = isChatMessage(object) ? readChatMessage(object, options) : readNote(object, options)
  assert.ok(!isIgnored(reading), isIgnored(reading) ? `ignored: ${reading.ignored}` : '')
  return reading
}

const iso = (time: number | undefined): number | undefined => time
const time = (text: unknown): number | undefined => (typeof text === 'string' ? Date.parse(text) : undefined)

/** What a post says about each fact that an expectation can name. */
function postFacts(post: IncomingPost): Facts {
  const ofKind = (kind: string): string[] =>
    post.recipients.filter((recipient) => recipient.kind === kind).map((recipient) => recipient.uri)
  return {
    ...post,
    mentions: ofKind('mention'),
    silent: ofKind('silent'),
    recipients: post.recipients.map((recipient) => recipient.uri),
    tags: post.tags.map((tag) => tag.name),
    emojis: post.emojis.map((emoji) => emoji.shortcode),
    attachments: post.attachments.map((media) => media.kind),
    attachmentUrls: post.attachments.map((media) => media.url),
    publishedAt: iso(post.publishedAt),
    editedAt: iso(post.editedAt),
  }
}

function checkPost(post: IncomingPost, expected: Facts): void {
  const facts = postFacts(post)
  for (const [name, value] of Object.entries(expected)) {
    if (name === 'text') {
      assert.ok(htmlToText(post.content).includes(String(value)), `text: ${post.content}`)
    } else if (name === 'attachmentsInclude') {
      assert.ok(
        post.attachments.some((media) => media.kind === value),
        name,
      )
    } else if (name === 'event') checkEvent(post, value as Facts)
    else if (name === 'poll') checkPoll(post, value as Facts)
    else if (value === null) assert.equal(facts[name], undefined, name)
    else if (name === 'publishedAt' || name === 'editedAt') assert.equal(facts[name], time(value), name)
    else assert.deepEqual(facts[name], value, name)
  }
}

function checkEvent(post: IncomingPost, expected: Facts): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = (post.event as Facts | undefined)?.[name]
    if (name === 'place') assert.equal(post.event?.place?.name, value, 'event.place')
    else if (value === null) assert.equal(found, undefined, `event.${name}`)
    else assert.deepEqual(found, name.endsWith('At') ? time(value) : value, `event.${name}`)
  }
}

function checkPoll(post: IncomingPost, expected: Facts): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = (post.poll as Facts | undefined)?.[name]
    if (name === 'options') {
      assert.deepEqual(
        post.poll?.options.map((option) => [option.title, option.votes]),
        value,
        'poll.options',
      )
    } else if (value === null) assert.equal(found, undefined, `poll.${name}`)
    else assert.deepEqual(found, name.endsWith('At') ? time(value) : value, `poll.${name}`)
  }
}

function checkAccount(account: IncomingAccount, expected: Facts): void {
  const facts: Facts = {
    ...account,
    emojis: account.emojis.map((emoji) => emoji.shortcode),
    fields: account.fields.map((field) => field.name),
    keys: account.keys.map((key) => key.keyId),
  }
  for (const [name, value] of Object.entries(expected)) {
    if (name === 'fieldsInclude') {
      for (const field of value as string[]) assert.ok((facts['fields'] as string[]).includes(field), field)
    } else if (value === null) assert.equal(facts[name], undefined, name)
    else assert.deepEqual(facts[name], value, name)
  }
}

function activityOf(document: unknown): IncomingActivity {
  const activity = readActivity(document)
  assert.ok(!isIgnored(activity), isIgnored(activity) ? activity.ignored : '')
  return activity
}

const ATTENDANCE: Record<string, string> = {
  Accept: 'yes',
  Join: 'yes',
  TentativeAccept: 'maybe',
  Reject: 'no',
  Leave: 'no',
}

/** How each fact of an activity is read. */
const activityReaders: Record<string, (activity: IncomingActivity) => unknown> = {
  type: (activity) => activity.type,
  actorUri: (activity) => activity.actorUri,
  objectUri: (activity) => activity.objectUri,
  targetUri: (activity) => activity.targetUri,
  publishedAt: (activity) => activity.publishedAt,
  objectType: (activity) => typeOf(activity.object),
  instrumentUri: (activity) => idOf(member(activity.json, 'instrument')),
  resultUri: (activity) => idOf(member(activity.json, 'result')),
  objects: (activity) => idsOf(activity.objects),
  content: (activity) => textOf(member(activity.json, 'content'), 5000),
  reaction: (activity) => readReaction(activity.json),
  emojis: (activity) => readEmojis(member(activity.json, 'tag')).map((emoji) => emoji.shortcode),
  audience: (activity) => readAudience(activity.json, activity.actorUri, { now }).audience,
  attendance: (activity) => ATTENDANCE[activity.type],
  tags: (activity) => [textOf(member(activity.object, 'name'), 100)],
}

function checkActivity(activity: IncomingActivity, expected: Facts): void {
  for (const [name, value] of Object.entries(expected)) {
    const reader = activityReaders[name]
    if (name === 'post' || name === 'chat')
      checkPost(readPost(activity.object, activity.json), value as Facts)
    else if (name === 'account') checkAccount(accountOf(activity.object), value as Facts)
    else if (name === 'inner') checkActivity(activityOf(activity.object), value as Facts)
    else if (name === 'vote') checkVote(activity, value as Facts)
    else if (name === 'ignored') checkNoPost(activity.object)
    else if (reader) assert.deepEqual(reader(activity), name === 'publishedAt' ? time(value) : value, name)
    else assert.equal(name, 'reads', `nobody reads "${name}"`)
  }
}

function checkVote(activity: IncomingActivity, expected: Facts): void {
  const vote = readVote(activity.object)
  for (const [name, value] of Object.entries(expected))
    assert.equal((vote as Facts | undefined)?.[name], value, name)
  checkNoPost(activity.object)
}

/** Nothing in the object would pass for a post. */
function checkNoPost(object: unknown): void {
  assert.ok(isIgnored(readNote(object, { now })))
}

function accountOf(document: unknown): IncomingAccount {
  const account = readActor(document, { now })
  assert.ok(!isIgnored(account), isIgnored(account) ? account.ignored : '')
  return account
}

function checkCollection(document: unknown, expected: Facts): void {
  const first = member(document, 'first')
  const page = isObject(first) ? first : document
  const items = member(page, 'orderedItems') ?? member(page, 'items')
  assert.equal(idOf(document), expected['uri'])
  if (expected['items']) assert.deepEqual(idsOf(items), expected['items'])
  if (expected['totalItems'] !== undefined) assert.equal(countOf(document), expected['totalItems'])
  if (expected['next'] !== undefined)
    assert.equal(idOf(isObject(first) ? member(first, 'next') : first), expected['next'])
}

function checkIgnored(document: unknown, reason: string): void {
  const readings = [readActivity(document), readNote(document, { now })]
  assert.ok(readings.every(isIgnored))
  assert.ok(
    readings.some((reading) => isIgnored(reading) && reading.ignored.includes(reason)),
    JSON.stringify(readings),
  )
}

const checks: Record<string, (document: unknown, expected: Facts) => void> = {
  activity: (document, expected) => checkActivity(activityOf(document), expected),
  post: (document, expected) => checkPost(readPost(document), expected['post'] as Facts),
  account: (document, expected) => checkAccount(accountOf(document), expected['account'] as Facts),
  collection: checkCollection,
  ignored: (document, expected) => checkIgnored(document, String(expected['reason'])),
  key: (document, expected) => {
    const owner = String(expected['ownerUri'])
    const key = asArray(member(document, 'publicKey')).map((one) => readPemKey(one, owner))[0]
    assert.equal(key?.keyId, expected['keyId'])
  },
  authorization: (document, expected) => {
    assert.equal(typeOf(document), 'QuoteAuthorization')
    assert.equal(idOf(document), expected['uri'])
    assert.equal(idOf(member(document, 'attributedTo')), expected['authorUri'])
    assert.equal(idOf(member(document, 'interactingObject')), expected['interactingUri'])
    assert.equal(idOf(member(document, 'interactionTarget')), expected['targetUri'])
  },
}

describe('what other programs send is understood', () => {
  for (const [file, expected] of Object.entries(expectations)) {
    it(file, () => {
      const check = checks[String(expected['reads'])]
      assert.ok(check, `unknown kind of expectation: ${String(expected['reads'])}`)
      check(read(file), expected)
    })
  }
})
