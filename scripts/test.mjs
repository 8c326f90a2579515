// Runs everything that tells whether Folkmoot works; name steps to run only those (node scripts/test.mjs unit lint).
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { browserEnvironment } from './lib/browser-libraries.mjs'
import { ensureFfmpeg } from './lib/debian-packages.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { root } from './lib/pinned-node.mjs'
import { runTests, runTestsInHalves, runTool } from './lib/run-step.mjs'
import { ensureServerBuilt, ensureWebBuilt } from './lib/builds.mjs'

/** Each step in its order: what it is for and how it runs. */
const steps = [
  { name: 'types', what: 'TypeScript agrees', run: () => runTool('tsc', ['-p', '.'], 300) },
  { name: 'lint', what: 'the rules of style hold', run: () => runTool('oxlint', [], 300) },
  { name: 'format', what: 'every file is formatted', run: () => runTool('oxfmt', ['--check'], 120) },
  {
    name: 'architecture',
    what: 'imports flow one way',
    run: () => testFiles(['tests/architecture.test.ts'], 120),
  },
  { name: 'unit', what: 'small parts keep their word', run: () => inHalves('tests/unit', 900) },
  { name: 'contract', what: 'the client API is as documented', run: () => folder('tests/contract', 600) },
  { name: 'build', what: 'the web client and the server build', run: build },
  { name: 'journeys-sqlite', what: 'promises to users, on SQLite', run: () => journeys('sqlite') },
  { name: 'journeys-postgres', what: 'promises to users, on PostgreSQL', run: () => journeys('postgres') },
  {
    name: 'two-servers',
    what: 'two of our servers understand each other',
    run: () => folder('tests/two-servers', 900),
  },
  { name: 'peers', what: 'what other programs send and read', run: () => folder('tests/peers', 900) },
  { name: 'screens', what: 'the web client in a browser', run: screens },
]

async function screens() {
  if (testsUnder('tests/screens').length === 0) return folder('tests/screens', 1)
  const browser = browserEnvironment()
  if ('env' in browser) return folder('tests/screens', 900, browser.env)
  console.log(`  ✖ ${browser.problem}`)
  return { passed: 0, failed: 1 }
}

const journeys = (engine) => folder('tests/journeys', 1200, { TEST_ENGINE: engine })

function build() {
  if (!existsSync(join(root, 'scripts', 'build-web.mjs'))) return nothing('there is no web client to build')
  return ensureWebBuilt() && ensureServerBuilt() ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

const inHalves = (path, seconds) => {
  const files = testsUnder(path)
  return files.length ? runTestsInHalves(files, { seconds }) : nothing(`there are no tests in ${path}`)
}

const folder = (path, seconds, env) => testFiles(testsUnder(path), seconds, env, path)

function testFiles(files, seconds, env, path = files[0]) {
  const present = files.filter((file) => existsSync(join(root, file)))
  return present.length ? runTests(present, { seconds, env }) : nothing(`there are no tests in ${path}`)
}

function nothing(reason) {
  console.log(`  ${reason}`)
  return { passed: 0, failed: 0 }
}

function testsUnder(path) {
  if (!existsSync(join(root, path))) return []
  return readdirSync(join(root, path), { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `${path}/${file.replaceAll('\\', '/')}`)
    .sort()
}

/** The steps that were asked for by their names or the beginning of them (journeys is both engines), or all. */
function chosenSteps(names) {
  const unknown = names.filter((name) => !steps.some((step) => matches(step, name)))
  if (unknown.length) {
    console.error(
      `No step is called ${unknown.join(', ')}. The steps are: ${steps.map((step) => step.name).join(', ')}.`,
    )
    process.exit(2)
  }
  return names.length ? steps.filter((step) => names.some((name) => matches(step, name))) : steps
}

const matches = (step, name) => step.name === name || step.name.startsWith(`${name}-`)

const chosen = chosenSteps(process.argv.slice(2))
ensureInstalled({ development: true })
if (chosen.some(({ name }) => name === 'unit' || name.startsWith('journeys'))) ensureFfmpeg()
const results = []
for (const step of chosen) {
  console.log(`\n── ${step.name}: ${step.what}`)
  const started = Date.now()
  const counts = await step.run()
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  results.push({ ...counts, name: step.name, seconds })
  console.log(`   ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`)
}

const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
console.log('\n── summary')
for (const { name, passed, failed, seconds } of results)
  console.log(`   ${failed ? '✖' : '✔'} ${name.padEnd(18)} ${passed} passed, ${failed} failed, ${seconds} s`)
process.exitCode = total('failed') ? 1 : 0
console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
