// Words without markup, for descriptions that machines show.

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** The text of sanitised HTML in one line, cut at a word before `max` characters. */
export function plainText(html: string, max: number): string {
  const text = html
    .replace(/<br[^>]*>|<\/p>/gi, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => decoded(name.toLowerCase()) ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
  if (text.length <= max) return text
  const cut = text.lastIndexOf(' ', max)
  return `${text.slice(0, cut > max / 2 ? cut : max)} …`
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name]
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined
}
