// Installs the packages of the lockfile when they are missing or the lockfile has changed since.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './pinned-node.mjs'

const modules = join(root, 'node_modules')
const stamp = join(modules, '.folkmoot-lock')

/**
 * Makes sure that node_modules holds what package-lock.json asks for, with the packages for development when
 * `development` is true. Does nothing (and needs no network) when it does. Ends the process when installing fails.
 */
export function ensureInstalled({ development }) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(lock).digest('hex')
  const wanted = development ? `${hash} all` : hash
  if (readIfThere(stamp)?.startsWith(wanted)) return
  const packages = JSON.parse(lock).packages
  if (!isInstalled(packages, development)) install(packages, development)
  const note = isInstalled(packages, true) ? `${hash} all\n` : `${hash}\n`
  try {
    writeFileSync(stamp, note)
  } catch {
    // A read-only installation is compared again next time, which costs a few milliseconds.
  }
}

/** Compares the lockfile with the one that npm leaves inside node_modules. */
function isInstalled(wanted, development) {
  const text = readIfThere(join(modules, '.package-lock.json'))
  if (!text) return false
  const present = JSON.parse(text).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || (entry.dev && !development)) return true
    return present[path]?.version === entry.version && existsSync(join(root, path))
  })
}

function install(packages, development) {
  const count = Object.keys(packages).length - 1
  console.error(`Installing the packages of Folkmoot (up to ${count}, once; about a minute) ...`)
  const started = Date.now()
  const options = ['--no-audit', '--no-fund', '--loglevel=error', ...(development ? ['--include=dev'] : [])]
  let { status, error, stderr } = runNpm(['ci', ...options])
  // Some versions of npm refuse a lockfile without the packages of every platform; this takes the same versions.
  if (status !== 0 && stderr?.includes('EUSAGE'))
    ({ status, error, stderr } = runNpm(['install', '--no-save', ...options]))
  if (status !== 0) {
    console.error(stderr)
    console.error(
      `The packages could not be installed${error ? ` (${error.message})` : ''}. ` +
        'The first start needs npm and a connection to the npm registry; the lines above say what went wrong.',
    )
    process.exit(1)
  }
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/** Runs npm as it was called, or the one on the PATH, and keeps what it says. */
function runNpm(args) {
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 2, 'pipe'], maxBuffer: 2 ** 26 }
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return spawnSync(process.execPath, [script, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
