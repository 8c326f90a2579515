// Finds out how the bytes of a page are encoded, and reads them.

const LOOK_AT = 1024

/** The text of a page. Order of belief: byte-order mark, Content-Type header, `<meta>` in the first 1024 bytes, UTF-8. */
export function decodePage(bytes: Uint8Array, contentType = ''): { charset: string; text: string } {
  const charset =
    byteOrderMark(bytes) ?? known(labelIn(contentType)) ?? known(metaLabel(bytes)) ?? fallback(bytes)
  return { charset, text: new TextDecoder(charset).decode(bytes) }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return a === 0xff && b === 0xfe ? 'utf-16le' : undefined
}

function metaLabel(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(LOOK_AT, bytes.length)).toString(
    'latin1',
  )
  for (const [meta] of start.matchAll(/<meta\b[^>]{0,500}/gi)) {
    const label = labelIn(meta)
    if (label !== undefined) return /^utf-?16/i.test(label) ? 'utf-8' : label
  }
  return undefined
}

function labelIn(text: string): string | undefined {
  return /charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})/i.exec(text)?.[1]
}

function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** Pages that say nothing are UTF-8; where that cannot be, the encoding of the old West. */
function fallback(bytes: Uint8Array): string {
  try {
    // Decoding as a stream lets a character cut in two at the end of the bytes pass.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
