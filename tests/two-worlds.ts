// Servers of ours that know each other by name (a.test, b.test, ...), for promises that span more than one.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount } from '../src/domain/accounts/create-account.ts'
import { issueToken } from '../src/domain/sign-in/tokens.ts'
import { buildHouse } from '../src/house.ts'
import type { House } from '../src/house.ts'
import type { Role } from '../src/model/account.ts'
import type { Clock } from '../src/platform/clock.ts'
import { readConfig } from '../src/platform/config.ts'
import type { Config } from '../src/platform/config.ts'
import { silentLog } from '../src/platform/log.ts'
import type { FixedHosts } from '../src/platform/outgoing.ts'
import { createApi } from './api-client.ts'
import type { Authority } from './certificates.ts'
import type { ApiClient, Json } from './api-client.ts'
import { createTestDatabase } from './database.ts'
import type { Engine } from './database.ts'
import { openTlsFront } from './tls-front.ts'
import type { TlsFront } from './tls-front.ts'
import { ALL_SCOPES } from './world.ts'

/** Somebody with an account and a token. */
export interface Citizen {
  server: Server
  username: string
  id: string
  accountId: number
  token: string
  api: ApiClient
  /** `@name@domain`, as written on other servers. */
  handle: string
  /** The id of the actor. */
  uri: string
}

export interface Server {
  domain: string
  /** The public address; only servers reach it. */
  origin: string
  /** Where clients connect. */
  local: string
  /** What stands before it, where servers talk over https. */
  front: TlsFront | undefined
  port: number
  house: House
  account(name: string, options?: { role?: Role; password?: string }): Promise<Citizen>
  client(token?: string): ApiClient
  /** Stops and leaves everything in the store. */
  stop(): Promise<void>
  /** Builds the server anew on the same store, at the same address. */
  start(): Promise<void>
}

export interface Worlds {
  servers: readonly Server[]
  /** Lets everything due happen on all servers that run, answers included. */
  settle(): Promise<void>
  /** Moves the clock of all servers. */
  pass(ms: number): void
  stop(): Promise<void>
}

export interface WorldsOptions {
  engine: Engine
  domains: readonly string[]
  /** Names that lead elsewhere, such as to a peer of another make. */
  hosts?: FixedHosts
  config?: Partial<Config>
  /** They reach each other over https, each behind a front with a certificate of this authority. */
  authority?: Authority
}

/** Starts one server per domain, each with a database of its own; all of them find each other. */
export async function startWorlds(options: WorldsOptions): Promise<Worlds> {
  let ahead = 0
  const clock: Clock = { now: () => Date.now() + ahead }
  const hosts: Record<string, { address: string; port?: number }> = { ...options.hosts }
  const ports = await Promise.all(options.domains.map(freePort))
  const plans = await Promise.all(
    options.domains.map(async (domain, index) => {
      const port = ports[index] as number
      const certificate = options.authority?.issue(domain)
      const front = certificate && (await openTlsFront(certificate, port))
      hosts[domain] = { address: '127.0.0.1', port: front?.port ?? port }
      return { domain, port, front, hosts, clock, options }
    }),
  )
  const made = await Promise.all(plans.map(makeServer))
  const running = (): Server[] => made.filter((one) => one.isRunning()).map(({ server }) => server)
  return {
    servers: made.map(({ server }) => server),
    async settle() {
      // What one server sends makes the other one answer.
      for (let round = 0; round < 3; round++) for (const server of running()) await server.house.settle()
    },
    pass(ms) {
      ahead += ms
    },
    async stop() {
      await Promise.all(made.map((one) => one.remove()))
    },
  }
}

interface Plan {
  domain: string
  port: number
  front: TlsFront | undefined
  hosts: FixedHosts
  clock: Clock
  options: WorldsOptions
}

