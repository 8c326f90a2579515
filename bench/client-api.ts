// What the client API costs: reading the home timeline and one status, and posting, beside the bare floor.
import { serverScript } from '../scripts/lib/builds.mjs'
import { timesOf } from './lib/cpu.ts'
import { applyLoad, quiet } from './lib/load.ts'
import type { LoadResult } from './lib/load.ts'
import { benchEnvironment, openSeeded } from './lib/seed.ts'
import { startProcess } from './lib/server-process.ts'
import type { ServerProcess } from './lib/server-process.ts'
import { printRow } from './lib/table-row.ts'

const here = (name: string): string => new URL(name, import.meta.url).pathname
const { directory, seeded, done } = await openSeeded(process.argv[2])
const postersHeaders = (seeded.authorTokens ?? []).map((token) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
}))
const headers = { authorization: `Bearer ${seeded.token}` }
const env = benchEnvironment(directory)

async function read(server: ServerProcess, path: string): Promise<LoadResult> {
  return applyLoad(server, {
    requests: 6000,
    connections: 16,
    next: () => ({ method: 'GET', path, headers }),
  })
}

/** One post by somebody in the reader's home, or one favourite, among every twenty readings; all of it counts. */
async function readWithChurn(server: ServerProcess, path: string): Promise<LoadResult> {
  const write = (index: number) => {
    const poster = postersHeaders[index % postersHeaders.length]
    const isPost = index % 40 === 0
    return {
      method: 'POST' as const,
      path: isPost
        ? '/api/v1/statuses'
        : `/api/v1/statuses/${seeded.postId}/${index % 80 === 20 ? '' : 'un'}favourite`,
      headers: { ...poster },
      ...(isPost ? { body: JSON.stringify({ status: `A word in between, number ${index}. #market` }) } : {}),
    }
  }
  const result = await applyLoad(server, {
    requests: 6000,
    connections: 16,
    next: (index) => (index % 20 === 0 ? write(index) : { method: 'GET', path, headers }),
  })
  await quiet(server.pid)
  return result
}

async function post(server: ServerProcess): Promise<LoadResult> {
  const count = 1000
  const next = (index: number) => ({
    method: 'POST' as const,
    path: '/api/v1/statuses',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ status: `Bench note ${index} with a #hashtag and a sentence to go with it.` }),
  })
  await applyLoad(server, { requests: 200, connections: 8, next, warmUp: 20 })
  const before = await quiet(server.pid)
  const result = await applyLoad(server, { requests: count, connections: 8, next, warmUp: 0 })
  // Feeds, notifications and deliveries that a post sets off count as its cost.
  return { ...result, cpuMs: ((await quiet(server.pid)) - before) / count }
}

const floorServer = await startProcess({
  script: here('./lib/floor.ts'),
  env,
  port: 39_101,
  readyPath: '/ready',
})
const ours = await startProcess({
  script: serverScript(),
  args: ['serve'],
  env,
  port: 39_102,
  readyPath: '/api/v1/instance',
})
console.log(
  `cold start to first answer ${Math.round(ours.startMs)} ms, ${Math.round(timesOf(ours.pid).residentBytes / 1e6)} MB\n`,
)
try {
  printRow(
    'home timeline of 20',
    await read(ours, '/api/v1/timelines/home'),
    await read(floorServer, '/api/v1/timelines/home'),
  )
  const status = `/api/v1/statuses/${seeded.postId}`
  printRow('one status', await read(ours, status), await read(floorServer, status))
  const churn = '/api/v1/timelines/home'
  if (postersHeaders.length > 0)
    printRow('home, a write in 20', await readWithChurn(ours, churn), await readWithChurn(floorServer, churn))
  printRow('post a status, all included', await post(ours), await post(floorServer))
  console.log(`\nafter the load ${Math.round(timesOf(ours.pid).residentBytes / 1e6)} MB`)
} finally {
  await ours.stop()
  await floorServer.stop()
  done()
}
