// Promises about what one does not want to read: filters by word and post, in both versions of the API.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { mustOpen } from '../stream-reader.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5)
  let alice: Person
  let bob: Person
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1) } })
    alice = await world.account('alice')
    bob = await world.account('bob')
    await alice.api.post(`/api/v1/accounts/${bob.id}/follow`)
    await world.settle()
  })
  after(() => world.stop())

  const create = (person: Person, body: object): Promise<Json> => person.api.post('/api/v2/filters', body)
  const filter = (keyword: string, more: object = {}) =>
    create(alice, {
      title: keyword,
      context: ['home'],
      keywords_attributes: [{ keyword, whole_word: true }],
      ...more,
    })
  const post = async (person: Person, body: object): Promise<Json> => {
    const status = await person.api.post('/api/v1/statuses', body)
    await world.settle()
    return status
  }
  const caught = async (status: Json, person = alice): Promise<string[]> =>
    (await person.api.get(`/api/v1/statuses/${status.id}`)).filtered.map((one: Json) => one.filter.title)
  const drop = async (): Promise<void> => {
    for (const one of await alice.api.get('/api/v2/filters'))
      await alice.api.delete(`/api/v2/filters/${one.id}`)
  }

  test('a filter is kept, read, changed and removed with its words', async () => {
    const made = await filter('spoilers', {
      context: ['home', 'public'],
      filter_action: 'blur',
      expires_in: 3600,
    })
    assert.deepEqual([made.context, made.filter_action], [['home', 'public'], 'blur'])
    assert.ok(Date.parse(made.expires_at) > now)
    const changed = await alice.api.put(`/api/v2/filters/${made.id}`, {
      title: 'other',
      expires_in: '',
      keywords_attributes: [
        { id: made.keywords[0].id, _destroy: true },
        { keyword: 'ending', whole_word: false },
      ],
    })
    assert.deepEqual([changed.title, changed.expires_at, changed.filter_action], ['other', null, 'blur'])
    assert.deepEqual(
      changed.keywords.map((one: Json) => [one.keyword, one.whole_word]),
      [['ending', false]],
    )
    assert.deepEqual(await alice.api.get(`/api/v2/filters/${made.id}`), changed)
    await alice.api.delete(`/api/v2/filters/${made.id}`)
    assert.deepEqual(await alice.api.get('/api/v2/filters'), [])
  })

  test('a form nests words as Rails does', async () => {
    const form = new URLSearchParams([
      ['title', 'form'],
      ['context[]', 'home'],
      ['context[]', 'thread'],
      ['keywords_attributes[0][keyword]', 'one'],
      ['keywords_attributes[0][whole_word]', 'false'],
      ['keywords_attributes[1][keyword]', 'two'],
    ])
    const made = await alice.api.post('/api/v2/filters', form)
    assert.deepEqual(made.context, ['home', 'thread'])
    assert.deepEqual(
      made.keywords.map((one: Json) => [one.keyword, one.whole_word]),
      [
        ['one', false],
        ['two', true],
      ],
    )
    await drop()
  })

  test('words are found in text, warning, poll and media description, whole where that was asked', async () => {
    await filter('Käse')
    const hits = [
      { status: 'i like käse.' },
      { status: 'hidden', spoiler_text: 'KÄSE!' },
      { status: 'which?', poll: { options: ['käse', 'brot'], expires_in: 3600 } },
    ]
    for (const body of hits) assert.deepEqual(await caught(await post(bob, body)), ['Käse'])
    for (const status of ['Käsekuchen', 'nothing', 'a href="käse_"'])
      assert.deepEqual(await caught(await post(bob, { status })), [])
    await drop()
    await filter('käse', { keywords_attributes: [{ keyword: 'käse', whole_word: false }] })
    assert.deepEqual(await caught(await post(bob, { status: 'Käsekuchen' })), ['käse'])
    await drop()
  })

  test('what is filtered says so in every way to read it, for the reader alone', async () => {
    await filter('secretword', { context: ['home', 'notifications', 'public', 'thread', 'account'] })
    const status = await post(bob, { status: 'the secretword for @alice' })
    const boost = await bob.api.post(`/api/v1/statuses/${status.id}/reblog`)
    await world.settle()
    const of = (one: Json): string[] => one.filtered.flatMap((result: Json) => result.keyword_matches)
    const lists: [string, (body: Json) => Json[]][] = [
      ['/api/v1/timelines/home', (body) => body],
      ['/api/v1/timelines/public', (body) => body],
      [`/api/v1/accounts/${bob.id}/statuses`, (body) => body],
      [`/api/v1/statuses/${status.id}/context`, (body) => [...body.ancestors, ...body.descendants]],
      ['/api/v1/notifications?types[]=mention', (body) => body.map((one: Json) => one.status)],
      ['/api/v2/search?q=secretword&type=statuses', (body) => body.statuses],
    ]
    let seen = 0
    for (const [path, list] of lists)
      for (const one of list(await alice.api.get(path)).filter((each) =>
        [status.id, boost.id].includes(each.id),
      )) {
        seen += 1
        assert.deepEqual(of(one), ['secretword'], path)
      }
    assert.ok(seen >= 5, `seen only ${seen} times`)
    const own = await alice.api.get(`/api/v1/accounts/${bob.id}/statuses`)
    const shared = own.find((one: Json) => one.id === boost.id)
    assert.deepEqual(of(shared.reblog), ['secretword'])
    assert.deepEqual(await caught(status, bob), [])
    const { filtered } = await alice.api.get(`/api/v1/statuses/${status.id}`)
    assert.equal(filtered[0].filter.keywords, undefined)
    await drop()
    assert.deepEqual(await caught(status), [])
  })

  test('an edit is judged anew', async () => {
    await filter('later')
    const status = await post(bob, { status: 'before' })
    assert.deepEqual(await caught(status), [])
    await bob.api.put(`/api/v1/statuses/${status.id}`, { status: 'later' })
    assert.deepEqual(await caught(status), ['later'])
    await drop()
  })

  test('a single post can be filtered, once, and only if one may see it', async () => {
    const made = await filter('unheard-of')
    const status = await post(bob, { status: 'an annoying one' })
    const path = `/api/v2/filters/${made.id}/statuses`
    const kept = await alice.api.post(path, { status_id: status.id })
    assert.deepEqual(await alice.api.get(path), [kept])
    const { filtered } = await alice.api.get(`/api/v1/statuses/${status.id}`)
    assert.deepEqual([filtered[0].keyword_matches, filtered[0].status_matches], [null, [status.id]])
    assert.equal(await alice.api.status('POST', path, { status_id: status.id }), 422)
    const hidden = await post(bob, { status: 'for me', visibility: 'direct' })
    assert.equal(await alice.api.status('POST', path, { status_id: hidden.id }), 404)
    assert.deepEqual(await alice.api.get(`/api/v2/filters/statuses/${kept.id}`), kept)
    await alice.api.delete(`/api/v2/filters/statuses/${kept.id}`)
    assert.deepEqual(await caught(status), [])
    await drop()
  })

  test('a filter ends when it should', async () => {
    await filter('shortly', { expires_in: 60 })
    const status = await post(bob, { status: 'shortly' })
    assert.deepEqual(await caught(status), ['shortly'])
    now += 61_000
    assert.deepEqual(await caught(status), [])
    await drop()
  })

  test('a mute with an end hides somebody from timelines, notifications and streams until then', async () => {
    const duration = 3600
    const muted = await alice.api.post(`/api/v1/accounts/${bob.id}/mute`, { duration })
    assert.equal(muted.muting, true)
    const [entry] = await alice.api.get('/api/v1/mutes')
    assert.ok(Math.abs(Date.parse(entry.mute_expires_at) - now - duration * 1000) < 10_000)
    const [home, unread] = await Promise.all(
      ['user', 'user:notification'].map(async (stream) => {
        const query = `?stream=${stream}&access_token=${alice.token}`
        return (await mustOpen(world.origin, { query })).reader
      }),
    )
    const hidden = await post(bob, { status: '@alice unheard' })
    now += duration * 1000
    const shown = await post(bob, { status: '@alice heard again' })
    assert.equal((await home!.next('update')).id, shown.id)
    assert.equal((await unread!.next('notification')).status.id, shown.id)
    for (const path of ['timelines/home', 'timelines/public']) {
      const listed = (await alice.api.get(`/api/v1/${path}`)).map((one: Json) => one.id)
      assert.ok(listed.includes(shown.id), path)
    }
    const told = (await alice.api.get('/api/v1/notifications')).map((one: Json) => one.status.id)
    assert.ok(told.includes(shown.id) && !told.includes(hidden.id))
    assert.deepEqual(await alice.api.get('/api/v1/mutes'), [])
    const [relation] = await alice.api.get(`/api/v1/accounts/relationships?id[]=${bob.id}`)
    assert.equal(relation.muting, false)
    for (const stream of [home!, unread!]) stream.close()
  })

  test('what is filtered says so in the streams of home and of notifications as well', async () => {
    await filter('spoken', { context: ['home', 'notifications'] })
    const streams = await Promise.all(
      ['user', 'user:notification'].map(async (stream) => {
        const query = `?stream=${stream}&access_token=${alice.token}`
        return (await mustOpen(world.origin, { query })).reader
      }),
    )
    await post(bob, { status: '@alice a spoken word' })
    const titles = (status: Json): string[] => status.filtered.map((one: Json) => one.filter.title)
    assert.deepEqual(titles(await streams[0]!.next('update')), ['spoken'])
    for (const stream of streams) {
      assert.deepEqual(titles((await stream.next('notification')).status), ['spoken'])
      stream.close()
    }
    await drop()
  })

  test('streams carry what is filtered, each reader their own', async () => {
    await filter('streamed')
    const streams = await Promise.all(
      [alice, bob].map(async ({ token }) => {
        const query = `?stream=public&access_token=${token}`
        return (await mustOpen(world.origin, { query })).reader
      }),
    )
    await post(bob, { status: 'a streamed word' })
    const [first, second] = await Promise.all(streams.map((stream) => stream.next('update')))
    assert.deepEqual(
      first.filtered.map((one: Json) => one.filter.title),
      ['streamed'],
    )
    assert.deepEqual(second.filtered, [])
    for (const stream of streams) stream.close()
    await drop()
  })

  test('the first version of the API shows words one by one', async () => {
    const made = await alice.api.post('/api/v1/filters', {
      phrase: 'old',
      context: ['home', 'thread'],
      irreversible: true,
      whole_word: true,
    })
    assert.deepEqual([made.phrase, made.irreversible, made.whole_word], ['old', true, true])
    assert.deepEqual(await caught(await post(bob, { status: 'the old way' })), ['old'])
    const changed = await alice.api.put(`/api/v1/filters/${made.id}`, { phrase: 'older', context: ['home'] })
    assert.deepEqual([changed.phrase, changed.context, changed.irreversible], ['older', ['home'], false])
    const [whole] = await alice.api.get('/api/v2/filters')
    await alice.api.post(`/api/v2/filters/${whole.id}/keywords`, { keyword: 'second' })
    assert.equal((await alice.api.get('/api/v1/filters')).length, 2)
    const other = { phrase: 'older', context: ['public'] }
    assert.equal(await alice.api.status('PUT', `/api/v1/filters/${made.id}`, other), 422)
    await alice.api.delete(`/api/v1/filters/${made.id}`)
    const [left] = await alice.api.get('/api/v1/filters')
    assert.equal(left.phrase, 'second')
    await alice.api.delete(`/api/v1/filters/${left.id}`)
    assert.deepEqual(await alice.api.get('/api/v2/filters'), [])
  })

  test("nobody reads or changes another's filters, words or filtered posts", async () => {
    const made = await filter('mine')
    const word = made.keywords[0].id
    for (const [method, path, body] of [
      ['GET', `/api/v2/filters/${made.id}`],
      ['PUT', `/api/v2/filters/${made.id}`, { title: 'taken' }],
      ['DELETE', `/api/v2/filters/${made.id}`],
      ['GET', `/api/v2/filters/${made.id}/keywords`],
      ['POST', `/api/v2/filters/${made.id}/keywords`, { keyword: 'x' }],
      ['PUT', `/api/v2/filters/keywords/${word}`, { keyword: 'x' }],
      ['DELETE', `/api/v2/filters/keywords/${word}`],
      ['DELETE', `/api/v1/filters/${word}`],
    ] as const)
      assert.equal(await bob.api.status(method, path, body), 404, path)
    const own = await create(bob, { title: 'own', context: ['home'] })
    const steal = { keywords_attributes: [{ id: word, keyword: 'stolen' }] }
    assert.equal(await bob.api.status('PUT', `/api/v2/filters/${own.id}`, steal), 404)
    assert.deepEqual(await alice.api.get(`/api/v2/filters/${made.id}`), made)
    await drop()
  })

  test('what is too long, too much or unheard of is refused in words', async () => {
    for (const body of [
      { title: '', context: ['home'] },
      { title: 'x'.repeat(257), context: ['home'] },
      { title: 'x'.repeat(1_000_000), context: ['home'] },
      { title: 'x', context: [] },
      { title: 'x', context: ['kitchen'] },
      { title: 'x', context: ['home'], filter_action: 'burn' },
      { title: 'x', context: ['home'], expires_in: 'soon' },
      { title: 'x', context: ['home'], expires_in: -5 },
      { title: 'x', context: ['home'], keywords_attributes: [{ keyword: 'y'.repeat(513) }] },
      { title: 'x', context: ['home'], keywords_attributes: [{ keyword: '  ' }] },
      {
        title: 'x',
        context: ['home'],
        keywords_attributes: Array.from({ length: 201 }, (_, index) => ({ keyword: `w${index}` })),
      },
    ])
      assert.equal(
        await alice.api.status('POST', '/api/v2/filters', body),
        422,
        JSON.stringify(body).slice(0, 99),
      )
    assert.deepEqual(await alice.api.get('/api/v2/filters'), [])
  })
})
