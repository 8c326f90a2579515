// Builds the web client and the public pages into dist/: files with hashes for the browser, one bundle for the server.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { plainChunks } from './lib/plain-chunks.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = join(root, 'dist')

const shared = {
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  envDir: false,
  mode: 'production',
}

/** What browsers load: the signed-in client, the small script of the public pages, and their style. */
async function buildBrowser() {
  await build({
    ...shared,
    base: '/',
    build: {
      outDir: join(dist, 'web'),
      assetsDir: 'web',
      emptyOutDir: true,
      manifest: 'manifest.json',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
      rolldownOptions: {
        input: {
          client: 'src/web/app/main.tsx',
          visitor: 'src/web/public/visitor.ts',
          site: 'src/web/styles/site.css',
        },
      },
    },
  })
}

/** What the server renders public pages with: everything in one file, nothing loaded from node_modules. */
async function buildServer() {
  await build({
    ...shared,
    plugins: [plainChunks],
    ssr: { noExternal: true },
    build: {
      outDir: join(dist, 'pages'),
      emptyOutDir: true,
      ssr: 'src/web/public/render.tsx',
      target: 'node26',
      rolldownOptions: { output: { entryFileNames: 'render.js', codeSplitting: false } },
    },
  })
}

/** The service worker, which knows the names of all files of the client. */
async function buildWorker() {
  const manifest = JSON.parse(readFileSync(join(dist, 'web', 'manifest.json'), 'utf8'))
  const files = clientFiles(manifest).map((file) => `/${file}`)
  const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
  await build({
    ...shared,
    define: { FOLKMOOT_FILES: JSON.stringify(files), FOLKMOOT_VERSION: JSON.stringify(version) },
    build: {
      outDir: join(dist, 'worker'),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { sw: 'src/web/worker/worker.ts' },
        output: { format: 'iife', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  })
}

/** Scripts and styles of every screen of the signed-in client. */
function clientFiles(manifest) {
  const found = new Set()
  const seen = new Set()
  const take = (name) => {
    const entry = manifest[name]
    if (!entry || seen.has(name)) return
    seen.add(name)
    for (const file of [entry.file, ...(entry.css ?? [])]) found.add(file)
    for (const one of [...(entry.imports ?? []), ...(entry.dynamicImports ?? [])]) take(one)
  }
  take('src/web/app/main.tsx')
  take('src/web/styles/site.css')
  return [...found].sort((one, other) => one.localeCompare(other))
}

/** Leaves a .br and a .gz beside each text file, so that answering costs no time. */
function compress() {
  const folder = join(dist, 'web', 'web')
  for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
    const path = join(folder, name)
    const bytes = readFileSync(path)
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, options))
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  }
}

/** What a browser may have to load before people can read, in compressed bytes; more fails the build. */
const BUDGETS = [
  { what: 'a public page', most: 15_000, entries: ['src/web/public/visitor.ts'] },
  {
    what: 'the signed-in home',
    most: 80_000,
    entries: ['src/web/app/main.tsx', 'src/web/home/feed-screen.tsx'],
  },
]

function checkBudgets() {
  const manifest = JSON.parse(readFileSync(join(dist, 'web', 'manifest.json'), 'utf8'))
  for (const { what, most, entries } of BUDGETS) {
    const files = new Set()
    const take = (name) => {
      const { file, imports = [] } = manifest[name]
      if (files.has(file)) return
      files.add(file)
      imports.forEach(take)
    }
    entries.forEach(take)
    const bytes = [...files].reduce((sum, file) => sum + statSync(join(dist, 'web', `${file}.br`)).size, 0)
    if (bytes > most)
      throw new Error(`The scripts of ${what} have ${bytes} bytes compressed; they may have ${most}.`)
  }
}

rmSync(join(dist, '.built-from'), { force: true })
await buildBrowser()
await buildServer()
await buildWorker()
compress()
checkBudgets()
