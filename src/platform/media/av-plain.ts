// The machine for video and sound on a server without ffmpeg: reads and copies containers, decodes nothing.
import { Refusal } from '../../model/refusal.ts'
import type { AvEngine } from './av-engine.ts'
import { askContainer } from './container.ts'
import type { MediaLimits } from './limits.ts'

const patienceMs = 60_000

/** The machine. It needs nothing but itself, and therefore can convert nothing. */
export function plainEngine(limits: MediaLimits): AvEngine {
  const ms = Math.min(patienceMs, limits.convertMs)
  return {
    name: 'plain',
    probe: async (source) => {
      const { facts } = await askContainer(
        { do: 'probe', path: source.path, format: source.format.format },
        ms,
      )
      if (!facts) throw new Refusal('invalid', 'This file holds neither picture nor sound.')
      return facts
    },
    copy: async (source, _facts, target) => {
      const to = { path: target.path, format: target.format.format }
      await askContainer({ do: 'copy', path: source.path, format: source.format.format, to }, ms)
    },
  }
}
