// Fills a server with what only one person may see, each kind under a word of its own.
import assert from 'node:assert/strict'
import type { Person, World } from '../world.ts'

/** The words, by whom they may be shown to: nobody but their owner, or moderators as well. */
export interface Secrets {
  own: readonly string[]
  moderated: readonly string[]
  /** Ids of the rows that hold them, and of their owners. */
  ids: readonly string[]
}

const OWN = [
  'direct',
  'quiet',
  'poll',
  'alt',
  'note',
  'list',
  'filter',
  'keyword',
  'later',
  'draft',
  'circle',
  'shared',
  'locale',
  'push',
  'edited',
]
const wordFor = (kind: string): string => `bougainvillea${kind}`

/** `alice` keeps secrets, some of them with `bob`. */
export async function keepSecrets(world: World, alice: Person, bob: Person): Promise<Secrets> {
  const post = (body: object) => alice.api.post('/api/v1/statuses', body)
  await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
  const direct = await post({ status: `@bob ${wordFor('direct')}`, visibility: 'direct' })
  const poll = { options: [wordFor('poll'), 'b'], expires_in: 3600 }
  const quiet = await post({ status: wordFor('quiet'), visibility: 'private', poll })
  const edited = await post({ status: wordFor('edited'), visibility: 'private' })
  await alice.api.put(`/api/v1/statuses/${edited.id}`, { status: 'said otherwise' })
  const form = new FormData()
  form.append('file', new Blob([PICTURE], { type: 'image/png' }), 'a.png')
  form.append('description', wordFor('alt'))
  const media = await alice.api.post('/api/v2/media', form)
  const shown = await post({ status: 'a picture', visibility: 'private', media_ids: [media.id] })
  const later = { status: wordFor('later'), scheduled_at: new Date(Date.now() + 86_400_000).toISOString() }
  const scheduled = await post(later)
  await bob.api.post(`/api/v1/statuses/${quiet.id}/favourite`)
  const list = await alice.api.post('/api/v1/lists', { title: wordFor('list') })
  await alice.api.post(`/api/v1/accounts/${bob.id}/note`, { comment: wordFor('note') })
  const filter = await alice.api.post('/api/v2/filters', {
    title: wordFor('filter'),
    context: ['home'],
    keywords_attributes: [{ keyword: wordFor('keyword') }],
  })
  const draft = await alice.api.post('/api/v1/drafts', { posts: [{ text: wordFor('draft') }] })
  const circle = await alice.api.post('/api/v1/circles', { title: wordFor('circle') })
  await alice.api.post(`/api/v1/circles/${circle.id}/accounts`, { account_ids: [bob.id] })
  const within = { status: wordFor('shared'), visibility: 'circles', circle_ids: [circle.id] }
  const shared = await post(within)
  await world.settle()
  const [notification] = await alice.api.get('/api/v1/notifications')
  const [conversation] = await bob.api.get('/api/v1/conversations')
  assert.ok(notification && conversation)
  const ids = [
    direct,
    quiet,
    edited,
    shown,
    media,
    scheduled,
    list,
    draft,
    circle,
    shared,
    filter,
    filter.keywords[0],
    notification,
    conversation,
  ]
  return {
    own: OWN.map(wordFor),
    moderated: [`${alice.username}@people.test`, `${bob.username}@people.test`],
    ids: [...ids.map((one) => String(one.id)), quiet.poll.id, alice.id, bob.id],
  }
}

/** One pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
