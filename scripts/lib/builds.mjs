// Builds the web client and the server when their sources differ from those of the last build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requirePinnedNode, root } from './pinned-node.mjs'

const builds = {
  web: {
    what: 'the web client',
    script: 'scripts/build-web.mjs',
    stamp: 'dist/.built-from',
    inputs: [
      'src/web',
      'src/protocols/pages',
      'src/contract',
      'src/lib',
      'scripts/build-web.mjs',
      'scripts/lib/plain-chunks.mjs',
      'package-lock.json',
    ],
  },
  server: {
    what: 'the server',
    script: 'scripts/build-server.mjs',
    stamp: 'dist/server/.built-from',
    inputs: [
      'src',
      'scripts/build-server.mjs',
      'scripts/lib/plain-chunks.mjs',
      'scripts/lib/server-flags.mjs',
      'package-lock.json',
    ],
    without: 'src/web',
  },
}

/** Where the built server is entered. */
const serverEntry = join(root, 'dist', 'server', 'main.js')

/** Makes sure that dist/ holds the web client of the present sources; says whether it does. */
export const ensureWebBuilt = () => ensureBuilt(builds.web)

/** Makes sure that dist/ holds the server of the present sources; says whether it does. */
export const ensureServerBuilt = () => ensureBuilt(builds.server)

/** The server to run: the built one, which is built first when it must be; its sources where that fails. */
export function serverScript() {
  if (ensureServerBuilt()) return serverEntry
  console.error('The server is started from its sources instead, which takes longer.')
  return join(root, 'src', 'main.ts')
}

/**
 * Runs the build's script under the pinned Node unless dist/ was built from the very same sources. Says whether it is
 * there; what went wrong otherwise is on stderr.
 */
function ensureBuilt(build) {
  const files = build.inputs
    .flatMap(filesUnder)
    .filter((path) => !build.without || !path.startsWith(`${build.without}/`))
  const stamp = readStamp(build)
  const quick = quickHash(files)
  if (stamp.quick === quick) return true
  const content = contentHash(files)
  if (stamp.content !== content && !run(build, content)) return false
  writeStamp(build, { quick, content })
  return true
}

function run(build, content) {
  console.error(`Building ${build.what} ...`)
  const started = Date.now()
  const args = [join(root, build.script), `${content.slice(0, 12)}-${process.pid}`]
  const { status } = spawnSync(requirePinnedNode(), args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error(
      `${build.what[0].toUpperCase()}${build.what.slice(1)} could not be built; the lines above say why.`,
    )
    return false
  }
  console.error(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  return true
}

/** @returns {{ quick?: string, content?: string }} */
function readStamp({ stamp }) {
  try {
    return JSON.parse(readFileSync(join(root, stamp), 'utf8'))
  } catch {
    return {}
  }
}

function writeStamp({ stamp }, hashes) {
  try {
    mkdirSync(join(root, stamp, '..'), { recursive: true })
    writeFileSync(join(root, stamp), JSON.stringify(hashes))
  } catch {
    // A read-only installation is compared by content next time, which takes a moment longer.
  }
}

/** Changes whenever a file was written, which is found without reading any. */
function quickHash(files) {
  const hash = createHash('sha256')
  for (const path of files) {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path}\0${size}\0${mtimeMs}\0`)
  }
  return hash.digest('hex')
}

function contentHash(files) {
  const hash = createHash('sha256')
  for (const path of files)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

/** The files of a folder, recursively and in order; none where there is nothing. */
function filesUnder(path) {
  if (!existsSync(join(root, path))) return []
  if (/\.\w+$/.test(path)) return [path]
  return readdirSync(join(root, path), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
    )
}
