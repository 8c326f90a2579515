// Tables as text with commas (RFC 4180).

const MAX_FIELDS = 50

/** One line; fields that hold signs with a meaning are put in quotes. */
export function writeCsvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')
}

/** The lines of a table; empty ones are left out. Never fails: a quote that is not closed reaches to the end. */
export function readCsv(text: string, maxLines: number): string[][] {
  const lines: string[][] = []
  const source = text.replace(/^\uFEFF/, '')
  const field = /(?:"((?:[^"]|"")*)"?|([^,\r\n]*))(,|\r\n|\n|\r|$)/gy
  let line: string[] = []
  while (field.lastIndex < source.length && lines.length < maxLines) {
    const match = field.exec(source)
    if (!match) break
    if (line.length < MAX_FIELDS) line.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim())
    if (match[3] === ',') continue
    if (line.some((one) => one !== '')) lines.push(line)
    line = []
  }
  if (line.some((one) => one !== '') && lines.length < maxLines) lines.push(line)
  return lines
}
