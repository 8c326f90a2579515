// Promises about many notifications shown as one, and about strangers whose notifications wait.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { mustOpen } from '../stream-reader.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const HOUR = 3_600_000

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  let alice: Person
  let fans: Person[]
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1) } })
    alice = await world.account('alice')
    fans = await Promise.all(
      Array.from({ length: 12 }, (_, index) => world.account(`fan${String(index).padStart(2, '0')}`)),
    )
  })
  after(() => world.stop())

  const fan = (index: number): Person => fans[index] as Person
  const clear = () => alice.api.post('/api/v2/notifications/clear')
  const post = async (person: Person, status: string, more: object = {}): Promise<Json> =>
    person.api.post('/api/v1/statuses', { status, ...more })
  const like = async (person: Person, status: Json): Promise<void> => {
    await person.api.post(`/api/v1/statuses/${status.id}/favourite`)
    await world.settle()
  }
  const groups = async (query = ''): Promise<Json[]> => {
    await world.settle()
    return (await alice.api.get(`/api/v2/notifications${query}`)).notification_groups
  }
  const brief = (list: Json[]): string[] => list.map((one) => `${one.type} ${one.notifications_count}`)

  test('likes of one post are one group with its latest eight people, however many there are', async () => {
    await clear()
    const status = await post(alice, 'to be liked')
    await like(fan(0), status)
    await post(fan(1), 'hello @alice')
    await world.settle()
    for (const person of fans.slice(1)) await like(person, status)
    const answer = await alice.api.get('/api/v2/notifications')
    const [likes, mention] = answer.notification_groups
    assert.deepEqual(brief(answer.notification_groups), ['favourite 12', 'mention 1'])
    const latest = fans
      .map((person) => person.id)
      .toReversed()
      .slice(0, 8)
    assert.deepEqual(likes.sample_account_ids, latest)
    assert.equal(likes.status_id, status.id)
    assert.ok(Number(likes.page_min_id) > mention.most_recent_notification_id)
    assert.match(mention.group_key, /^ungrouped-\d+$/)
    assert.equal(answer.accounts.length, 9)
    assert.equal(answer.statuses.length, 2)
    const one = await alice.api.get(`/api/v2/notifications/${likes.group_key}`)
    assert.equal(one.notification_groups[0].notifications_count, 12)
    const partial = await alice.api.get('/api/v2/notifications?expand_accounts=partial_avatars')
    assert.equal(partial.accounts.length, 2)
    assert.equal(partial.partial_accounts.length, 7)
    assert.equal(await alice.api.status('GET', '/api/v2/notifications?expand_accounts=all'), 400)
  })

  test('everybody behind a group can be paged through', async () => {
    const [likes] = await groups('?types[]=favourite')
    const path = `/api/v2/notifications/${likes.group_key}/accounts`
    const first = await alice.api.page(`${path}?limit=5`)
    const second = await alice.api.page(first.next ?? '')
    const third = await alice.api.page(second.next ?? '')
    const names = [first, second, third].flatMap((page) => page.body.map((one: Json) => one.username))
    assert.deepEqual(names, fans.map((person) => person.username).toReversed())
    assert.equal(third.next, undefined)
    assert.equal(await fan(0).api.status('GET', path), 404)
  })

  test('without grouping, and in the first version, each stands alone', async () => {
    assert.equal((await groups('?grouped_types[]=reblog&limit=80')).length, 13)
    assert.equal((await alice.api.get('/api/v1/notifications?limit=80')).length, 13)
  })

  test('what is unread is counted by groups, and one by one in the first version', async () => {
    assert.deepEqual(await alice.api.get('/api/v2/notifications/unread_count'), { count: 2 })
    assert.deepEqual(await alice.api.get('/api/v1/notifications/unread_count'), { count: 13 })
    assert.deepEqual(await alice.api.get('/api/v2/notifications/unread_count?limit=1'), { count: 1 })
    const [newest] = await alice.api.get('/api/v1/notifications?limit=1')
    await alice.api.post('/api/v1/markers', { notifications: { last_read_id: newest.id } })
    assert.deepEqual(await alice.api.get('/api/v2/notifications/unread_count'), { count: 0 })
  })

  test('a group is dismissed whole, and only for oneself', async () => {
    const [likes, mention] = await groups()
    await fan(0).api.post(`/api/v2/notifications/${likes.group_key}/dismiss`)
    assert.equal((await groups()).length, 2)
    await alice.api.post(`/api/v2/notifications/${likes.group_key}/dismiss`)
    await alice.api.post(`/api/v2/notifications/${mention.group_key}/dismiss`)
    assert.deepEqual(await groups(), [])
    assert.equal(await alice.api.status('GET', `/api/v2/notifications/${likes.group_key}`), 404)
  })

  test('pages of groups lead through all of them, both ways', async () => {
    await clear()
    const statuses = []
    for (let index = 0; index < 5; index += 1) statuses.push(await post(alice, `post ${index}`))
    for (const status of statuses) for (const person of fans.slice(0, 3)) await like(person, status)
    const seen: string[] = []
    let page = await alice.api.ask('GET', '/api/v2/notifications?limit=2')
    const newest = page.prev
    while (page.next !== undefined && page.body.notification_groups.length > 0) {
      seen.push(...page.body.notification_groups.map((one: Json) => one.status_id))
      page = await alice.api.ask('GET', page.next)
    }
    assert.deepEqual([...new Set(seen)], statuses.map((status) => status.id).toReversed())
    assert.deepEqual(await groups((newest ?? '').replace('/api/v2/notifications', '')), [])
    const [oldest] = await alice.api.get('/api/v1/notifications?limit=80').then((all) => all.toReversed())
    const above = await groups(`?min_id=${oldest.id}&limit=2`)
    assert.deepEqual(
      above.map((one) => one.status_id),
      [statuses[1].id, statuses[0].id],
    )
  })

  test('likes of another hour are another group', async () => {
    await clear()
    const status = await post(alice, 'liked twice')
    await like(fan(0), status)
    now += 2 * HOUR
    await like(fan(1), status)
    assert.deepEqual(brief(await groups()), ['favourite 1', 'favourite 1'])
  })

  test('one decides about strangers; what is put aside waits, is let in, or thrown away', async () => {
    await clear()
    const policy = await alice.api.get('/api/v2/notifications/policy')
    assert.deepEqual([policy.for_not_following, policy.for_private_mentions], ['accept', 'filter'])
    await alice.api.patch('/api/v2/notifications/policy', { for_not_following: 'filter' })
    const status = await post(fan(0), 'hello @alice')
    await post(fan(0), 'and again @alice')
    await post(fan(1), 'me too @alice')
    assert.deepEqual(await groups(), [])
    assert.deepEqual(brief(await groups('?include_filtered=true')), ['mention 1', 'mention 1', 'mention 1'])
    assert.deepEqual((await alice.api.get('/api/v2/notifications/policy')).summary, {
      pending_requests_count: 2,
      pending_notifications_count: 3,
    })
    const [second, first] = await alice.api.get('/api/v1/notifications/requests')
    assert.deepEqual([first.account.username, first.notifications_count], ['fan00', '2'])
    assert.notEqual(first.last_status.id, status.id)
    assert.deepEqual(await alice.api.get(`/api/v1/notifications/requests/${first.id}`), first)
    const query = `?stream=user&access_token=${alice.token}`
    const { reader } = await mustOpen(world.origin, { query })
    assert.equal(await fan(2).api.status('POST', `/api/v1/notifications/requests/${first.id}/accept`), 404)
    await alice.api.post(`/api/v1/notifications/requests/${first.id}/accept`)
    await reader.next('notifications_merged')
    reader.close()
    assert.deepEqual(await alice.api.get('/api/v1/notifications/requests/merged'), { merged: true })
    assert.deepEqual(brief(await groups()), ['mention 1', 'mention 1'])
    await alice.api.post('/api/v1/notifications/requests/dismiss', { id: [second.id] })
    assert.deepEqual(await alice.api.get('/api/v1/notifications/requests'), [])
    assert.equal((await groups('?include_filtered=true')).length, 2)
    await post(fan(0), 'heard at once @alice')
    assert.equal((await groups()).length, 3)
  })

  test('the first version of the policy says yes or no', async () => {
    const old = await alice.api.patch('/api/v1/notifications/policy', {
      filter_not_following: false,
      filter_bots: true,
    })
    assert.deepEqual([old.filter_not_following, old.filter_bots], [false, true])
    assert.equal((await alice.api.get('/api/v2/notifications/policy')).for_bots, 'filter')
    const wrong = { for_bots: 'burn' }
    assert.equal(await alice.api.status('PATCH', '/api/v2/notifications/policy', wrong), 422)
  })
})
