// Reads the XML in which an S3-compatible store lists its files.
import type { BlobEntry } from './shapes.ts'

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The files of one page and, when there are more, the token of the next. */
export const readListing = (xml: string): { entries: BlobEntry[]; next?: string } => {
  const entries = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, content = '']) => ({
    key: textIn(content, 'Key') ?? '',
    size: Number(textIn(content, 'Size') ?? 0),
    modifiedAt: Date.parse(textIn(content, 'LastModified') ?? '') || 0,
  }))
  const next = textIn(xml, 'IsTruncated') === 'true' ? textIn(xml, 'NextContinuationToken') : undefined
  return next === undefined ? { entries } : { entries, next }
}

const textIn = (xml: string, tag: string): string | undefined => {
  const open = xml.indexOf(`<${tag}>`)
  const close = xml.indexOf(`</${tag}>`, open)
  if (open < 0 || close < 0) return undefined
  return xml
    .slice(open + tag.length + 2, close)
    .replace(/&(?:#(\d{1,7})|([a-z]{2,4}));/g, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (named[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
    )
}
