// Promises about the own profile: words and pictures change together or not at all, and old pictures go.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { forEachEngine } from '../database.ts'
import { animation, taggedJpeg } from '../unit/media/pictures.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const file = (bytes: Uint8Array, name = 'me.jpg'): File => new File([bytes as Uint8Array<ArrayBuffer>], name)

function form(entries: Record<string, string | File>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(entries)) data.append(name, value)
  return data
}

forEachEngine((engine) => {
  let world: World
  let alice: Person
  before(async () => {
    world = await startWorld({ engine })
    alice = await world.account('alice')
  })
  after(() => world.stop())
  const change = (body: object) => alice.api.patch('/api/v1/accounts/update_credentials', body)
  const statusOf = async (url: string): Promise<number> => (await fetch(url)).status

  test('an avatar and a header are cut to size, cleaned, and replaced with their files', async () => {
    const first = await change(form({ avatar: file(await taggedJpeg()), header: file(await taggedJpeg()) }))
    const avatar = Buffer.from(await (await fetch(first.avatar)).arrayBuffer())
    const { width, height, exif } = await sharp(avatar).metadata()
    assert.deepEqual({ width, height, exif }, { width: 400, height: 400, exif: undefined })
    assert.equal(await statusOf(first.header), 200)
    const second = await change(form({ avatar: file(await animation('gif', 4), 'me.gif') }))
    assert.notEqual(second.avatar, first.avatar)
    assert.equal(await statusOf(first.avatar), 404)
    assert.equal(second.header, first.header)
    assert.notEqual(second.avatar, second.avatar_static)
    const still = Buffer.from(await (await fetch(second.avatar_static)).arrayBuffer())
    assert.equal((await sharp(still).metadata()).pages, undefined)
  })

  test('pictures are taken away again, in each of the ways that apps know', async () => {
    const set = await change(form({ avatar: file(await taggedJpeg()), header: file(await taggedJpeg()) }))
    const without = await alice.api.delete('/api/v1/profile/avatar')
    assert.equal(without.avatar, `${world.origin}/assets/missing-avatar.png`)
    assert.equal(await statusOf(set.avatar), 404)
    assert.equal(await statusOf(without.avatar), 200)
    const bare = await change(form({ header: '' }))
    assert.equal(bare.header, `${world.origin}/assets/missing-header.png`)
    await alice.api.delete('/api/v1/profile/header')
    const profile = await alice.api.get('/api/v1/profile')
    assert.deepEqual([profile.avatar, profile.header], [null, null])
  })

  test('a picture that cannot be used is named, and nothing else changes either', async () => {
    await change({ display_name: 'Before' })
    const body = form({ display_name: 'After', avatar: file(Buffer.from('<svg onload="x"/>'), 'me.png') })
    const answer = await alice.api.ask('PATCH', '/api/v1/accounts/update_credentials', { body })
    assert.equal(answer.status, 422)
    assert.match(answer.body.error, /^Validation failed: /)
    assert.equal(answer.body.details.avatar[0].error, 'ERR_INVALID')
    assert.equal((await alice.api.get('/api/v1/accounts/verify_credentials')).display_name, 'Before')
  })

  test('words are taken from JSON, forms and multipart alike, in the shapes that apps send', async () => {
    const json = await change({
      display_name: 'Alice',
      note: 'Hello #world',
      locked: true,
      bot: false,
      discoverable: true,
      indexable: true,
      hide_collections: true,
      attribution_domains: ['blog.example', 'not a domain'],
      fields_attributes: [{ name: 'Web', value: 'https://alice.example/' }],
      source: { privacy: 'private', sensitive: true, language: 'de', quote_policy: 'followers' },
    })
    assert.equal(json.source.note, 'Hello #world')
    assert.match(json.note, /class="mention hashtag"/)
    assert.deepEqual(
      [json.source.privacy, json.source.language, json.source.quote_policy],
      ['private', 'de', 'followers'],
    )
    assert.deepEqual(json.source.attribution_domains, ['blog.example'])
    assert.deepEqual([json.locked, json.indexable, json.hide_collections], [true, true, true])
    assert.match(json.fields[0].value, /href="https:\/\/alice.example\/"/)
    const indexed = await change(
      new URLSearchParams({
        'fields_attributes[0][name]': 'A',
        'fields_attributes[0][value]': '1',
        'source[language]': '',
      }),
    )
    assert.deepEqual(
      indexed.source.fields.map((one: { name: string }) => one.name),
      ['A'],
    )
    assert.equal(indexed.source.language, null)
    const multipart = await change(
      form({ 'fields_attributes[3][name]': 'B', 'fields_attributes[3][value]': '2', locked: 'false' }),
    )
    assert.deepEqual([multipart.source.fields[0].name, multipart.locked], ['B', false])
    assert.deepEqual((await change({ fields_attributes: [] })).fields, [])
  })

  test('words that are too long are refused field by field', async () => {
    const body = { display_name: 'x'.repeat(61), fields_attributes: [{ name: 'a', value: 'b'.repeat(256) }] }
    const answer = await alice.api.ask('PATCH', '/api/v1/profile', { body })
    assert.equal(answer.status, 422)
    assert.deepEqual(Object.keys(answer.body.details).toSorted(), ['display_name', 'fields'])
    for (const source of [
      { privacy: 'everyone' },
      { quote_policy: 'friends' },
      { language: 'not a language' },
    ])
      assert.equal(await alice.api.status('PATCH', '/api/v1/accounts/update_credentials', { source }), 422)
  })

  test("the profile's editor sees sources and formatted text, and its switches stay", async () => {
    await change({ note: 'Line', fields_attributes: [{ name: 'Web', value: 'https://alice.example/' }] })
    const profile = await alice.api.patch('/api/v1/profile', {
      show_media: false,
      avatar_description: 'Me at sea',
    })
    assert.equal(profile.note, 'Line')
    assert.equal(profile.formatted_note, '<p>Line</p>')
    assert.equal(profile.fields[0].value, 'https://alice.example/')
    assert.match(profile.formatted_fields[0].value, /<a /)
    assert.deepEqual(
      [profile.show_media, profile.show_featured, profile.avatar_description],
      [false, true, 'Me at sea'],
    )
    assert.equal((await alice.api.get('/api/v1/profile')).show_media, false)
    assert.equal((await world.client().get(`/api/v1/accounts/${alice.id}`)).show_media, false)
  })

  test('nobody changes a profile without the right to', async () => {
    assert.equal(
      await world.client().status('PATCH', '/api/v1/accounts/update_credentials', { note: 'x' }),
      401,
    )
    const { token } = await world.tokenFor(alice.accountId, ['read', 'profile'])
    const reader = world.client(token)
    assert.equal(await reader.status('PATCH', '/api/v1/profile', { note: 'x' }), 403)
    assert.equal(await reader.status('DELETE', '/api/v1/profile/avatar'), 403)
    assert.equal(await reader.status('GET', '/api/v1/profile'), 200)
  })
})