async function makeServer({ domain, port, front, hosts, clock, options }: Plan) {
  const { database, drop } = await createTestDatabase(options.engine)
  const dataDirectory = mkdtempSync(join(tmpdir(), 'folkmoot-two-'))
  const given = readConfig({
    PORT: String(port),
    FOLKMOOT_BIND: '127.0.0.1',
    FOLKMOOT_URL: `${front ? 'https' : 'http'}://${domain}`,
    FOLKMOOT_DATA: dataDirectory,
    FOLKMOOT_ALLOW_PRIVATE: '127.0.0.0/8',
    ...(front ? { FOLKMOOT_TRUST_PROXY: '127.0.0.1' } : {}),
    FOLKMOOT_RATE_LIMITS: 'off',
    FOLKMOOT_LOG_LEVEL: 'silent',
  })
  const config: Config = { ...given, database, ...options.config }
  const people = new Map<string, Promise<Citizen>>()
  const local = `http://127.0.0.1:${port}`
  let house: House | undefined
  const server: Server = {
    domain,
    origin: config.origin,
    local,
    front,
    port,
    get house() {
      assert.ok(house, `${domain} is not running`)
      return house
    },
    account(name, personOptions = {}) {
      let person = people.get(name)
      if (!person) people.set(name, (person = makeCitizen(server, name, personOptions)))
      return person
    },
    client: (token) => createApi(local, token),
    async stop() {
      const stopping = server.house
      house = undefined
      await stopping.stop()
    },
    async start() {
      assert.ok(!house, `${domain} is running already`)
      const ca = options.authority?.ca
      const outgoing = { hosts, ...(ca === undefined ? {} : { ca }) }
      house = await buildHouse(config, { clock, log: silentLog(), outgoing })
      await house.start()
    },
  }
  await server.start()
  return {
    server,
    isRunning: () => house !== undefined,
    async remove() {
      if (house) await server.stop()
      await front?.close()
      await drop()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

async function makeCitizen(
  server: Server,
  username: string,
  options: { role?: Role; password?: string },
): Promise<Citizen> {
  const { ctx } = server.house
  const { accountId } = await createAccount(ctx, {
    username,
    email: `${username}@people.test`,
    confirmed: true,
    ...options,
  })
  const { secret } = await issueToken(ctx, { appId: null, accountId, scopes: ALL_SCOPES })
  return {
    server,
    username,
    id: String(accountId),
    accountId,
    token: secret,
    api: server.client(secret),
    handle: `@${username}@${server.domain}`,
    uri: `${server.origin}/users/${username}`,
  }
}

/** A port that nobody used a moment ago: the address of a server must be known before it listens. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Asks again and again until there is an answer; fails with `what` after some seconds. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  seconds = 60,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false && found !== null) return found
    if (Date.now() > end) assert.fail(`did not happen within ${seconds} seconds: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The account of somebody, found by the handle as somebody else sees it. */
export async function find(reader: Citizen, sought: Citizen | string): Promise<Json> {
  const handle = typeof sought === 'string' ? sought : sought.handle
  const query = `resolve=true&type=accounts&q=${encodeURIComponent(handle)}`
  const { accounts } = await reader.api.get(`/api/v2/search?${query}`)
  assert.ok(accounts[0], `${reader.handle} does not find ${handle}`)
  return accounts[0]
}

/** How somebody stands to somebody else. */
export async function relationship(reader: Citizen, other: Citizen): Promise<Json> {
  const { id } = await find(reader, other)
  return (await reader.api.get(`/api/v1/accounts/relationships?id[]=${id}`))[0]
}

/** Follows and waits until both servers know of it. */
export async function follow(reader: Citizen, author: Citizen): Promise<void> {
  const { id } = await find(reader, author)
  await reader.api.post(`/api/v1/accounts/${id}/follow`)
  await until(`${reader.handle} follows ${author.handle}`, async () => {
    const [relation] = await reader.api.get(`/api/v1/accounts/relationships?id[]=${id}`)
    return relation.following
  })
}

/** The post with these words in somebody's home, now; undefined where there is none. */
export async function inHome(reader: Citizen, words: string): Promise<Json> {
  const home: Json[] = await reader.api.get('/api/v1/timelines/home?limit=40')
  return home.find((status) => (status.reblog ?? status).content.includes(words))
}

/** Waits for a post with these words in somebody's home. */
export function arrives(reader: Citizen, words: string): Promise<Json> {
  return until(`"${words}" in the home of ${reader.handle}`, () => inHome(reader, words))
}

/** Somebody's copy of a post of another server; undefined where they have none. */
export async function copyOf(reader: Citizen, uri: string): Promise<Json> {
  const query = `resolve=true&type=statuses&q=${encodeURIComponent(uri)}`
  const { statuses } = await reader.api.get(`/api/v2/search?${query}`)
  return statuses[0]
}

/** A notification of this type, newest first, as soon as there is one that fits. */
export function notified(
  reader: Citizen,
  type: string,
  fits: (notification: Json) => boolean = () => true,
): Promise<Json> {
  return until(`"${type}" among the notifications of ${reader.handle}`, async () => {
    const notifications: Json[] = await reader.api.get(`/api/v1/notifications?types[]=${type}`)
    return notifications.find(fits)
  })
}
