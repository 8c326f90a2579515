// Runs one program of the test run with a time limit, its whole process group ended when it is over.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { requirePinnedNode, root } from './pinned-node.mjs'

const running = new Set()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    for (const child of running) endGroup(child, 'SIGTERM')
    process.exit(130)
  })

/**
 * Runs a tool of node_modules/.bin and counts it as one passed or failed.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runTool(tool, args, seconds) {
  const problem = await run(join(root, 'node_modules', '.bin', tool), args, { seconds })
  if (problem) console.log(`  ✖ ${tool}: ${problem}`)
  return problem ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 }
}

/**
 * Runs test files in one process of the pinned Node and counts their tests; a crash or the time limit counts as one
 * failure more.
 * @param {{ seconds: number, env?: Record<string, string> }} options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runTests(files, { seconds, env = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-test-'))
  const counts = join(folder, 'counts.json')
  const reporter = new URL('./test-reporter.mjs', import.meta.url).href
  const args = [
    '--test',
    '--test-isolation=none',
    '--test-timeout=120000',
    `--test-reporter=${reporter}`,
    ...files,
  ]
  const problem = await run(requirePinnedNode(), args, { seconds, env: { ...env, TEST_COUNTS: counts } })
  const { passed, failed } = readCounts(counts)
  rmSync(folder, { recursive: true, force: true })
  if (!problem && passed + failed === 0) {
    console.log('  ✖ the test process ended without a single test')
    return { passed, failed: 1 }
  }
  if (!problem || (failed > 0 && problem === 'ended with code 1')) return { passed, failed }
  console.log(`  ✖ the test process ${problem}`)
  return { passed, failed: failed + 1 }
}

/**
 * Runs test files in two processes at once where there is more than one core; each has its own databases.
 * Files are dealt out in turn, so that both get of each folder.
 * @param {{ seconds: number, env?: Record<string, string> }} options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runTestsInHalves(files, options) {
  if (availableParallelism() < 2 || files.length < 2) return runTests(files, options)
  const halves = [0, 1].map((half) => files.filter((_, index) => index % 2 === half))
  const counts = await Promise.all(halves.map((half) => runTests(half, options)))
  return {
    passed: counts[0].passed + counts[1].passed,
    failed: counts[0].failed + counts[1].failed,
  }
}

function readCounts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { passed: 0, failed: 0 }
  }
}

/** Resolves to what went wrong, as the end of a sentence, or to undefined. */
function run(program, args, { seconds, env = {} }) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PATH: path, ...env },
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    })
    running.add(child)
    let late = false
    const limit = setTimeout(() => {
      late = true
      endGroup(child, 'SIGKILL')
    }, seconds * 1000)
    const done = (problem) => {
      clearTimeout(limit)
      running.delete(child)
      endGroup(child, 'SIGTERM')
      resolve(problem)
    }
    child.on('error', (error) => done(`could not start: ${error.message}`))
    child.on('exit', (code, signal) => {
      if (late) done(`was ended after ${seconds} s`)
      else if (signal) done(`was ended by ${signal}`)
      else done(code === 0 ? undefined : `ended with code ${code}`)
    })
  })
}

function endGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}
