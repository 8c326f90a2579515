// Prints one line of a benchmark: what an operation costs, beside the bare floor.
import type { LoadResult } from './load.ts'

export function printRow(name: string, ours: LoadResult, floor: LoadResult): void {
  const ratio = (ours.cpuMs / floor.cpuMs).toFixed(1)
  console.log(
    `${name.padEnd(28)} ${ours.cpuMs.toFixed(3)} ms CPU   floor ${floor.cpuMs.toFixed(3)} ms   x${ratio.padStart(5)}   ` +
      `${Math.round(ours.perSecond)}/s   p50 ${ours.p50Ms.toFixed(2)} ms   p99 ${ours.p99Ms.toFixed(2)} ms`,
  )
}
