// Makes sure that the browser of the screen tests can start on a machine without desktop libraries.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages, isOnPath } from './debian-packages.mjs'
import { requirePinnedNode, root } from './pinned-node.mjs'

const debianPackages = ['libnss3', 'libnspr4', 'libexpat1', 'fontconfig', 'fonts-dejavu-core']

/**
 * The packaged browser brings its own libraries and fonts, but unpacks them only where it believes to be in a function
 * runtime of Amazon Linux, and only with itself: hence a folder of its own.
 */
function ownLibraries() {
  const folder = join(tmpdir(), `folkmoot-browser-${process.getuid?.() ?? 0}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return { AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x', TMPDIR: folder }
}

/**
 * The environment in which the screen tests find a browser that starts. Tries what is there, then the libraries that
 * the browser package brings, then (as root on Debian) apt-get.
 * @returns {{ env: Record<string, string> } | { problem: string }}
 */
export function browserEnvironment() {
  if (isOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')) return { env: {} }
  const plain = existsSync('/etc/fonts') ? {} : ownLibraries()
  const first = tryBrowser(plain)
  if (first === undefined) return { env: plain }
  const own = ownLibraries()
  if (tryBrowser(own) === undefined) return { env: own }
  if (!installPackages(debianPackages, 'the browser'))
    return {
      problem: `the browser does not start (${first}); as root: apt-get install ${debianPackages.join(' ')}`,
    }
  const last = tryBrowser({})
  return last === undefined ? { env: {} } : { problem: `the browser does not start: ${last}` }
}

/** Starts the packaged browser for its version; undefined when it did, else the reason. */
function tryBrowser(env) {
  const code = `
    import { spawnSync } from 'node:child_process'
    import chromium from '@sparticuz/chromium'
    const { status, stderr } = spawnSync(await chromium.executablePath(), ['--version', '--no-sandbox'], { encoding: 'utf8' })
    if (status !== 0) { console.error(stderr); process.exit(1) }`
  const { status, stderr } = spawnSync(requirePinnedNode(), ['--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 60_000,
  })
  return status === 0 ? undefined : (stderr.trim().split('\n')[0] ?? 'no reason given')
}
