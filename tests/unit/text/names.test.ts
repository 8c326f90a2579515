// Two spellings never pass for two people or servers, and one never for another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  cleanName,
  formatHandle,
  isDomainWithin,
  isLocalUsername,
  isRemoteUsername,
  normalizeDomain,
  parseHandle,
} from '../../../src/lib/text/handle.ts'

test('every spelling of a domain is the same server', () => {
  for (const spelling of [
    'example.com',
    'EXAMPLE.com',
    'example.com.',
    ' example.com ',
    'ex\u00adample.com',
    'exa\u200bmple.com',
    'ｅｘａｍｐｌｅ．com',
    'example。com',
    'example｡com',
    '\ufeffexample.com',
  ]) {
    assert.equal(normalizeDomain(spelling), 'example.com', JSON.stringify(spelling))
  }
  for (const spelling of [
    'münchen.de',
    'MÜNCHEN.de',
    'mu\u0308nchen.de',
    'xn--mnchen-3ya.de',
    'XN--MNCHEN-3YA.DE',
  ]) {
    assert.equal(normalizeDomain(spelling), 'xn--mnchen-3ya.de')
  }
  assert.equal(normalizeDomain('localhost'), 'localhost')
})

test('what is no plain domain is refused, so that no trick hides another host', () => {
  for (const trick of [
    '',
    '.',
    '..',
    'a..b',
    '.a.b',
    'a@b.c',
    'a:b@c.d',
    'a.b:80',
    'a.b/c',
    'a.b?c',
    'a.b#c',
    'a.b\\c',
    'a b.c',
    'a%2eb',
    '[::1]',
    '::1',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '1.2.3.4.',
    '-a.b',
    'a-.b',
    'a\nb.c',
    'a\u0000.b',
    `${'a'.repeat(64)}.b`,
    `${'a.'.repeat(130)}b`,
    'x'.repeat(100_000),
    'a\u2044b.c',
    'a\uff0fb.c',
    'a\uff20b.c',
    'a\uff1a80',
  ]) {
    assert.equal(normalizeDomain(trick), undefined, JSON.stringify(trick.slice(0, 40)))
  }
})

test('normalising a domain twice changes nothing', () => {
  const text = fc.oneof(
    fc.domain(),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  fc.assert(
    fc.property(text, (input) => {
      const once = normalizeDomain(input)
      if (once === undefined) return
      assert.match(once, /^[a-z0-9_.-]+$/)
      assert.equal(normalizeDomain(once), once)
      assert.equal(normalizeDomain(once.toUpperCase()), once)
      assert.equal(URL.parse(`https://${once}/`)?.hostname ?? once, once)
    }),
    { numRuns: 3000 },
  )
})

test('a blocked domain covers its subdomains and nobody else', () => {
  assert.ok(isDomainWithin('evil.test', 'evil.test'))
  assert.ok(isDomainWithin('a.b.evil.test', 'evil.test'))
  assert.ok(!isDomainWithin('notevil.test', 'evil.test'))
  assert.ok(!isDomainWithin('evil.test.example', 'evil.test'))
  assert.ok(!isDomainWithin('test', 'evil.test'))
  assert.ok(!isDomainWithin('evil.test', ''))
})

test('handles are read in all their forms', () => {
  assert.deepEqual(parseHandle('alice'), { username: 'alice' })
  assert.deepEqual(parseHandle(' @Alice '), { username: 'Alice' })
  for (const form of ['bob@There.Test', '@bob@there.test', 'acct:bob@there.test.', 'ACCT:bob@there.test']) {
    assert.deepEqual(parseHandle(form), { username: 'bob', domain: 'there.test' })
    assert.equal(formatHandle(parseHandle(form) ?? { username: '' }), 'bob@there.test')
  }
  assert.deepEqual(parseHandle('a.b-c_d@x.test'), { username: 'a.b-c_d', domain: 'x.test' })
  assert.deepEqual(parseHandle('émile@x.test'), { username: 'émile', domain: 'x.test' })
  for (const bad of [
    '',
    '@',
    '@@',
    'a@',
    '@a@',
    'a@b@c',
    'a b@c.d',
    'a@b.c:99999',
    'a@127.0.0.1',
    'a/b@c.d',
    'a\u200bb@c.d',
    '\u202ea@c.d',
    `${'a'.repeat(256)}@c.d`,
    'https://x.test/@a',
    'x'.repeat(3000),
  ]) {
    assert.equal(parseHandle(bad), undefined, JSON.stringify(bad.slice(0, 30)))
  }
})

test('usernames here are plain Latin, elsewhere anything visible', () => {
  for (const good of ['a', 'alice', 'Alice_1', 'a.b', 'a-b', '_', '1', 'a'.repeat(30)])
    assert.ok(isLocalUsername(good), good)
  for (const bad of ['', '.a', 'a.', '-a', 'a-', 'a b', 'émile', 'a@b', 'a/b', 'a'.repeat(31), 'a\n']) {
    assert.ok(!isLocalUsername(bad), JSON.stringify(bad))
  }
  for (const good of ['émile', 'ユーザー', 'a~b', 'a+b']) assert.ok(isRemoteUsername(good), good)
  for (const bad of ['', 'a b', 'a@b', 'a/b', 'a\u202eb', 'a\u200db', '<b>', '"', 'a'.repeat(256)])
    assert.ok(!isRemoteUsername(bad), bad)
})

test('a display name shows what it is: nothing hidden, turned round, piled up or blank', () => {
  assert.equal(cleanName('\u202eecila\u202c', 40), 'ecila')
  assert.equal(cleanName('  Al\u0000i\u200bce\u00ad \n\t B\u2066.\u2069 ', 40), 'Alice B.')
  assert.equal(cleanName('a\u200db\u200c', 40), 'ab')
  assert.equal(cleanName('\u3164\u115f\u2800'.replace('\u2800', ''), 40), '')
  assert.equal(cleanName('\u200d\ufe0f', 40), '')
  assert.equal(cleanName('👨‍👩‍👧 🏳️‍🌈 می‌خواهم 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿', 40), '👨‍👩‍👧 🏳️‍🌈 می‌خواهم 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿')
  assert.equal(cleanName('אלון :cat: O’Neil', 40), 'אלון :cat: O’Neil')
  assert.ok(cleanName(`Z${'\u0335'.repeat(500)}`, 40).length <= 5)
  assert.equal(cleanName('abcdef', 3), 'abc')
  assert.equal(cleanName('👨‍👩‍👧👨‍👩‍👧', 1), '👨‍👩‍👧')
})

test('a cleaned name is well formed, within its limit, and stays as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (text, max) => {
        const name = cleanName(text, max)
        assert.ok(name.isWellFormed())
        assert.ok(name.length <= max * 20)
        assert.doesNotMatch(name, /[\p{Cc}\p{Bidi_Control}\u200b\ufeff]/u)
        assert.equal(cleanName(name, max), name)
      },
    ),
    { numRuns: 2000 },
  )
})
