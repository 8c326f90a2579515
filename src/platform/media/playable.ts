// Knows which tracks every current browser and app plays, and which container to put them into.
import type { AvFacts } from './av-engine.ts'
import { formatFacts } from './formats.ts'
import type { MediaFormat, Sniffed } from './formats.ts'

const webmVideo = new Set(['vp8', 'vp9', 'av1'])
const webmSound = new Set(['opus', 'vorbis'])
const mp4Sound = new Set(['aac', 'mp3'])
const soundFormats: Record<string, Record<string, MediaFormat>> = {
  aac: { aac: 'm4a', m4a: 'm4a', mp4: 'm4a', mov: 'm4a' },
  mp3: { mp3: 'mp3', m4a: 'm4a', mp4: 'm4a' },
  opus: { opus: 'opus', ogg: 'opus', webm: 'weba' },
  vorbis: { ogg: 'ogg', opus: 'ogg', webm: 'weba' },
  flac: { flac: 'flac', ogg: 'ogg' },
  pcm: { wav: 'wav' },
}

/** The format that these tracks can be copied into and then play everywhere; undefined when they must be converted. */
export function playableAs(source: Sniffed, facts: AvFacts): Sniffed | undefined {
  const { video, audio } = facts
  if (!video) {
    const format = soundFormats[audio?.codec ?? '']?.[source.format]
    return format && formatFacts(format)
  }
  if (source.format === 'webm') {
    const isPlayable = webmVideo.has(video.codec) && (!audio || webmSound.has(audio.codec))
    return isPlayable ? formatFacts('webm') : undefined
  }
  const isMp4 = source.format === 'mp4' || source.format === 'mov' || source.format === 'm4a'
  const isPlayable = video.codec === 'h264' && video.isPlain && (!audio || mp4Sound.has(audio.codec))
  return isMp4 && isPlayable ? formatFacts('mp4') : undefined
}
