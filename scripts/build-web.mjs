// Builds the web client and the public pages into dist/: files with hashes for the browser, one bundle for the server.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

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

rmSync(join(dist, '.built-from'), { force: true })
await buildBrowser()
await buildServer()
compress()
