// Picks the file to play among the many a video lists, as PeerTube does, and reads durations.
import { asArray, countOf, member, numberOf, textOf, webUrl } from '../wire.ts'

const PREFERRED_HEIGHT = 720
const MAX_DURATION = 365 * 24 * 3600

export interface VideoFile {
  url: string
  contentType: string
  width?: number
  height?: number
}

/** The best file for a browser: mp4 before others, the largest of at most 720 lines, else the smallest. */
export function readVideoFile(value: unknown): VideoFile | undefined {
  const files = listFiles(value, 0)
  const mp4 = files.filter((file) => file.contentType === 'video/mp4')
  const sorted = (mp4.length > 0 ? mp4 : files).sort((a, b) => (b.height ?? 0) - (a.height ?? 0))
  return sorted.find((file) => (file.height ?? 0) <= PREFERRED_HEIGHT) ?? sorted.at(-1)
}

/** Files directly in the list, and those that a playlist carries as its tags. */
function listFiles(value: unknown, depth: number): VideoFile[] {
  return asArray(value, 100).flatMap((link) => {
    if (typeof link === 'string') {
      const url = webUrl(link)
      return url !== undefined && /\.(?:mp4|webm)(?:$|\?)/i.test(url)
        ? [{ url, contentType: 'video/mp4' }]
        : []
    }
    const inner = depth === 0 ? listFiles(member(link, 'tag'), 1) : []
    const url = webUrl(member(link, 'href'))
    const contentType = textOf(member(link, 'mediaType'), 100)?.split(';')[0]?.toLowerCase()
    if (url === undefined || !contentType?.startsWith('video/')) return inner
    const height = countOf(numberOf(member(link, 'height')))
    const width = countOf(numberOf(member(link, 'width')))
    return [{ url, contentType, ...(height ? { height } : {}), ...(width ? { width } : {}) }, ...inner]
  })
}

/** Seconds of an ISO 8601 duration such as `PT1H2M3.5S`. */
export function readDuration(value: unknown): number | undefined {
  const match = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8}(?:\.\d{1,6})?)S)?)?$/.exec(
    textOf(value, 60) ?? '',
  )
  if (!match) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
  return total > 0 && total <= MAX_DURATION ? total : undefined
}
