// The machine for video and sound on a server without ffmpeg: reads and copies containers, decodes nothing.
import { Refusal } from '../../model/refusal.ts'
import type { AvEngine, AvFacts } from './av-engine.ts'
import { askContainer } from './container.ts'
import type { ContainerTask } from './container-worker.ts'
import type { MediaLimits } from './limits.ts'

const patienceMs = 60_000

/** The machine. It needs nothing but itself, and therefore can convert nothing. */
export function plainEngine(limits: MediaLimits): AvEngine {
  const ms = Math.min(patienceMs, limits.convertMs)
  const factsOf = async (task: ContainerTask): Promise<AvFacts> => {
    const { facts } = await askContainer(task, ms)
    if (!facts) throw new Refusal('invalid', 'This file holds neither picture nor sound.')
    return facts
  }
  return {
    name: 'plain',
    probe: async ({ path, format }) => await factsOf({ do: 'probe', path, format: format.format }),
    copy: async ({ path, format }, _facts, target) => {
      const to = { path: target.path, format: target.format.format }
      return await factsOf({ do: 'copy', path, format: format.format, to })
    },
  }
}
