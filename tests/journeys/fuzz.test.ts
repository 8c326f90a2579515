// The promise that nothing anybody sends breaks the server or opens what is closed: every address that the app has, hostile values.
// FUZZ_ROUNDS sends more of them, FUZZ_SEED others, FUZZ_ONLY names a part of the addresses to look at.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createLog } from '../../src/platform/log.ts'
import { createBrowser } from '../browser.ts'
import { catalog, validateExchange } from '../contract/validate.ts'
import { forEachEngine } from '../database.ts'
import type { Engine } from '../database.ts'
import { keepSecrets } from '../hostile/secrets.ts'
import type { Secrets } from '../hostile/secrets.ts'
import { createDice, HOSTILE, pick, sendingOf, textOf } from '../hostile/values.ts'
import type { Dice } from '../hostile/values.ts'
import { ALL_SCOPES, startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

/** What a database does not like may differ, what a route makes of values does not. */
const roundsOn = (engine: Engine): number =>
  Number(process.env['FUZZ_ROUNDS'] ?? (engine === 'sqlite' ? 2 : 1))
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_601)
const ONLY = process.env['FUZZ_ONLY'] ?? ''
const PASSWORD = 'four words and more'

/** Names that some address reads, beyond those of the catalogue. */
const NAMES =
  'id ids q query status name username url uri resource rel page cursor max_id min_id since_id limit offset token code state return_to email password current reason agreement locale client_id client_secret redirect_uri response_type response_mode scope grant_type code_verifier code_challenge lang comment title account_id type stream tag list file seal decision domain severity text content visibility session invite_code max_uses'.split(
    ' ',
  )

interface Route {
  method: string
  path: string
  names: readonly string[]
}

interface Answer {
  status: number
  headers: Headers
  text: string
}

interface Caller {
  who: 'nobody' | 'somebody' | 'moderator'
  headers: Record<string, string>
  seal: string
}

const promised = new Set(
  catalog.endpoints.filter((one) => one.path.startsWith('/api/')).map((one) => `${one.method} ${one.path}`),
)

