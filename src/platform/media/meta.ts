// The facts about a media file that readers get before they load it, in the shape which the client API shows.
import type { AvFacts } from './av-engine.ts'
import type { Focus } from './focus.ts'
import type { Size } from './stored-file.ts'

/** Size of a picture, or rate and length of something that plays. */
export interface MediaMetaSize {
  width?: number
  height?: number
  /** `WxH` */
  size?: string
  aspect?: number
  /** A fraction such as `30/1`. */
  frame_rate?: string
  /** Seconds. */
  duration?: number
  /** Bits a second. */
  bitrate?: number
}

/** Colours that go with a cover, as `#rrggbb`. */
export interface MediaColours {
  background: string
  foreground: string
  accent: string
}

/** All facts; ready to be stored as JSON and shown as it is. */
export interface MediaMeta {
  focus?: Focus
  original?: MediaMetaSize
  small?: MediaMetaSize
  colors?: MediaColours
}

/** The facts of a picture. */
export function pictureMeta({ width, height }: Size): MediaMetaSize {
  return { width, height, size: `${width}x${height}`, aspect: round(width / height, 12) }
}

/** The facts of a file of `byteLength` bytes that plays. */
export function playingMeta(facts: AvFacts, byteLength: number): MediaMetaSize {
  const { duration, video } = facts
  const bitrate = duration > 0 ? Math.round((byteLength * 8) / duration) : 0
  const played = { duration: round(duration, 6), bitrate }
  if (!video) return played
  return { width: video.width, height: video.height, frame_rate: fraction(video.fps), ...played }
}

/** Frame rates as the fractions that cameras mean: 29.97 is `30000/1001`. */
function fraction(fps: number): string {
  const whole = Math.round(fps)
  if (Math.abs(fps - whole) < 0.005) return `${whole}/1`
  const ntsc = Math.round((fps * 1001) / 1000)
  if (Math.abs(fps - (ntsc * 1000) / 1001) < 0.005) return `${ntsc * 1000}/1001`
  return `${Math.round(fps * 100)}/100`
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
