// A server with people and posts, and a real browser in front of it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import chromiumPackage from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { startWorld } from '../world.ts'
import type { Person, World, WorldOptions } from '../world.ts'

const root = new URL('../../', import.meta.url).pathname
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export const PASSWORD = 'correct horse battery'

export interface Stage {
  world: World
  browser: Browser
  /** A browser window of its own; what goes wrong in the page fails the test that calls `calm`. */
  visitor(options?: BrowserContextOptions): Promise<Visitor>
  stop(): Promise<void>
}

export interface Visitor {
  context: BrowserContext
  page: Page
  open(path: string): Promise<void>
  /** Signs in the way a person does: through the form. */
  signIn(person: Person): Promise<void>
  /** Fills in that form where it is shown. */
  giveName(person: Person): Promise<void>
  /** Waits until the service worker looks after the page, with every file fetched. */
  kept(): Promise<void>
  /** Fails when the page logged errors or broke its own content policy since the last call; `but` may happen. */
  calm(but?: RegExp): void
  /** Fails when axe-core finds what people with disabilities would stumble over; `rules` are its ids, all without. */
  accessible(name: string, rules?: readonly string[]): Promise<void>
  /** Fails when the page is wider than the window. */
  narrow(name: string): Promise<void>
}

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true }

let built = false

/** Builds the client unless it is there and fresh: somebody may run one of these files alone. */
function ensureBuilt(): void {
  if (built) return
  const code = `import { ensureWebBuilt } from './scripts/lib/builds.mjs'
    process.exit(ensureWebBuilt() ? 0 : 1)`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  built = true
}

function systemBrowser(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path))
}

export async function startStage({ config, ...options }: Partial<WorldOptions> = {}): Promise<Stage> {
  ensureBuilt()
  const world = await startWorld({
    ...options,
    engine: 'sqlite',
    config: { title: 'Lindenhof', ...config },
  })
  const executablePath = systemBrowser() ?? (await chromiumPackage.executablePath())
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  return {
    world,
    browser,
    visitor: (options = {}) => openWindow(world, browser, options),
    async stop() {
      await browser.close()
      await world.stop()
    },
  }
}

async function openWindow(world: World, browser: Browser, options: BrowserContextOptions): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: world.origin,
    locale: 'en-GB',
    viewport: { width: 1200, height: 860 },
    reducedMotion: 'reduce',
    // Most tests look at what the server answers; those about the worker let it in.
    serviceWorkers: 'block',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(40_000)
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.stack ?? error.message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== world.origin) troubles.push(`asked ${request.url()}`)
  })
  return {
    context,
    page,
    open: async (path) => {
      await page.goto(path)
    },
    async signIn(person) {
      await page.goto('/home')
      await giveName(page, person)
    },
    giveName: (person) => giveName(page, person),
    kept: () => waitForWorker(page),
    calm(but) {
      const left = troubles.splice(0).filter((trouble) => but?.test(trouble) !== true)
      assert.deepEqual(left, [])
    },
    accessible: (name, rules) => checkAccess(page, name, rules),
    async narrow(name) {
      const [wide, screen] = await page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, innerWidth]',
      )
      if (wide <= screen) return
      const beyond = await page.evaluate<string[]>(`[...document.body.querySelectorAll('*')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0)
        .map((one) => one.outerHTML.slice(0, 100))`)
      assert.fail(`${name} is ${wide} wide on a screen of ${screen}: ${beyond.slice(-3).join(' ... ')}`)
    },
  }
}

async function giveName(page: Page, person: Person): Promise<void> {
  await page.fill('[name=login]', person.username)
  await page.fill('[name=password]', PASSWORD)
  await page.click('button')
  await page.waitForSelector('.shell')
}

async function waitForWorker(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done))
  })()`)
}

interface Violation {
  id: string
  help: string
  nodes: { target: unknown; failureSummary?: string }[]
}

async function checkAccess(page: Page, name: string, rules?: readonly string[]): Promise<void> {
  // The policy of the page lets no script in but its own; the debugger may all the same.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(await readAxe())
  const options = {
    resultTypes: ['violations'],
    ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
  }
  const found = await page.evaluate<{ violations: Violation[] }>(
    `axe.run(document, ${JSON.stringify(options)})`,
  )
  const lines = found.violations.map(
    (one) =>
      `${one.id}: ${one.help} (${one.nodes
        .map((node) => `${String(node.target)} ${node.failureSummary ?? ''}`)
        .slice(0, 3)
        .join('; ')})`,
  )
  assert.deepEqual(lines, [], name)
}

let axeSource: Promise<string> | undefined

async function readAxe(): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  axeSource ??= readFile(axePath, 'utf8')
  return axeSource
}

/** A picture that can be uploaded: one colour, as PNG. */
export async function picture(): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp({ create: { width: 320, height: 200, channels: 3, background: '#4a8fd0' } })
    .png()
    .toBuffer()
}
