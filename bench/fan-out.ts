// What it costs to deliver one post to a thousand followers on many servers, per delivery, beside the bare floor.
import { createHash, createSign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { issueToken } from '../src/domain/sign-in/tokens.ts'
import { createAccount } from '../src/domain/accounts/create-account.ts'
import { applyLoad, quiet } from './lib/load.ts'
import { addFollows, addRemotePeople } from './lib/remote-people.ts'
import { benchEnvironment, openBenchHouse } from './lib/seed.ts'
import { startProcess } from './lib/server-process.ts'

const FOLLOWERS = Number(process.argv[2] ?? 1000)
const POSTS = 4
const SERVERS = 50

/** Inboxes that take everything, each on a port (and so a host) of its own. */
const taken = { count: 0 }
const ports: number[] = []
const inboxes = await Promise.all(
  Array.from({ length: SERVERS }, async () => {
    const inbox = createServer((incoming, outgoing) => {
      incoming.resume()
      incoming.once('end', () => {
        taken.count += 1
        outgoing.writeHead(202).end()
      })
    })
    await new Promise<void>((resolve) => inbox.listen(0, '127.0.0.1', resolve))
    ports.push((inbox.address() as AddressInfo).port)
    return inbox
  }),
)

const directory = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
const house = await openBenchHouse(directory)
const author = await createAccount(house.ctx, { username: 'author', confirmed: true })
const origin = (number: number): string => `http://127.0.0.1:${ports[number % SERVERS]}`
const people = await addRemotePeople(house, {
  count: FOLLOWERS,
  origin,
  inbox: (number) => `${origin(number)}/inbox/${number}`,
})
await addFollows(
  house,
  people.map((person) => [person.id, author.accountId]),
)
const { secret } = await issueToken(house.ctx, {
  appId: null,
  accountId: author.accountId,
  scopes: ['read', 'write'],
})
await house.stop()

async function reached(due: number): Promise<void> {
  if (taken.count >= due) return
  await sleep(5)
  await reached(due)
}

/** The floor: an RSA signature and a POST over a kept connection, with nothing else around it; runs in this process. */
async function floor(count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const body = Buffer.alloc(1500, 'x')
  const key = people[0]?.privateKey
  if (!key) throw new Error('nobody was seeded')
  const post = (number: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const digest = createHash('sha256').update(body).digest('base64')
      const signature = createSign('sha256').update(`digest: ${digest}`).sign(key, 'base64')
      const outgoing = request(`${origin(number)}/inbox`, { method: 'POST', agent }, (answer) => {
        answer.resume()
        answer.once('end', resolve)
      })
      outgoing.setHeader('signature', signature).once('error', reject)
      outgoing.end(body)
    })
  const before = process.cpuUsage()
  for (let start = 0; start < count; start += SERVERS)
    await Promise.all(Array.from({ length: SERVERS }, (_, index) => post(start + index)))
  const used = process.cpuUsage(before)
  agent.destroy()
  return (used.user + used.system) / 1000 / count
}

const server = await startProcess({
  script: new URL('../src/main.ts', import.meta.url).pathname,
  args: ['serve'],
  env: benchEnvironment(directory),
  port: 39_121,
  readyPath: '/api/v1/instance',
})
try {
  for (let post = 0; post < POSTS; post += 1) {
    const before = await quiet(server.pid)
    const began = performance.now()
    const due = taken.count + FOLLOWERS
    const next = () => ({
      method: 'POST' as const,
      path: '/api/v1/statuses',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: `Note ${post} to everybody who follows.` }),
    })
    await applyLoad(server, { requests: 1, connections: 1, next, warmUp: 0 })
    await reached(due)
    const seconds = (performance.now() - began) / 1000
    const cpu = ((await quiet(server.pid)) - before) / FOLLOWERS
    console.log(
      `${post === 0 ? 'first post' : 'later post'}, per delivery  ${cpu.toFixed(3)} ms CPU   ${seconds.toFixed(2)} s for ${FOLLOWERS}`,
    )
  }
  // The receiving ends run in this process too, so this is more than the floor alone.
  console.log(`floor with its receivers     ${(await floor(FOLLOWERS)).toFixed(3)} ms CPU`)
} finally {
  await server.stop()
  for (const inbox of inboxes) inbox.close()
  rmSync(directory, { recursive: true, force: true })
}
