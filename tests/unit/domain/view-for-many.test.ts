// The promise that showing a post to many readers at once shows each of them exactly what reading alone would.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { viewForMany } from '../../../src/domain/posts/view-for-many.ts'
import { wantedPosts } from '../../../src/domain/timelines/read-timeline.ts'
import { forEachEngine } from '../../database.ts'
import { startWorld } from '../../world.ts'
import type { Person } from '../../world.ts'

const NAMES = ['author', 'booster', 'follower', 'named', 'muting', 'blocking', 'blocked', 'stranger'] as const

forEachEngine((engine) => {
  test('every reader gets the same from both ways, for every audience, boost, quote and poll', async (t) => {
    const world = await startWorld({ engine })
    t.after(() => world.stop())
    const people = {} as Record<(typeof NAMES)[number], Person>
    for (const name of NAMES) people[name] = await world.account(name)
    const { author, booster, follower, named, muting, blocking, blocked } = people
    const act = (who: Person, deed: string, whom: Person) =>
      who.api.post(`/api/v1/accounts/${whom.id}/${deed}`)
    await act(follower, 'follow', author)
    await act(muting, 'mute', author)
    await act(blocking, 'block', author)
    await act(author, 'block', blocked)
    const post = async (who: Person, body: object): Promise<string> =>
      (await who.api.post('/api/v1/statuses', body)).id
    const ids: string[] = []
    for (const visibility of ['public', 'unlisted', 'private', 'direct'])
      ids.push(await post(author, { status: `@named ${visibility}`, visibility }))
    const [open = '', , quiet = ''] = ids
    ids.push((await booster.api.post(`/api/v1/statuses/${open}/reblog`)).id)
    ids.push((await author.api.post(`/api/v1/statuses/${quiet}/reblog`)).id)
    ids.push(await post(booster, { status: 'well said', quoted_status_id: open }))
    const poll = await author.api.post('/api/v1/statuses', {
      status: '?',
      poll: { options: ['a', 'b'], expires_in: 3600, multiple: true },
    })
    await named.api.post(`/api/v1/polls/${poll.id}/votes`, { choices: [0, 1] })
    ids.push(poll.id)
    await follower.api.post(`/api/v1/statuses/${open}/favourite`)
    await follower.api.post(`/api/v1/statuses/${quiet}/bookmark`)
    await named.api.post(`/api/v1/statuses/${open}/mute`)
    await author.api.post(`/api/v1/statuses/${open}/pin`)
    await world.settle()
    const db = world.house.ctx.store.read
    const now = Date.now()
    const readerIds = Object.values(people).map((person) => person.accountId)
    let shown = 0
    for (const id of ids.map(Number)) {
      const views = await viewForMany(db, id, readerIds, now)
      for (const viewerId of readerIds) {
        const [alone] = await wantedPosts(db, { viewerId, now }, [id])
        assert.deepEqual(views.get(viewerId), alone, `post ${id} for ${viewerId}`)
        if (alone) shown += 1
      }
    }
    assert.ok(shown > 20 && shown < ids.length * readerIds.length)
  })
})