forEachEngine((engine) => {
  let world: World
  let secrets: Secrets
  let routes: Route[]
  let callers: Caller[]
  let people: Record<string, Person>
  const troubles: string[] = []

  before(async () => {
    const log = createLog({ level: 'error', format: 'json', write: (line) => troubles.push(line) })
    world = await startWorld({ engine, log })
    const [alice, bob] = [await world.account('alice'), await world.account('bob')]
    secrets = await keepSecrets(world, alice, bob)
    const carol = await world.account('carol', { password: PASSWORD })
    const mona = await world.account('mona', { password: PASSWORD, role: 'moderator' })
    people = { somebody: carol, moderator: mona }
    callers = [
      { who: 'nobody', headers: {}, seal: '' },
      await callerFor('somebody', carol),
      await callerFor('moderator', mona),
    ]
    routes = allRoutes()
  })
  after(() => world.stop())

  /** A person with a token for the API and a session for the pages. */
  async function callerFor(who: Caller['who'], person: Person): Promise<Caller> {
    const { token } = await world.tokenFor(person.accountId, ALL_SCOPES)
    const browser = createBrowser(world.origin)
    await browser.send('/auth/sign_in', { login: person.username, password: PASSWORD })
    const seal = (await browser.open('/auth/edit')).field('seal')
    assert.notEqual(seal, '')
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { who, headers: { authorization: `Bearer ${token}`, cookie, origin: world.origin }, seal }
  }

  /** Some addresses end the session or the token that they are called with. */
  async function stillIn(turn: number): Promise<Caller> {
    const caller = callers[turn] as Caller
    const person = people[caller.who]
    if (!person) return caller
    const { headers } = caller
    const api = await fetch(`${world.origin}/api/v1/markers`, { headers })
    const page = await fetch(`${world.origin}/auth/edit`, { headers, redirect: 'manual' })
    await Promise.all([api.text(), page.text()])
    if (api.status === 200 && page.status === 200) return caller
    return (callers[turn] = await callerFor(caller.who, person))
  }

  function allRoutes(): Route[] {
    const known = new Map(catalog.endpoints.map((one) => [`${one.method} ${one.path}`, one]))
    const found = new Map<string, Route>()
    for (const { method, path } of world.house.app.routes) {
      if (method === 'ALL' || (ONLY !== '' && !path.includes(ONLY))) continue
      const endpoint = known.get(`${method} ${path}`)
      const asked = (endpoint?.params ?? []) as unknown as { name: string; in: string }[]
      const names = endpoint ? asked.filter((one) => one.in !== 'path').map((one) => one.name) : NAMES
      found.set(`${method} ${path}`, { method, path, names })
    }
    return [...found.values()]
  }

  function fill(path: string, dice: Dice): string {
    const part = (): string =>
      dice(3) === 0
        ? encodeURIComponent(textOf(pick(dice, HOSTILE)).toWellFormed().slice(0, 200)) || 'x'
        : pick(dice, [...secrets.ids, 'alice', '@alice', 'alice@elsewhere.test'])
    return path.replaceAll(/:\w+(\{[^}]*\})?\??/g, part).replaceAll('*', part)
  }

  function valuesFor(route: Route, caller: Caller, dice: Dice): [string, unknown][] {
    const names = route.names === NAMES ? route.names.filter(() => dice(6) === 0) : route.names
    const values = names
      .filter(() => dice(5) > 0)
      .map((name): [string, unknown] => [name, dice(3) === 0 ? pick(dice, secrets.ids) : pick(dice, HOSTILE)])
    return caller.seal === '' || dice(4) === 0 ? values : [...values, ['seal', caller.seal]]
  }

  function requestOf(route: Route, caller: Caller, dice: Dice): { path: string; init: RequestInit } {
    const values = valuesFor(route, caller, dice)
    const path = fill(route.path, dice)
    const headers: Record<string, string> = { ...caller.headers }
    if (dice(6) === 0)
      headers['accept'] = pick(dice, [
        'application/activity+json',
        'text/html',
        '*/',
        ';q=',
        'a/b,'.repeat(900),
      ])
    if (route.method === 'GET' || route.method === 'HEAD' || route.method === 'OPTIONS') {
      const pairs = values.map(([name, value]) => [
        dice(4) === 0 ? `${name}[]` : name,
        textOf(value).toWellFormed().slice(0, 1500),
      ])
      return { path: `${path}?${new URLSearchParams(pairs).toString().slice(0, 2500)}`, init: { headers } }
    }
    const { type, body } = sendingOf(values, dice)
    if (type !== undefined) headers['content-type'] = type
    return { path, init: { headers, ...(body === undefined ? {} : { body }) } }
  }

  /** A body that is far too large may be cut off unread. Streams have no end, so only their beginning is read. */
  async function send(method: string, path: string, init: RequestInit): Promise<Answer> {
    const size = typeof init.body === 'string' ? init.body.length : 0
    try {
      const response = await fetch(world.origin + path, { method, redirect: 'manual', ...init })
      const { status, headers } = response
      if (!(headers.get('content-type') ?? '').startsWith('text/event-stream'))
        return { status, headers, text: await response.text() }
      await response.body?.cancel()
      return { status, headers, text: '' }
    } catch (error) {
      if (size < 1_000_000)
        throw new Error(`${method} ${path} with ${size} characters broke the line`, { cause: error })
      return { status: 431, headers: new Headers(), text: '' }
    }
  }

  function problemsOf(route: Route, caller: Caller, answer: Answer & { path: string }): string[] {
    const { status, headers, text, path } = answer
    const problems: string[] = []
    if (status >= 500) problems.push(`answered ${status}: ${text.slice(0, 200)}`)
    const hidden = caller.who === 'moderator' ? secrets.own : [...secrets.own, ...secrets.moderated]
    for (const word of hidden) if (text.includes(word)) problems.push(`shows ${word}`)
    if (/\bat [^\n]*\.ts:\d+|SQLITE_|syntax error at|node_modules/.test(text))
      problems.push('tells of the inside')
    // 431 comes from below the API; a page may lead elsewhere.
    if (promised.has(`${route.method} ${route.path}`) && status !== 431 && status !== 303)
      problems.push(...validateExchange({ method: route.method, path, status, headers, body: text }))
    return problems
  }

  test('no address fails, breaks its promise or leaks, whoever sends whatever', async () => {
    const problems: string[] = []
    let answered = 0
    const doubtful = new Set<number>()
    const attack = async (route: Route, turn: number, dice: Dice): Promise<void> => {
      const caller = doubtful.delete(turn) ? await stillIn(turn) : (callers[turn] as Caller)
      for (let round = 0; round < roundsOn(engine); round += 1) {
        const { path, init } = requestOf(route, caller, dice)
        const answer = await send(route.method, path, init)
        if (answer.status < 300) answered += 1
        // Only what was done, or a door that is shut, can mean that the caller is not in any more.
        const isDone = route.method !== 'GET' && answer.status < 400
        if (isDone || [303, 401].includes(answer.status)) doubtful.add(turn)
        const sent = typeof init.body === 'string' ? init.body : ''
        for (const problem of problemsOf(route, caller, { ...answer, path }))
          problems.push(
            `${caller.who}: ${route.method} ${path.slice(0, 300)} ${sent.slice(0, 300)} ${problem}`,
          )
      }
    }
    // All callers at once: what one does changes nothing of what another may see.
    for (const [index, route] of routes.entries())
      await Promise.all(
        callers.map((_, turn) => attack(route, turn, createDice(SEED + index * 7919 + turn * 104_729))),
      )
    assert.deepEqual(problems, [])
    if (ONLY === '')
      assert.ok(
        routes.length > 250 && answered > routes.length / 2,
        `${routes.length} addresses, ${answered} answers`,
      )
    await world.settle()
    assert.deepEqual(troubles, [], 'what was sent broke something afterwards')
  })

  test('after all this everybody still finds what is theirs', async () => {
    for (const name of ['alice', 'bob']) {
      const { api } = await world.account(name)
      for (const path of [
        'timelines/home',
        'notifications',
        'conversations',
        'lists',
        'bookmarks',
        'accounts/verify_credentials',
      ])
        await api.get(`/api/v1/${path}`)
      await api.get('/api/v2/filters')
    }
    assert.deepEqual(troubles, [])
  })
})
