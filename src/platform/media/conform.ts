// Brings video and sound into a form that every reader can play: a clean copy where possible, else a conversion.
import { join } from 'node:path'
import { Refusal } from '../../model/refusal.ts'
import type { AvEngine, AvFacts, AvSource } from './av-engine.ts'
import { formatFacts } from './formats.ts'
import type { Sniffed } from './formats.ts'
import type { MediaLimits } from './limits.ts'
import { playableAs } from './playable.ts'

/** Where and with what a file is worked on. */
export interface AvJob {
  engine: AvEngine
  /** A private folder. */
  folder: string
  limits: MediaLimits
  /** A picture that its owner chose as preview. */
  thumbnail?: Uint8Array
}

/** A playable file and the facts of it. */
export interface Conformed {
  path: string
  format: Sniffed
  facts: AvFacts
}

/** Copies or converts; nothing of the sender's metadata is left. Throws Refusal, also where no machine can convert. */
export async function conform(source: AvSource, facts: AvFacts, job: AvJob): Promise<Conformed> {
  checkFacts(facts, job.limits)
  const playable = playableAs(source.format, facts)
  if (playable) {
    try {
      return await finish(job, playable, async (path) => {
        return await job.engine.copy(source, facts, { path, format: playable })
      })
    } catch (error) {
      if (!job.engine.convert || !(error instanceof Refusal) || error.code !== 'invalid') throw error
    }
  }
  const format = formatFacts(facts.video ? 'mp4' : 'm4a')
  return await finish(job, format, async (path) => {
    if (!job.engine.convert) throw cannotConvert(facts)
    return await job.engine.convert(source, facts, { path, format })
  })
}

async function finish(
  job: AvJob,
  format: Sniffed,
  write: (path: string) => Promise<AvFacts>,
): Promise<Conformed> {
  const path = join(job.folder, `playable.${format.extension}`)
  return { path, format, facts: await write(path) }
}

function checkFacts({ video, duration }: AvFacts, limits: MediaLimits): void {
  if (duration * 1000 > limits.videoMs) {
    throw new Refusal('too-large', `This file plays for longer than ${limits.videoMs / 3_600_000} hours.`)
  }
  if (!video) return
  if (video.width < 1 || video.height < 1) throw new Refusal('invalid', 'This video has no picture size.')
  if (
    video.width * video.height > limits.videoPixels ||
    Math.max(video.width, video.height) > limits.imageSide
  ) {
    const most = (limits.videoPixels / 1_000_000).toFixed(1)
    throw new Refusal(
      'too-large',
      `This video has ${video.width} by ${video.height} pixels; at most ${most} million are taken.`,
    )
  }
  if (video.fps > limits.videoFps) {
    throw new Refusal('too-large', `This video has more than ${limits.videoFps} frames a second.`)
  }
}

function cannotConvert({ video, audio }: AvFacts): Refusal {
  const known = [video?.codec, audio?.codec].filter((codec) => codec !== undefined && codec !== 'unknown')
  const codecs = known.length > 0 ? known.join(' and ') : 'the kind of tracks in this file'
  const wish = video ? 'MP4 with H.264 (8 bits, 4:2:0) and AAC' : 'MP3, Opus or AAC'
  return new Refusal('unsupported', `This server cannot convert ${codecs}. Please save the file as ${wish}.`)
}
