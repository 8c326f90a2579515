// What a machine for video and sound must be able to do; one with ffmpeg does more than one without.
import type { Sniffed } from './formats.ts'

/** The picture track of a video, upright, in pixels. */
export interface VideoTrack {
  /** Lower-case and short, such as h264, hevc, vp9, av1. */
  codec: string
  width: number
  height: number
  /** Frames a second. */
  fps: number
  /** True for 8-bit 4:2:0, the only kind that every player shows. */
  isPlain: boolean
  /** Place in the file. */
  index: number
}

/** The sound track of a file. */
export interface SoundTrack {
  /** Lower-case and short, such as aac, mp3, opus, vorbis, flac, pcm. */
  codec: string
  index: number
}

/** What a container says of itself. */
export interface AvFacts {
  /** Seconds; 0 when unknown. */
  duration: number
  video?: VideoTrack
  audio?: SoundTrack
}

/** One file to read, as a format that the sniffer has chosen. */
export interface AvSource {
  path: string
  format: Sniffed
}

/** Where to write, and as what. */
export interface AvTarget {
  path: string
  format: Sniffed
}

/** A machine for video and sound. Every method throws Refusal('invalid') for a file that it cannot make sense of. */
export interface AvEngine {
  name: string
  probe(source: AvSource): Promise<AvFacts>
  /**
   * Copies picture and sound as they are into a fresh container; titles, places, dates and other tracks stay behind.
   * Gives the facts of what it wrote.
   */
  copy(source: AvSource, facts: AvFacts, target: AvTarget): Promise<AvFacts>
  /** As `copy`, but re-encodes to MP4 (H.264, AAC), or to M4A when there is no picture. Absent where nothing can. */
  convert?(source: AvSource, facts: AvFacts, target: AvTarget): Promise<AvFacts>
  /** Writes one frame as PNG. Absent where nothing can. */
  poster?(source: AvSource, facts: AvFacts, path: string): Promise<void>
}
