// The promise that the one rule of visibility says what its sentence says: held against a table written out by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { AUDIENCES, isOpen, maySee } from '../../../src/model/audience.ts'
import type { Audience, Guarded, Standing } from '../../../src/model/audience.ts'

const AUTHOR = 1

/** Who is let in, besides the author, by each audience. */
const LETS_IN: Record<Audience, { anybody?: true; followers?: true; named?: true; members?: true }> = {
  public: { anybody: true },
  unlisted: { anybody: true },
  followers: { followers: true, named: true },
  circles: { named: true },
  people: { named: true },
  group: { members: true, named: true },
  direct: { named: true },
}

/** The rule said slowly: first every reason to refuse, then whether there is one to let in. */
function slowly(post: Guarded, asker: Standing): boolean {
  const isAuthor = asker.viewerId === post.accountId
  const refusals = [
    asker.authorGone,
    asker.blockedByAuthor && !isAuthor,
    post.localOnly && !asker.viewerIsLocal && !isAuthor,
  ]
  if (refusals.some(Boolean)) return false
  const door = LETS_IN[post.audience]
  const reasons = [
    isAuthor,
    door.anybody === true,
    door.followers === true && asker.follows,
    door.named === true && asker.isRecipient,
    door.members === true && asker.isGroupMember,
  ]
  return reasons.some(Boolean)
}

const guarded = fc.record({
  accountId: fc.constant(AUTHOR),
  audience: fc.constantFrom(...AUDIENCES),
  localOnly: fc.boolean(),
})
const standing = fc.record({
  viewerId: fc.constantFrom(undefined, AUTHOR, 2),
  viewerIsLocal: fc.boolean(),
  follows: fc.boolean(),
  isRecipient: fc.boolean(),
  isGroupMember: fc.boolean(),
  blockedByAuthor: fc.boolean(),
  authorGone: fc.boolean(),
})

test('the rule agrees with its table for every post and every asker', () => {
  const flags = [false, true]
  let cases = 0
  for (const audience of AUDIENCES)
    for (const viewerId of [undefined, AUTHOR, 2])
      for (let bits = 0; bits < 128; bits += 1) {
        const bit = (at: number): boolean => flags[(bits >> at) & 1] === true
        const post: Guarded = { accountId: AUTHOR, audience, localOnly: bit(0) }
        const asker: Standing = {
          viewerId,
          viewerIsLocal: bit(1),
          follows: bit(2),
          isRecipient: bit(3),
          isGroupMember: bit(4),
          blockedByAuthor: bit(5),
          authorGone: bit(6),
        }
        cases += 1
        assert.equal(maySee(post, asker), slowly(post, asker), JSON.stringify({ post, asker }))
      }
  assert.equal(cases, AUDIENCES.length * 3 * 128)
})

test('nobody sees more by being blocked, by an end of the author, or by the post staying here', () => {
  fc.assert(
    fc.property(guarded, standing, (post, asker) => {
      const plain = maySee(
        { ...post, localOnly: false },
        { ...asker, blockedByAuthor: false, authorGone: false },
      )
      if (maySee(post, asker)) assert.ok(plain)
    }),
  )
})

test('what is open is seen by the anonymous, and nothing else is', () => {
  const anybody: Standing = {
    viewerId: undefined,
    viewerIsLocal: false,
    follows: false,
    isRecipient: false,
    isGroupMember: false,
    blockedByAuthor: false,
    authorGone: false,
  }
  for (const audience of AUDIENCES) {
    assert.equal(maySee({ accountId: AUTHOR, audience, localOnly: false }, anybody), isOpen(audience))
    assert.equal(maySee({ accountId: AUTHOR, audience, localOnly: true }, anybody), false)
  }
})

test('an audience that this version does not know is seen by its author alone', () => {
  fc.assert(
    fc.property(fc.string(), standing, (audience, asker) => {
      fc.pre(!AUDIENCES.includes(audience as Audience))
      const post = { accountId: AUTHOR, audience: audience as Audience, localOnly: false }
      assert.equal(maySee(post, asker), !asker.authorGone && asker.viewerId === AUTHOR)
    }),
  )
})
