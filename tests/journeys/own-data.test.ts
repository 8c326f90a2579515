// Promises about one's own data: lists to take along and to bring, moving house, and leaving for good.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Json } from '../api-client.ts'
import { forEachEngine } from '../database.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const PASSWORD = 'correct horse battery'

forEachEngine((engine) => {
  let world: World
  let now = Date.UTC(2026, 0, 5, 10)
  const people: Record<string, Person> = {}
  let domain: string

  const person = (name: string): Person => {
    const found = people[name]
    assert.ok(found)
    return found
  }
  before(async () => {
    world = await startWorld({ engine, clock: { now: () => (now += 1000) } })
    domain = world.house.config.domain
    for (const name of ['alice', 'bob', 'carol', 'dora', 'newalice'])
      people[name] = await world.account(name, { password: PASSWORD })
    const { api } = person('alice')
    await api.post(`/api/v1/accounts/${person('bob').id}/follow`, { reblogs: false, languages: ['en', 'de'] })
    await api.post(`/api/v1/accounts/${person('carol').id}/follow`)
    await api.post(`/api/v1/accounts/${person('dora').id}/mute`, { notifications: false })
    await api.post('/api/v1/domain_blocks', { domain: 'spam.test' })
    const list = await api.post('/api/v1/lists', { title: 'Near, "dear"' })
    await api.post(`/api/v1/lists/${list.id}/accounts`, { account_ids: [person('bob').id] })
    const post = await person('bob').api.post('/api/v1/statuses', { status: 'keep me' })
    await api.post(`/api/v1/statuses/${post.id}/bookmark`)
    await world.settle()
  })
  after(() => world.stop())

  const exported = async (who: Person, kind: string): Promise<string> => {
    const answer = await fetch(`${world.origin}/api/v1/exports/${kind}`, {
      headers: { authorization: `Bearer ${who.token}` },
    })
    assert.equal(answer.status, 200, kind)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/)
    assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${kind}.csv"`)
    return answer.text()
  }

  test('lists can be taken along in the tables that other servers read', async () => {
    const alice = person('alice')
    assert.equal(
      await exported(alice, 'follows'),
      `Account address,Show boosts,Notify on new posts,Languages\nbob@${domain},false,false,"en, de"\ncarol@${domain},true,false,\n`,
    )
    assert.equal(await exported(alice, 'mutes'), `Account address,Hide notifications\ndora@${domain},false\n`)
    assert.equal(await exported(alice, 'domain_blocks'), 'spam.test\n')
    assert.equal(await exported(alice, 'lists'), `"Near, ""dear""",bob@${domain}\n`)
    assert.match(await exported(alice, 'bookmarks'), /^http\S+\/posts\/\d+\n$/)
    const secrets = await fetch(`${world.origin}/api/v1/exports/secrets`, {
      headers: { authorization: `Bearer ${alice.token}` },
    })
    assert.equal(secrets.status, 404)
    assert.equal((await fetch(`${world.origin}/api/v1/exports/follows`)).status, 401)
  })

  test('and brought to another account, line by line; what leads nowhere is counted', async () => {
    const [alice, fresh] = [person('alice'), person('newalice')]
    for (const kind of ['follows', 'mutes', 'domain_blocks', 'lists', 'bookmarks']) {
      const text = await exported(alice, kind)
      await fresh.api.post('/api/v1/imports', { kind, text })
      await world.settle()
    }
    for (const kind of ['follows', 'mutes', 'domain_blocks', 'lists', 'bookmarks'])
      assert.equal(await exported(fresh, kind), await exported(alice, kind), kind)
    await fresh.api.post('/api/v1/imports', {
      kind: 'blocks',
      text: `\uFEFFdora@${domain}\r\nnobody@${domain}\r\n\r\n=cmd()\r\n`,
    })
    await world.settle()
    const [last] = await fresh.api.get('/api/v1/imports')
    assert.deepEqual([last.kind, last.total, last.done, last.failed], ['blocks', 2, 2, 1])
    assert.notEqual(last.finished_at, null)
    assert.deepEqual(
      (await fresh.api.get('/api/v1/blocks')).map((one: Json) => one.username),
      ['dora'],
    )
    assert.deepEqual(await alice.api.get('/api/v1/imports'), [])
  })

  test('a list may replace what is there: what would go is shown first, and then goes', async () => {
    const fresh = person('newalice')
    const text = `Account address\nCAROL@${domain}\nalice@${domain}\n`
    const ask = { kind: 'follows', text }
    const preview = await fresh.api.post('/api/v1/imports/preview', ask)
    assert.deepEqual(preview, { total: 2, removes: 1, examples: [`bob@${domain}`] })
    assert.match(await exported(fresh, 'follows'), /^bob@/m)
    await fresh.api.post('/api/v1/imports', { ...ask, mode: 'replace' })
    await world.settle()
    const names = (await exported(fresh, 'follows')).match(/^\w+(?=@)/gm)
    assert.deepEqual(names?.toSorted(), ['alice', 'carol'])
    const [last] = await fresh.api.get('/api/v1/imports')
    assert.deepEqual([last.mode, last.removed, last.failed], ['replace', 1, 0])
    for (const [kind, line, gone] of [
      ['mutes', `bob@${domain}`, 'dora'],
      ['blocks', `alice@${domain}`, 'dora'],
      ['domain_blocks', 'other.test', 'spam.test'],
      ['lists', `New,bob@${domain}`, 'dear'],
      ['bookmarks', `${world.origin}/nothing`, 'posts'],
    ] as const) {
      await fresh.api.post('/api/v1/imports', { kind, text: line, mode: 'replace' })
      await world.settle()
      assert.ok(!(await exported(fresh, kind)).includes(gone), kind)
    }
    await fresh.api.post('/api/v1/imports', { kind: 'blocks', text: `dora@${domain}`, mode: 'replace' })
    await world.settle()
  })

  test('a file that is no list is refused with a sentence', async () => {
    const { api } = person('alice')
    for (const body of [
      { kind: 'follows', text: '' },
      { kind: 'follows', text: '<html>' },
      { kind: 'passwords', text: `bob@${domain}` },
    ])
      assert.equal(await api.status('POST', '/api/v1/imports', body), 422, JSON.stringify(body))
    assert.equal(
      await api.status('POST', '/api/v1/imports', { kind: 'follows', text: 'x@y.test\n'.repeat(300_000) }),
      413,
    )
  })

  test('followers come along to an account that names the old one as its own', async () => {
    const [alice, fresh, carol] = [person('alice'), person('newalice'), person('carol')]
    await carol.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await world.settle()
    const move = { acct: `newalice@${domain}`, password: PASSWORD }
    const early = await alice.api.ask('POST', '/api/v1/move', { body: move })
    assert.deepEqual([early.status, /older one over there/.test(early.body.error)], [422, true])
    const aliases = await fresh.api.post('/api/v1/aliases', { acct: `@alice@${domain}` })
    assert.equal(aliases.length, 1)
    assert.equal(await alice.api.status('POST', '/api/v1/move', { ...move, password: 'guess' }), 403)
    const moved = await alice.api.post('/api/v1/move', move)
    assert.equal(moved.moved.id, fresh.id)
    await world.settle()
    const [old, next] = await carol.api.get(
      `/api/v1/accounts/relationships?id[]=${alice.id}&id[]=${fresh.id}`,
    )
    assert.deepEqual([old.following, next.following], [false, true])
    assert.deepEqual(await fresh.api.delete('/api/v1/aliases', { uri: aliases[0] }), [])
  })

  test('leaving needs the password, and then everything is gone', async () => {
    const dora = person('dora')
    const post = await dora.api.post('/api/v1/statuses', { status: 'the last word' })
    assert.equal(await dora.api.status('POST', '/api/v1/leave', { password: 'guess' }), 403)
    await dora.api.post('/api/v1/leave', { password: PASSWORD })
    await world.settle()
    assert.equal(await dora.api.status('GET', '/api/v1/accounts/verify_credentials'), 401)
    assert.equal(await person('bob').api.status('GET', `/api/v1/statuses/${post.id}`), 404)
    assert.equal(await person('bob').api.status('GET', `/api/v1/accounts/${dora.id}`), 404)
  })
})
