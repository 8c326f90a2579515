// What it costs to deliver one post to many followers on many servers, per delivery, beside the bare floor; `https` as second word.
import { createHash, createSign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { RequestListener } from 'node:http'
import * as https from 'node:https'
import type { AddressInfo, LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { issueToken } from '../src/domain/sign-in/tokens.ts'
import { createAccount } from '../src/domain/accounts/create-account.ts'
import { createCertificate } from './lib/certificate.ts'
import { applyLoad, quiet } from './lib/load.ts'
import { addFollows, addRemotePeople } from './lib/remote-people.ts'
import { benchEnvironment, openBenchHouse } from './lib/seed.ts'
import { startProcess } from './lib/server-process.ts'

const FOLLOWERS = Number(process.argv[2] ?? 1000)
const isSecure = process.argv[3] === 'https'
const POSTS = 4
/** Over https every follower is on a server of its own, to which nobody has talked before. */
const SERVERS = isSecure ? FOLLOWERS : 50

/** Inboxes that take everything; a host of its own each, by port or, over https, by name. */
const taken = { count: 0 }
const take: RequestListener = (incoming, outgoing) => {
  incoming.resume()
  incoming.once('end', () => {
    taken.count += 1
    outgoing.writeHead(202).end()
  })
}
const hostOf = (number: number): string => `h${number}.bench.localhost`
const certificate = isSecure ? createCertificate('*.bench.localhost') : undefined
const ports: number[] = []
const inboxes = await Promise.all(
  Array.from({ length: isSecure ? 1 : SERVERS }, async () => {
    const inbox = certificate ? https.createServer(certificate, take) : createServer(take)
    await new Promise<void>((resolve) => inbox.listen({ port: 0, host: '0.0.0.0', backlog: 1024 }, resolve))
    // As long as common servers keep them.
    inbox.keepAliveTimeout = 65_000
    ports.push((inbox.address() as AddressInfo).port)
    return inbox
  }),
)

const directory = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
const house = await openBenchHouse(directory)
const author = await createAccount(house.ctx, { username: 'author', confirmed: true })
const origin = (number: number): string =>
  isSecure ? `https://${hostOf(number % SERVERS)}:${ports[0]}` : `http://127.0.0.1:${ports[number % SERVERS]}`
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

/** Names below localhost are ours without any name server. */
const toLoopback: LookupFunction = (_host, { all }, found) =>
  all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4)

/** The floor: an RSA signature and a POST over a kept connection, with nothing else around it; runs in this process. */
async function floor(count: number): Promise<number> {
  const kept = { keepAlive: true, maxSockets: 4, lookup: toLoopback }
  const agent = certificate ? new https.Agent({ ...kept, ca: certificate.cert }) : new Agent(kept)
  const body = Buffer.alloc(1500, 'x')
  const key = people[0]?.privateKey
  if (!key) throw new Error('nobody was seeded')
  const post = (number: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const digest = createHash('sha256').update(body).digest('base64')
      const signature = createSign('sha256').update(`digest: ${digest}`).sign(key, 'base64')
      const send = isSecure ? https.request : request
      const outgoing = send(`${origin(number)}/inbox`, { method: 'POST', agent }, (answer) => {
        answer.resume()
        answer.once('end', resolve)
      })
      outgoing.setHeader('signature', signature).once('error', reject)
      outgoing.end(body)
    })
  const before = process.cpuUsage()
  for (let start = 0; start < count; start += 50)
    await Promise.all(Array.from({ length: 50 }, (_, index) => post(start + index)))
  const used = process.cpuUsage(before)
  agent.destroy()
  return (used.user + used.system) / 1000 / count
}

const server = await startProcess({
  script: new URL('../src/main.ts', import.meta.url).pathname,
  args: ['serve'],
  env: { ...benchEnvironment(directory), ...(certificate ? { NODE_EXTRA_CA_CERTS: certificate.file } : {}) },
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
