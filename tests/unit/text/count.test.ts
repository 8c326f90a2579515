// The counter of the composer and the server's limit agree with Mastodon's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countCharacters, countGraphemes, cutGraphemes } from '../../../src/lib/text/count.ts'

test('an author may use 23 characters less for any address, however long', () => {
  assert.equal(countCharacters('https://a.test'), 23)
  assert.equal(countCharacters(`https://a.test/${'x'.repeat(400)}`), 23)
  assert.equal(countCharacters('see https://a.test and https://b.test'), 4 + 23 + 5 + 23)
  assert.equal(countCharacters('http://localhost'), 16)
})

test('the domain of a mention costs nothing', () => {
  assert.equal(countCharacters('@alice'), 6)
  assert.equal(countCharacters('@alice@a-very-long-name.example'), 6)
  assert.equal(countCharacters('hi @alice@there.test, @bob@x.test'), 'hi @alice, @bob'.length)
  assert.equal(countCharacters('mail me@there.test'), 18)
})

test('what a reader sees as one character counts one', () => {
  assert.equal(countCharacters('👨‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽'), 4)
  assert.equal(countCharacters('e\u0301'), 1)
  assert.equal(countCharacters('日本語'), 3)
  assert.equal(countCharacters('a\r\nb'), 3)
  assert.equal(countCharacters('#日本語 x'), 6)
})

test('the content warning counts too', () => {
  assert.equal(countCharacters('text', 'cw 🙂'), 8)
  assert.equal(countCharacters('', ''), 0)
  assert.equal(countCharacters('x', 'https://long.test/aaaaaaaaaaaaaaaaaaaa'), 1 + 38)
})

test('names are cut between characters, never inside one', () => {
  assert.equal(cutGraphemes('a👨‍👩‍👧b', 2), 'a👨‍👩‍👧')
  assert.equal(cutGraphemes('abc', 3), 'abc')
  assert.equal(cutGraphemes('abc', 0), '')
  assert.equal(countGraphemes('a👨‍👩‍👧b'), 3)
})
