// Chooses the machine for video and sound that this system offers, once.
import type { AvEngine } from './av-engine.ts'
import { ffmpegEngine } from './av-ffmpeg.ts'
import { plainEngine } from './av-plain.ts'
import { defaultLimits } from './limits.ts'

let chosen: Promise<AvEngine> | undefined

/** ffmpeg where it is on PATH, else the plain machine; looked for only once. */
export async function systemEngine(): Promise<AvEngine> {
  chosen ??= ffmpegEngine(defaultLimits).then((engine) => engine ?? plainEngine(defaultLimits))
  return await chosen
}
