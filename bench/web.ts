// What the web client costs: bytes for each screen, the time to the largest paint, a long timeline, a rendered page.
import { readFileSync, statSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import type { CDPSession, Page } from 'playwright-core'
import { PASSWORD, startStage } from '../tests/screens/stage.ts'
import type { Stage } from '../tests/screens/stage.ts'
import type { Person } from '../tests/world.ts'

const POSTS = Number(process.argv[2] ?? 2000)
const PAINTS = 7
const RENDERINGS = 200
const SLOWER = 4

const dist = new URL('../dist/web/', import.meta.url)
const line = (what: string, value: string): void => console.log(`${what.padEnd(58)} ${value}`)
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

interface ManifestEntry {
  file: string
  imports?: string[]
  isDynamicEntry?: boolean
}

/** Compressed bytes of scripts and everything they import at once. */
function printWeights(): void {
  const manifest = JSON.parse(readFileSync(new URL('manifest.json', dist), 'utf8')) as Record<
    string,
    ManifestEntry
  >
  const weight = (...entries: string[]): number => {
    const files = new Set<string>()
    const take = (name: string): void => {
      const entry = manifest[name]
      if (!entry || files.has(entry.file)) return
      files.add(entry.file)
      entry.imports?.forEach(take)
    }
    entries.forEach(take)
    return [...files].reduce((sum, file) => sum + statSync(new URL(`${file}.br`, dist)).size, 0)
  }
  line('JavaScript of a public page', `${weight('src/web/public/visitor.ts')} B`)
  for (const [name, entry] of Object.entries(manifest))
    if (entry.isDynamicEntry === true && name.includes('screen'))
      line(`JavaScript of ${name.replace('src/web/', '')}`, `${weight('src/web/app/main.tsx', name)} B`)
  line('service worker, not compressed', `${statSync(new URL('../worker/sw.js', dist)).size} B`)
}

async function seed(stage: Stage, author: Person): Promise<void> {
  const words = 'The river is high today and the heron stands where it stood yesterday, waiting.'
  for (let written = 0; written < POSTS; written += 8)
    await Promise.all(
      Array.from({ length: Math.min(8, POSTS - written) }, (_, index) =>
        author.api.post('/api/v1/statuses', { status: `${written + index}. ${words}` }),
      ),
    )
  await stage.world.settle()
}

async function largestPaint(page: Page, path: string): Promise<number> {
  await page.goto(path, { waitUntil: 'load' })
  await page.waitForSelector('article .content')
  return page.evaluate<number>(`new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
      .observe({ type: 'largest-contentful-paint', buffered: true })
  })`)
}

async function printPaints(stage: Stage, reader: Person): Promise<void> {
  const visitor = await stage.visitor()
  await visitor.signIn(reader)
  const cookies = await visitor.context.cookies()
  await visitor.context.close()
  for (const [what, worker] of [
    ['first visit', 'block'],
    ['with the service worker', 'allow'],
  ] as const) {
    const times: number[] = []
    for (let run = 0; run < PAINTS; run += 1) {
      const one = await stage.visitor({ serviceWorkers: worker })
      await one.context.addCookies(cookies)
      if (worker === 'allow') {
        await one.open('/home')
        await one.kept()
      }
      const device = await one.context.newCDPSession(one.page)
      await device.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
      times.push(await largestPaint(one.page, '/home'))
      await one.context.close()
    }
    line(
      `largest paint of home, ${SLOWER} times slower, ${what}`,
      `${median(times).toFixed(0)} ms (${times.map((time) => time.toFixed(0)).join(', ')})`,
    )
  }
}

async function metrics(device: CDPSession): Promise<{ nodes: number; heap: number }> {
  await device.send('HeapProfiler.collectGarbage')
  const { metrics: list } = await device.send('Performance.getMetrics')
  const of = (name: string): number => list.find((one) => one.name === name)?.value ?? 0
  return { nodes: of('Nodes'), heap: of('JSHeapUsedSize') }
}

async function printScrolling(stage: Stage, reader: Person): Promise<void> {
  const visitor = await stage.visitor()
  const { page, context } = visitor
  await visitor.signIn(reader)
  await page.waitForSelector('.feed article')
  const device = await context.newCDPSession(page)
  await device.send('Performance.enable')
  const print = async (what: string): Promise<void> => {
    const { nodes, heap } = await metrics(device)
    const articles = await page.locator('.feed article').count()
    line(what, `${articles} posts and ${nodes} nodes in the page, ${(heap / 1e6).toFixed(1)} MB of heap`)
  }
  await print('at the top of home')
  await page.mouse.move(700, 500)
  const rows = (): Promise<number> =>
    page.evaluate(`Number([...document.querySelectorAll('.feed-row')].at(-1)?.dataset.index ?? 0)`)
  let half = false
  for (let tries = 0; tries < POSTS; tries += 1) {
    await page.mouse.wheel(0, 3000)
    await page.waitForTimeout(30)
    const at = await rows()
    if (at >= POSTS / 2 && !half) {
      half = true
      await print(`after ${at} posts`)
    }
    if (at >= POSTS - 1) break
  }
  await print(`after ${(await rows()) + 1} posts`)
  await context.close()
}

/** Processor time of this process, in which the server runs, for each request. */
async function costOf(ask: (run: number) => Promise<Response>): Promise<number> {
  for (let run = 0; run < 20; run += 1) await (await ask(-run - 1)).text()
  const start = process.cpuUsage()
  for (let run = 0; run < RENDERINGS; run += 1) {
    const answer = await ask(run)
    if (answer.status !== 200) throw new Error(`A page was answered with ${answer.status}`)
    await answer.text()
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / RENDERINGS
}

async function printRendering(stage: Stage): Promise<void> {
  const page = `${stage.world.origin}/@bob`
  const headers = { accept: 'text/html' }
  const fresh = await costOf((run) => fetch(`${page}?run=${run}`, { headers }))
  const kept = await costOf(() => fetch(page, { headers }))
  line('a profile page rendered anew, with asking for it', `${fresh.toFixed(2)} ms of processor time`)
  line('a profile page that was kept, with asking for it', `${kept.toFixed(2)} ms of processor time`)
  line('rendering it', `${(fresh - kept).toFixed(2)} ms of processor time`)
}

const stage = await startStage()
line('processors, load', `${cpus().length}, ${loadavg()[0]?.toFixed(1)}`)
printWeights()
const reader = await stage.world.account('alice', { password: PASSWORD })
const author = await stage.world.account('bob', { password: PASSWORD })
await reader.api.post(`/api/v1/accounts/${author.accountId}/follow`)
await stage.world.settle()
await seed(stage, author)
await printRendering(stage)
await printPaints(stage, reader)
await printScrolling(stage, reader)
await stage.stop()
