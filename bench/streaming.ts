// What a post costs that reaches a thousand open streams, half of them server-sent events and half WebSockets.
import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { createAccount } from '../src/domain/accounts/create-account.ts'
import { issueToken } from '../src/domain/sign-in/tokens.ts'
import { timesOf } from './lib/cpu.ts'
import { applyLoad, quiet } from './lib/load.ts'
import { addFollows } from './lib/remote-people.ts'
import { benchEnvironment, openBenchHouse } from './lib/seed.ts'
import { startProcess } from './lib/server-process.ts'
import type { ServerProcess } from './lib/server-process.ts'

const STREAMS = Number(process.argv[2] ?? 1000)
const POSTS = 20
const SCOPES = ['read', 'write']

const directory = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
const house = await openBenchHouse(directory)
const tokenOf = async (accountId: number): Promise<string> =>
  (await issueToken(house.ctx, { appId: null, accountId, scopes: SCOPES })).secret
const author = await createAccount(house.ctx, { username: 'author', confirmed: true })
const authorToken = await tokenOf(author.accountId)
const readers: { accountId: number; token: string }[] = []
for (let number = 0; number < STREAMS; number += 1) {
  const { accountId } = await createAccount(house.ctx, { username: `reader${number}`, confirmed: true })
  readers.push({ accountId, token: await tokenOf(accountId) })
}
await addFollows(
  house,
  readers.map((reader) => [reader.accountId, author.accountId]),
)
await house.settle()
await house.stop()

const got = { count: 0, lastAt: 0 }
const closers: (() => void)[] = []
const count = (): void => {
  got.count += 1
  got.lastAt = performance.now()
}

/** As many browsers behind one proxy: each with an address of its own. */
const headersOf = (number: number, token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  'x-forwarded-for': `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
})

function openEvents(origin: string, number: number, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = headersOf(number, token)
    const request = get(`${origin}/api/v1/streaming/user`, { headers, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => {
        if (chunk.includes('event: update')) count()
        else resolve()
      })
      response.on('error', () => {})
    })
    request.on('error', reject)
    closers.push(() => request.destroy())
  })
}

function openSocket(origin: string, number: number, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const url = `${origin.replace('http', 'ws')}/api/v1/streaming?stream=user`
    const socket = new WebSocket(url, { headers: headersOf(number, token) })
    socket.once('open', resolve)
    socket.once('error', reject)
    socket.on('message', (text: Buffer) => text.includes('"update"') && count())
    closers.push(() => socket.terminate())
  })
}

async function measure(name: string, server: ServerProcess, sockets: boolean): Promise<void> {
  await quiet(server.pid)
  const bare = timesOf(server.pid).residentBytes
  for (const [number, { token }] of readers.entries())
    await (sockets && number % 2 === 1 ? openSocket : openEvents)(server.origin, number, token)
  const perStream = (timesOf(server.pid).residentBytes - bare) / STREAMS / 1000
  const waits: number[] = []
  let before = 0
  for (let post = 0; post <= POSTS; post += 1) {
    // The first warms up.
    if (post === 1) before = await quiet(server.pid)
    got.count = 0
    const began = performance.now()
    const body = JSON.stringify({ status: `Note ${post} to everybody who listens.` })
    const headers = { authorization: `Bearer ${authorToken}`, 'content-type': 'application/json' }
    const next = () => ({ method: 'POST' as const, path: '/api/v1/statuses', headers, body })
    await applyLoad(server, { requests: 1, connections: 1, next, warmUp: 0 })
    while (got.count < STREAMS) await sleep(2)
    if (post > 0) waits.push(got.lastAt - began)
  }
  const cpu = ((await quiet(server.pid)) - before) / POSTS
  const wait = waits.reduce((sum, one) => sum + one, 0) / waits.length
  console.log(
    `${name.padEnd(10)} ${((cpu / STREAMS) * 1000).toFixed(1)} µs CPU per event   ${cpu.toFixed(1)} ms per post   ` +
      `${wait.toFixed(0)} ms until the last has it   ${perStream.toFixed(0)} kB per stream`,
  )
  for (const close of closers.splice(0)) close()
}

const env = benchEnvironment(directory)
const start = (script: string, port: number, readyPath: string, args: string[] = []) =>
  startProcess({ script: new URL(script, import.meta.url).pathname, args, env, port, readyPath })
const floor = await start('./lib/stream-floor.ts', 39_131, '/ready')
const ours = await start('../src/main.ts', 39_132, '/api/v1/instance', ['serve'])
try {
  await measure('Folkmoot', ours, true)
  await measure('floor', floor, false)
} finally {
  await ours.stop()
  await floor.stop()
  rmSync(directory, { recursive: true, force: true })
}
process.exit()
