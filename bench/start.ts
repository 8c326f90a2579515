// How long a start takes until the first answer, and how much memory the server takes while it rests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverScript } from '../scripts/lib/builds.mjs'
import { timesOf } from './lib/cpu.ts'
import { benchEnvironment } from './lib/seed.ts'
import { startProcess } from './lib/server-process.ts'

const RUNS = 7
const REST_MS = 20_000
const PAGES = ['/', '/about', '/api/v2/instance', '/api/v1/timelines/public', '/health']

const directory = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
const start = () =>
  startProcess({
    script: serverScript(),
    args: ['serve'],
    env: benchEnvironment(directory),
    port: 39_104,
    readyPath: '/api/v1/instance',
  })
const middle = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

try {
  // The first makes the database.
  await (await start()).stop()
  const walls: number[] = []
  const works: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const server = await start()
    walls.push(server.startMs)
    works.push(timesOf(server.pid).cpuMs)
    if (run === RUNS - 1) {
      for (const page of PAGES) await (await fetch(server.origin + page)).arrayBuffer()
      const memory = (): string => `${(timesOf(server.pid).residentBytes / 1e6).toFixed(0)} MB`
      console.log(`memory after ${PAGES.length} requests ${memory()}`)
      await new Promise((resolve) => setTimeout(resolve, REST_MS))
      console.log(`memory ${REST_MS / 1000} s later ${memory()}`)
    }
    await server.stop()
  }
  console.log(
    `start to first answer: ${middle(walls).toFixed(0)} ms (best ${Math.min(...walls).toFixed(0)}), ` +
      `processor time ${middle(works).toFixed(0)} ms (best ${Math.min(...works).toFixed(0)})`,
  )
} finally {
  rmSync(directory, { recursive: true, force: true })
}
