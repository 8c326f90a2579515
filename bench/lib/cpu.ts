// Reads how much processor time a process and its children have used (Linux).
import { readFileSync, readdirSync } from 'node:fs'

/** Clock ticks a second, as Linux reports process times. */
const TICKS = 100

interface Times {
  /** Milliseconds of user and system time. */
  cpuMs: number
  residentBytes: number
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    )
  } catch {
    return []
  }
}

/** Processor time and memory of a process with all its descendants. */
export function timesOf(pid: number): Times {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own: Times = {
    cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS,
    residentBytes: Number(fields[21]) * 4096,
  }
  for (const child of childrenOf(pid)) {
    const times = timesOf(child)
    own.cpuMs += times.cpuMs
    own.residentBytes += times.residentBytes
  }
  return own
}
