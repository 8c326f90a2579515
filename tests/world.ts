// A server with a fixed cast, over real HTTP: every answer of the client API is checked against the catalogue.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccount } from '../src/domain/accounts/create-account.ts'
import { issueToken } from '../src/domain/sign-in/tokens.ts'
import { buildHouse } from '../src/house.ts'
import type { House, HouseOptions } from '../src/house.ts'
import type { Role } from '../src/model/account.ts'
import { readConfig } from '../src/platform/config.ts'
import type { Config } from '../src/platform/config.ts'
import { silentLog } from '../src/platform/log.ts'
import { createApi } from './api-client.ts'
import type { ApiClient } from './api-client.ts'
import { createTestDatabase } from './database.ts'
import type { Engine } from './database.ts'

export interface Person {
  id: string
  accountId: number
  username: string
  token: string
  tokenId: number
  api: ApiClient
}

export interface World {
  house: House
  /** Where clients connect; the same as `config.origin` unless a domain was asked for. */
  origin: string
  port: number
  /** Somebody of the cast (alice, bob, carol, or any other name), made when first asked for. */
  account(name: string, options?: PersonOptions): Promise<Person>
  /** Another token for somebody, with these scopes. */
  tokenFor(accountId: number | null, scopes: readonly string[]): Promise<{ token: string; tokenId: number }>
  /** A client without a token, or with the given one. */
  client(token?: string): ApiClient
  /** Lets everything due happen: facts are told, jobs done. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface PersonOptions {
  role?: Role
  /** Without one the person has only a token. */
  password?: string
  confirmed?: boolean
  scopes?: readonly string[]
}

export interface WorldOptions extends HouseOptions {
  engine: Engine
  domain?: string
  config?: Partial<Config>
}

export const ALL_SCOPES = ['read', 'write', 'follow', 'push', 'profile', 'admin:read', 'admin:write']

/** Starts a server of its own on a free port, with an empty database. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { engine, domain, config: change, ...houseOptions } = options
  const { database, drop } = await createTestDatabase(engine)
  const dataDirectory = mkdtempSync(join(tmpdir(), 'folkmoot-world-'))
  const port = await freePort()
  const local = `http://localhost:${port}`
  const given = readConfig({
    PORT: String(port),
    FOLKMOOT_BIND: '127.0.0.1',
    FOLKMOOT_URL: domain === undefined ? local : `https://${domain}`,
    FOLKMOOT_DATA: dataDirectory,
    FOLKMOOT_RATE_LIMITS: 'off',
    FOLKMOOT_LOG_LEVEL: 'silent',
  })
  const config = { ...given, database: database, ...change }
  const house = await buildHouse(config, { log: silentLog(), ...houseOptions })
  await house.start()
  const people = new Map<string, Promise<Person>>()
  const world: World = {
    house,
    origin: local,
    port,
    account(name, personOptions = {}) {
      let person = people.get(name)
      if (!person) people.set(name, (person = makePerson(world, name, personOptions)))
      return person
    },
    async tokenFor(accountId, scopes) {
      const { secret, token } = await issueToken(house.ctx, { appId: null, accountId, scopes })
      return { token: secret, tokenId: token.id }
    },
    client: (token) => createApi(local, token),
    settle: () => house.settle(),
    async stop() {
      await house.stop()
      await drop()
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
  return world
}

async function makePerson(world: World, username: string, options: PersonOptions): Promise<Person> {
  const { accountId } = await createAccount(world.house.ctx, {
    username,
    email: `${username}@people.test`,
    confirmed: options.confirmed ?? true,
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.role === undefined ? {} : { role: options.role }),
  })
  const { token, tokenId } = await world.tokenFor(accountId, options.scopes ?? ALL_SCOPES)
  return { id: String(accountId), accountId, username, token, tokenId, api: world.client(token) }
}

/** Below the ports that systems give away by themselves, and for each process its own: nobody takes one in between. */
const FIRST_PORT = 10_000 + (process.pid % 200) * 100
let portsTried = 0

/** A port that nobody uses: the address of a server must be known before it listens. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + (portsTried++ % 100)
    const probe = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    await new Promise((resolve) => probe.close(resolve))
    return port
  }
}

/** Waits until `look` gives something, at most twenty seconds. */
export async function eventually<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 20_000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) assert.fail('what was waited for did not happen within twenty seconds')
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
