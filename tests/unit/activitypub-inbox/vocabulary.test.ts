// Rarer words of other servers reach people here: invitations, what groups and people show on top, keys that somebody proves to hold.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { featuredTags } from '../../../src/domain/tags/feature-tag.ts'
import { readActor } from '../../../src/protocols/activitypub/read/actor.ts'
import { createProof } from '../../../src/protocols/activitypub/signing/integrity-proof.ts'
import { encodeMultikey } from '../../../src/protocols/activitypub/signing/keys.ts'
import type { JsonObject } from '../../../src/protocols/activitypub/signing/types.ts'
import { forEachEngine } from '../../database.ts'
import { activityBy, noteBy, openStage, START } from './stage.ts'
import type { Stage } from './stage.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const ALICE = 'http://here.test/users/alice'

forEachEngine((engine) => {
  let stage: Stage
  before(async () => {
    stage = await openStage(engine)
  })
  after(() => stage.close())
  const read = () => stage.ctx.store.read

  it('who is invited to an event is told, can see it and answer; strangers invite nobody', async () => {
    const event = noteBy(stage.dave, {
      type: 'Event',
      name: 'Harvest',
      startTime: new Date(START + 86_400_000).toISOString(),
      to: [`${stage.dave.uri}/followers`],
      cc: [],
    })
    stage.far.serve(new URL(event.id).pathname, event)
    await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', event))
    await stage.settle()
    const notices = () =>
      read()
        .selectFrom('notifications')
        .select(['kind', 'post_id'])
        .where('account_id', '=', stage.alice)
        .execute()
    await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Invite', event.id, { target: ALICE }))
    await stage.settle()
    assert.deepEqual(await notices(), [])
    const invite = activityBy(stage.dave, 'Invite', event.id, { target: ALICE, to: [ALICE] })
    await stage.deliver(stage.dave, invite)
    await stage.deliver(stage.dave, activityBy(stage.dave, 'Invite', event.id, { to: [ALICE] }))
    await stage.settle()
    const found = await notices()
    assert.equal(found.length, 1)
    const postId = Number(found[0]?.post_id)
    const { answerEvent } = await import('../../../src/domain/events/answer-event.ts')
    assert.equal(await answerEvent(stage.ctx, { accountId: stage.alice, postId, answer: 'yes' }), true)
    await assert.rejects(answerEvent(stage.ctx, { accountId: stage.bob, postId, answer: 'yes' }))
  })

  it('a group keeps posts of its members on top, by its own word only', async () => {
    const group = await stage.far.actor('bees', { type: 'Group' })
    const page = noteBy(stage.dave, {
      type: 'Page',
      name: 'Bees',
      audience: group.uri,
      to: [group.uri, PUBLIC],
    })
    stage.far.serve(new URL(page.id).pathname, page)
    const announce = (by: typeof group, activity: object) =>
      stage.deliver(by, activityBy(by, 'Announce', activity, { to: [PUBLIC] }))
    await announce(group, activityBy(stage.dave, 'Create', page))
    const pins = async (): Promise<number> => {
      await stage.settle()
      const id = (await stage.ctx.remote.accountByUri(group.uri)) ?? 0
      return (await read().selectFrom('pins').selectAll().where('account_id', '=', id).execute()).length
    }
    const featured = { target: `${group.uri}/featured` }
    const add = activityBy(stage.dave, 'Add', page.id, featured)
    const other = await stage.evil.actor('wasps', { type: 'Group' })
    await announce(other, add)
    await announce(group, activityBy(stage.dave, 'Add', noteBy(stage.mallory).id, featured))
    assert.equal(await pins(), 0)
    await announce(group, add)
    assert.equal(await pins(), 1)
    await announce(other, activityBy(stage.dave, 'Remove', page.id, featured))
    assert.equal(await pins(), 1)
    await announce(group, activityBy(stage.dave, 'Remove', page.id, featured))
    assert.equal(await pins(), 0)
  })

  it('the hashtags of a profile elsewhere are shown on it, and follow what it says later', async () => {
    const uri = 'http://far.test/users/fern/tags'
    const fern = await stage.far.actor('fern', { featuredTags: uri })
    const serve = (names: string[]): void =>
      stage.far.serve('/users/fern/tags', {
        id: uri,
        type: 'Collection',
        items: names.map((name) => ({ type: 'Hashtag', href: `http://far.test/tags/${name}`, name })),
      })
    const shown = async (): Promise<string[]> => {
      const id = (await stage.ctx.remote.accountByUri(fern.uri)) ?? 0
      await stage.ctx.remote.refreshSoon?.(id)
      await stage.settle()
      return (await featuredTags(stage.ctx, id)).map((tag) => tag.displayName)
    }
    serve(['#Boats', '#sea', 'not one!', ...Array.from({ length: 30 }, (_, n) => `#t${n}`)])
    await stage.deliver(fern, activityBy(fern, 'Create', noteBy(fern)))
    await stage.settle()
    const first = await shown()
    assert.deepEqual(first.slice(0, 2), ['Boats', 'sea'])
    assert.ok(first.length <= 10)
    serve(['#sea', '#wind'])
    stage.pass(8 * 86_400_000)
    assert.deepEqual(await shown(), ['sea', 'wind'])
  })
})

describe('a key that somebody proves to hold (FEP-c390)', () => {
  const uri = 'https://far.test/users/fern'
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const did = `did:key:${encodeMultikey(publicKey)}`
  const statement = (change: JsonObject = {}): JsonObject => {
    const said: JsonObject = {
      type: 'VerifiableIdentityStatement',
      subject: did,
      alsoKnownAs: uri,
      ...change,
    }
    return { ...said, proof: createProof(said, privateKey, { verificationMethod: did, created: START }) }
  }
  const fieldsOf = (...attachment: JsonObject[]) => {
    const actor = { id: uri, type: 'Person', preferredUsername: 'fern', inbox: `${uri}/inbox`, attachment }
    const account = readActor(actor, { now: START + 1000 })
    assert.ok(!('ignored' in account))
    return account.fields
  }

  it('stands on the profile, as verified', () => {
    assert.deepEqual(fieldsOf(statement()), [{ name: 'Key', value: did, verifiedAt: START }])
  })

  it('is not shown when the statement is about another, changed, or made with another key', () => {
    const other = generateKeyPairSync('ed25519')
    const stolen = { ...statement({ alsoKnownAs: 'https://evil.test/users/mallory' }), alsoKnownAs: uri }
    const foreign = {
      ...statement(),
      subject: `did:key:${encodeMultikey(other.publicKey)}`,
    }
    const bare = { type: 'VerifiableIdentityStatement', subject: did, alsoKnownAs: uri }
    const broken: JsonObject = { ...statement(), proof: 'x' }
    const wrong = statement({ alsoKnownAs: 'https://evil.test/users/mallory' })
    assert.deepEqual(fieldsOf(stolen, foreign, bare, broken, wrong), [])
  })
})
