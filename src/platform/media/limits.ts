// How much of everything a media file may have; the same numbers that the API tells its clients.

/** Every limit on media; bytes, pixels (width times height), frames and milliseconds. */
export interface MediaLimits {
  imageBytes: number
  /** Largest picture which is decoded at all. */
  imagePixels: number
  /** Longest side of a picture; what every output format can still hold. */
  imageSide: number
  /** Area that a stored picture is scaled down to. */
  storedPixels: number
  /** Area of the preview. */
  smallPixels: number
  frames: number
  /** Width times height times frames of a moving picture. */
  animatedPixels: number
  imageMs: number
  /** Also the limit for sound. */
  videoBytes: number
  videoPixels: number
  videoFps: number
  videoMs: number
  /** Time that a conversion may take. */
  convertMs: number
  avatarBytes: number
  emojiBytes: number
}

/** The limits of a server whose operator has changed none. */
export const defaultLimits: MediaLimits = {
  imageBytes: 16_777_216,
  imagePixels: 33_177_600,
  imageSide: 16_383,
  storedPixels: 8_294_400,
  smallPixels: 230_400,
  frames: 1_500,
  animatedPixels: 160_000_000,
  imageMs: 60_000,
  videoBytes: 103_809_024,
  videoPixels: 8_294_400,
  videoFps: 120,
  videoMs: 4 * 3_600_000,
  convertMs: 15 * 60_000,
  avatarBytes: 8_388_608,
  emojiBytes: 262_144,
}
