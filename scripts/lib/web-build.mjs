// Builds the web client when its sources differ from those of the last build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requirePinnedNode, root } from './pinned-node.mjs'

const inputs = [
  'src/web',
  'src/protocols/pages',
  'src/contract',
  'src/lib',
  'scripts/build-web.mjs',
  'package-lock.json',
]
const stamp = join(root, 'dist', '.built-from')

/**
 * Runs scripts/build-web.mjs under the pinned Node unless dist/ was built from the very same sources. Says whether
 * the client is there; what went wrong otherwise is on stderr.
 */
export function ensureWebBuilt() {
  const script = join(root, 'scripts', 'build-web.mjs')
  if (!existsSync(script)) return true
  const hash = hashOf(inputs)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true
  console.error('Building the web client ...')
  const started = Date.now()
  const { status } = spawnSync(requirePinnedNode(), [script], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error('The web client could not be built; the lines above say why.')
    return false
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, hash)
  console.error(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  return true
}

/** One hash over the names and contents of files and, recursively, folders; what does not exist counts as empty. */
function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesUnder).sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(join(root, path))) return []
  if (/\.\w+$/.test(path)) return [path]
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  )
}
