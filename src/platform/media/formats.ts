// The file formats which may be stored as media, each with the one content type and extension it is served under.

/** What a person sees in a media file. */
export type MediaFamily = 'image' | 'video' | 'audio'

/** Every format that bytes can be recognised as. */
export type MediaFormat =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'avif'
  | 'mp4'
  | 'mov'
  | 'webm'
  | 'weba'
  | 'ogv'
  | 'ogg'
  | 'opus'
  | 'mp3'
  | 'flac'
  | 'wav'
  | 'm4a'
  | 'aac'

/** A recognised format and how files of it are named and labelled. */
export interface Sniffed {
  format: MediaFormat
  family: MediaFamily
  contentType: string
  /** Without a dot. */
  extension: string
}

const rows: [MediaFormat, MediaFamily, string, string][] = [
  ['jpeg', 'image', 'image/jpeg', 'jpg'],
  ['png', 'image', 'image/png', 'png'],
  ['gif', 'image', 'image/gif', 'gif'],
  ['webp', 'image', 'image/webp', 'webp'],
  ['avif', 'image', 'image/avif', 'avif'],
  ['mp4', 'video', 'video/mp4', 'mp4'],
  ['mov', 'video', 'video/quicktime', 'mov'],
  ['webm', 'video', 'video/webm', 'webm'],
  ['weba', 'audio', 'audio/webm', 'weba'],
  ['ogv', 'video', 'video/ogg', 'ogv'],
  ['ogg', 'audio', 'audio/ogg', 'ogg'],
  ['opus', 'audio', 'audio/ogg', 'opus'],
  ['mp3', 'audio', 'audio/mpeg', 'mp3'],
  ['flac', 'audio', 'audio/flac', 'flac'],
  ['wav', 'audio', 'audio/wav', 'wav'],
  ['m4a', 'audio', 'audio/mp4', 'm4a'],
  ['aac', 'audio', 'audio/aac', 'aac'],
]

const byFormat = new Map<MediaFormat, Sniffed>(
  rows.map(([format, family, contentType, extension]) => [
    format,
    { format, family, contentType, extension },
  ]),
)

/** How files of this format are named and labelled. */
export function formatFacts(format: MediaFormat): Sniffed {
  const facts = byFormat.get(format)
  if (!facts) throw new Error(`No such media format: ${format}`)
  return { ...facts }
}

/** Every content type that an upload may turn out to have, for the instance document of the API. */
export const supportedContentTypes: readonly string[] = [
  ...new Set(rows.map(([, , contentType]) => contentType)),
]

/** Names what may be uploaded; ends every refusal of a file type. */
export const supportedSentence =
  'Supported are JPEG, PNG, GIF, WebP and AVIF pictures, MP4, WebM and MOV videos, and MP3, Ogg, Opus, FLAC, WAV, M4A and AAC sound.'
