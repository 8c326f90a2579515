// Starts a server as a process of its own, so that its processor time can be told from the load generator's.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface ServerProcess {
  pid: number
  origin: string
  /** From the start of the process to its first answer, in milliseconds. */
  startMs: number
  stop(): Promise<void>
}

/** Runs `script` under this Node, on `port` or one near it; it must answer `readyPath` within 30 s. */
export async function startProcess(options: {
  script: string
  args?: string[]
  env: Record<string, string>
  port: number
  readyPath: string
}): Promise<ServerProcess> {
  // Two benchmarks may run on one machine.
  const port = options.port + (process.pid % 80) * 10
  const origin = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child: ChildProcess = spawn(process.execPath, [options.script, ...(options.args ?? [])], {
    env: { ...process.env, NODE_ENV: 'production', ...options.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!(await answers(origin + options.readyPath))) {
    if (child.exitCode !== null) throw new Error(`${options.script} ended with ${child.exitCode}`)
    if (performance.now() - began > 30_000) throw new Error(`${options.script} does not answer`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return {
    pid: child.pid ?? 0,
    origin,
    startMs: performance.now() - began,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    return response.status < 500
  } catch {
    return false
  }
}
