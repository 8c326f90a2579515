// Bundles the server into a few files under dist/server, so that a start reads those and not a thousand.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { oneChunk, plainChunks, withoutHttp2 } from './lib/plain-chunks.mjs'
import { serverFlags } from './lib/server-flags.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = join(root, 'dist', 'server')

/** Native code, and what is large and rarely needed: loaded from node_modules when it is. */
const fromPackages = ['sharp', 'jsonld', 'eld', 'mediabunny', 'ioredis', 'nodemailer', 'web-push']

/** A running server goes on loading pieces of the build it began with, so some older ones stay. */
const KEPT = 3

const name = process.argv[2] ?? 'unnamed'

async function bundle() {
  const house = oneChunk('house', '/src/house.ts', ['/src/main.ts', '/src/cli/main.ts', '/src/serve.ts'])
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    envDir: false,
    mode: 'production',
    plugins: [plainChunks, withoutHttp2, house.plugin],
    ssr: { noExternal: true, external: fromPackages },
    build: {
      outDir: join(folder, name),
      emptyOutDir: true,
      ssr: true,
      target: 'node26',
      minify: false,
      rolldownOptions: {
        input: {
          main: 'src/main.ts',
          'container-worker': 'src/platform/media/container-worker.ts',
          'sqlite-quick-check': 'src/store/dialects/sqlite-quick-check.ts',
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          comments: false,
          codeSplitting: { groups: house.groups },
        },
      },
    },
  })
}

/** Starts the server once on an empty database: proof that the bundle works, and what V8 compiled is kept for the next. */
async function rehearse() {
  const data = mkdtempSync(join(tmpdir(), 'folkmoot-build-'))
  const port = await freePort()
  const env = {
    PATH: process.env.PATH ?? '',
    FOLKMOOT_DATA: data,
    PORT: String(port),
    FOLKMOOT_LOG_LEVEL: 'error',
  }
  const args = [...serverFlags, join(folder, name, 'main.js'), 'serve']
  const child = spawn(process.execPath, args, { cwd: data, env, stdio: ['ignore', 'ignore', 2] })
  const ended = once(child, 'exit')
  try {
    await answers(child, `http://127.0.0.1:${port}`)
    child.kill('SIGTERM')
    const [code] = await ended
    if (code !== 0) throw new Error(`The bundled server ended with ${code}.`)
  } finally {
    child.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  }
}

async function answers(child, origin) {
  const deadline = Date.now() + 60_000
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error('The bundled server does not start.')
    const up = await fetch(`${origin}/health`).catch(() => undefined)
    if (up?.ok) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  for (const path of ['/api/v2/instance', '/api/v1/timelines/public', '/about', '/']) {
    const answer = await fetch(origin + path)
    if (answer.status >= 500) throw new Error(`The bundled server answers ${path} with ${answer.status}.`)
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** The fixed name leads to this build from one moment to the next. */
function publish() {
  const fresh = join(folder, `.main-${process.pid}.js`)
  writeFileSync(fresh, `// Leads to the newest build of the server.\nawait import('./${name}/main.js')\n`)
  renameSync(fresh, join(folder, 'main.js'))
}

function removeOld() {
  const age = (entry) => statSync(join(folder, entry)).mtimeMs
  const builds = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== name,
  )
  const old = builds.map((entry) => entry.name).sort((one, other) => age(other) - age(one))
  for (const entry of old.slice(KEPT - 1)) rmSync(join(folder, entry), { recursive: true, force: true })
}

await bundle()
await rehearse()
publish()
removeOld()
