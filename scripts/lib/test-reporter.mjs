// Reports tests in few words: each failure with its reason, and the counts into the file TEST_COUNTS names.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { inspect } from 'node:util'

const quietLimit = 20_000

/** A reporter for node:test; with TEST_VERBOSE set it names passing tests as well. */
export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const path = []
  const waiting = watchForLeftovers(counts)
  for await (const { type, data } of source) {
    if (type === 'test:enqueue') waiting.pending++
    if (type === 'test:start') path.splice(data.nesting, Infinity, data.name)
    if (type !== 'test:pass' && type !== 'test:fail') continue
    waiting.pending--
    waiting.since = Date.now()
    const name = [...path.slice(0, data.nesting), data.name].join(' > ')
    if (type === 'test:fail' && isFailure(data)) {
      counts.failed++
      yield failure(name, data)
    } else if (data.details.type !== 'suite') {
      if (data.skip !== undefined || data.todo !== undefined) {
        counts.skipped++
        yield `  - skipped: ${name}\n`
      } else if (type === 'test:pass') {
        counts.passed++
        if (process.env.TEST_VERBOSE) yield `  ✔ ${name} (${Math.round(data.details.duration_ms)} ms)\n`
      }
    }
    save(counts)
  }
  save(counts)
}

/** A group that fails only because of a test inside is told by that test. */
function isFailure(data) {
  if (data.todo !== undefined) return false
  return data.details.type !== 'suite' || data.details.error?.failureType !== 'subtestsFailed'
}

function failure(name, data) {
  const where = data.file ? ` (${relative(process.cwd(), data.file)}:${data.line ?? 1})` : ''
  const error = data.details.error
  const reason = error?.cause instanceof Error ? error.cause : (error?.cause ?? error)
  const text = inspect(reason, { depth: 4 })
    .split('\n')
    .filter((line) => !line.includes('node:internal'))
    .slice(0, 200)
    .map((line) => `      ${line}`)
  return `  ✖ ${name}${where}\n${text.join('\n')}\n`
}

function save(counts) {
  if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts))
}

/** Ends the process when all tests have ended long ago and something they left behind keeps it alive. */
function watchForLeftovers(counts) {
  // Loading the files may take long on a busy machine: the time is counted from the first test that ended.
  const waiting = { pending: 0, since: Infinity }
  setInterval(() => {
    if (waiting.pending > 0 || Date.now() - waiting.since < quietLimit) return
    const left = [...new Set(process.getActiveResourcesInfo())].join(', ')
    console.error(`  ! the tests have ended and left something running: ${left}`)
    save(counts)
    process.exit(counts.failed ? 1 : 0)
  }, 1000).unref()
  return waiting
}
