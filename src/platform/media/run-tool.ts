// Runs an outside program on a hostile file: no shell, no environment, low priority, and limits on time, memory and output.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { delimiter, join } from 'node:path'

/** Limits for one run. */
export interface ToolLimits {
  ms: number
  /** Largest file that it may write, in bytes. */
  fileBytes: number
  cwd: string
}

/** A tool that failed, or that was stopped because it took too long. */
export class ToolError extends Error {
  readonly isTimeout: boolean

  constructor(message: string, isTimeout: boolean) {
    super(message)
    this.name = 'ToolError'
    this.isTimeout = isTimeout
  }
}

const memoryBytes = 4 * 1024 ** 3
const outputBytes = 1_048_576
const complaintBytes = 4096

/** The full path of a program on PATH; undefined when there is none. */
export async function findTool(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
    try {
      await access(path, constants.X_OK)
      return path
    } catch {
      continue
    }
  }
  return undefined
}

/** Runs a program to its end and gives what it wrote to standard output (at most 1 MiB). Throws ToolError. */
export async function runTool(tool: string, args: string[], limits: ToolLimits): Promise<string> {
  const guard = await memoryGuard(limits)
  const [command = tool, ...rest] = [...guard, tool, ...args]
  const child = spawn(command, rest, {
    cwd: limits.cwd,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', HOME: limits.cwd, TMPDIR: limits.cwd },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  lowerPriority(child)
  return await outcome(child, limits.ms)
}

/** Where util-linux is there, prlimit bounds memory, file size, processor time and core dumps. */
async function memoryGuard(limits: ToolLimits): Promise<string[]> {
  if (process.platform !== 'linux') return []
  const prlimit = await findTool('prlimit')
  if (!prlimit) return []
  const seconds = Math.ceil(limits.ms / 1000) * 4
  return [prlimit, `--as=${memoryBytes}`, `--fsize=${limits.fileBytes}`, `--cpu=${seconds}`, '--core=0', '--']
}

function lowerPriority(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    setPriority(child.pid, 10)
  } catch {
    // A program that has ended already needs no lower priority.
  }
}

async function outcome(child: ChildProcess, ms: number): Promise<string> {
  const output: Buffer[] = []
  let length = 0
  let complaint = ''
  let isTimeout = false
  const timer = setTimeout(() => {
    isTimeout = true
    child.kill('SIGKILL')
  }, ms)
  child.stdout?.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > outputBytes) child.kill('SIGKILL')
    else output.push(chunk)
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('latin1')).slice(-complaintBytes)
  })
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', (error) => reject(new ToolError(error.message, false)))
      child.once('close', (code, signal) => {
        if (code === 0) resolve()
        else reject(new ToolError(`ended with ${code ?? signal}: ${complaint}`, isTimeout))
      })
    })
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(output).toString('utf8')
}
