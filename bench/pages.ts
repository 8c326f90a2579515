// How long the other pages take to answer, one after another: to be run on a large database beside a small one.
import { benchEnvironment, openSeeded } from './lib/seed.ts'
import { applyLoad } from './lib/load.ts'
import { startProcess } from './lib/server-process.ts'

const { directory, seeded, done } = await openSeeded(process.argv[2])
const headers = { authorization: `Bearer ${seeded.token}` }
const ours = await startProcess({
  script: new URL('../src/main.ts', import.meta.url).pathname,
  args: ['serve'],
  env: benchEnvironment(directory),
  port: 39_141,
  readyPath: '/api/v1/instance',
})
const ask = async (path: string): Promise<{ id: string; account?: { id: string } }[]> =>
  (await (await fetch(ours.origin + path, { headers })).json()) as { id: string; account?: { id: string } }[]

try {
  const home = await ask('/api/v1/timelines/home')
  const author = home.at(-1)?.account?.id ?? ''
  const last = home.at(-1)?.id ?? ''
  const paths = [
    '/api/v1/timelines/home?limit=40',
    `/api/v1/timelines/home?max_id=${last}`,
    '/api/v1/timelines/public',
    '/api/v1/timelines/public?local=true',
    '/api/v1/timelines/public?remote=true',
    '/api/v1/timelines/tag/topic7',
    '/api/v1/timelines/tag/topic1500',
    `/api/v1/accounts/${author}`,
    `/api/v1/accounts/${author}/statuses`,
    `/api/v1/accounts/${author}/statuses?exclude_replies=true&only_media=true`,
    `/api/v1/accounts/${author}/followers`,
    `/api/v1/accounts/${seeded.accountId}/following`,
    `/api/v1/statuses/${last}/context`,
    '/api/v1/notifications',
    '/api/v2/notifications',
    '/api/v1/conversations',
    '/api/v1/trends/statuses',
    '/api/v1/trends/tags',
    '/api/v1/trends/links',
    '/api/v2/suggestions',
    '/api/v1/directory',
    '/api/v2/instance',
    '/api/v1/instance/peers',
    '/api/v1/instance/activity',
    '/api/v2/search?q=word7&type=statuses',
    '/api/v2/search?q=word1&type=statuses',
    '/api/v2/search?q=word4900+word12&type=statuses',
    '/api/v2/search?q=somebody77&type=accounts',
    '/api/v1/accounts/search?q=some',
    '/api/v2/search?q=topic1&type=hashtags',
  ]
  for (const path of paths) {
    const began = performance.now()
    await ask(path)
    const first = performance.now() - began
    const { p50Ms, p99Ms } = await applyLoad(ours, {
      requests: 40,
      connections: 1,
      warmUp: 2,
      next: () => ({ method: 'GET', path, headers }),
    })
    console.log(
      `${path.padEnd(74)} first ${first.toFixed(1).padStart(8)} ms   p50 ${p50Ms.toFixed(2).padStart(8)} ms   p99 ${p99Ms.toFixed(2).padStart(8)} ms`,
    )
  }
} finally {
  await ours.stop()
  done()
}
