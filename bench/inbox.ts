// What a signed post from elsewhere costs from its arrival until it stands in a follower's home, beside the bare floor.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { signRequest } from '../src/protocols/activitypub/signing/request-signature.ts'
import { applyLoad, quiet } from './lib/load.ts'
import type { LoadResult, Request } from './lib/load.ts'
import { addFollows, addRemotePeople } from './lib/remote-people.ts'
import { benchEnvironment, openBenchHouse, openSeeded } from './lib/seed.ts'
import { startProcess } from './lib/server-process.ts'
import type { ServerProcess } from './lib/server-process.ts'
import { printRow } from './lib/table-row.ts'

const ACTORS = 20
const WARM_UP = 300
const COUNT = Number(process.argv[2] ?? 2000)
const here = (name: string): string => new URL(name, import.meta.url).pathname
const { directory, seeded, done } = await openSeeded(process.argv[3])
const env = benchEnvironment(directory)
const house = await openBenchHouse(directory)
const reader = { accountId: seeded.accountId }
const round = Date.now().toString(36)
const people = await addRemotePeople(house, {
  count: ACTORS,
  origin: (number) => `https://${round}-${number}.test`,
  inbox: (number) => `https://${round}-${number}.test/inbox`,
})
await addFollows(
  house,
  people.map((person) => [reader.accountId, person.id]),
)
await house.settle()
await house.stop()

/** What Mastodon sends for a public post. */
function createNote(uri: string, name: string): object {
  const id = `${uri}/statuses/${name}`
  const published = new Date().toISOString()
  const addressing = { to: ['https://www.w3.org/ns/activitystreams#Public'], cc: [`${uri}/followers`] }
  const content = `<p>Note ${name} by somebody elsewhere, with a sentence or two to go with it.</p>`
  return {
    '@context': ['https://www.w3.org/ns/activitystreams', { sensitive: 'as:sensitive' }],
    id: `${id}/activity`,
    type: 'Create',
    actor: uri,
    published,
    ...addressing,
    object: {
      id,
      type: 'Note',
      url: id,
      attributedTo: uri,
      published,
      ...addressing,
      sensitive: false,
      summary: null,
      inReplyTo: null,
      content,
      contentMap: { en: content },
      attachment: [],
      tag: [],
    },
  }
}

/** Signed beforehand: the load generator shares the machine. */
function prepare(round: string, count: number): Request[] {
  return Array.from({ length: count }, (_, number) => {
    const person = people[number % people.length]
    if (!person) throw new Error('nobody was seeded')
    const body = Buffer.from(JSON.stringify(createNote(person.uri, `${round}-${number}`)))
    const headers = { 'content-type': 'application/activity+json' }
    const request = { method: 'POST', url: 'http://bench.test/inbox', headers, body }
    const signed = signRequest({ ...request, method: 'POST' }, person, Date.now())
    return { method: 'POST', path: '/inbox', headers: { ...headers, ...signed }, body }
  })
}

const database = new DatabaseSync(join(directory, 'folkmoot.db'), { readOnly: true })
const inHome = database.prepare('select count(*) as count from feed_entries where feed_id = ?')

async function arrived(count: number): Promise<void> {
  while (Number(inHome.get(reader.accountId)?.['count']) < count) await sleep(10)
}

async function send(server: ServerProcess, requests: readonly Request[]): Promise<LoadResult> {
  const next = (index: number): Request => requests[index] as Request
  return applyLoad(server, { requests: requests.length, connections: 16, next, warmUp: 0 })
}

let expected = Number(inHome.get(reader.accountId)?.['count'])
async function measure(server: ServerProcess): Promise<LoadResult> {
  const warm = prepare(`warm-${server.pid}`, WARM_UP)
  await send(server, warm)
  await arrived((expected += WARM_UP))
  const requests = prepare(`run-${server.pid}`, COUNT)
  const before = await quiet(server.pid)
  const began = performance.now()
  const result = await send(server, requests)
  await arrived((expected += COUNT))
  const seconds = (performance.now() - began) / 1000
  return { ...result, perSecond: COUNT / seconds, cpuMs: ((await quiet(server.pid)) - before) / COUNT }
}

const floorServer = await startProcess({
  script: here('./lib/inbox-floor.ts'),
  env,
  port: 39_111,
  readyPath: '/ready',
})
const ours = await startProcess({
  script: here('../src/main.ts'),
  args: ['serve'],
  env,
  port: 39_112,
  readyPath: '/api/v1/instance',
})
try {
  const cost = await measure(ours)
  printRow('signed Create until in home', cost, await measure(floorServer))
} finally {
  await ours.stop()
  await floorServer.stop()
  database.close()
  done()
}
