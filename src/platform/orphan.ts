// Notices when the program that started us is gone, for starters that die of a signal without passing it on.
import { readFileSync } from 'node:fs'

const EVERY_MS = 500

/**
 * Under npm a shell may stand between it and us, and neither tells of its end: `onOrphaned` is called soon after either
 * is gone. Does nothing elsewhere.
 */
export function watchStarter(onOrphaned: () => void): void {
  if (process.env['npm_command'] === undefined) return
  const parent = process.ppid
  const grandparent = parentOf(parent)
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === grandparent) return
    clearInterval(timer)
    onOrphaned()
  }, EVERY_MS)
  timer.unref()
}

/** The parent of a process on Linux; undefined elsewhere. */
function parentOf(pid: number): string | undefined {
  try {
    return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}
