// Reads HTML as plain text: for search, notifications and telling the language.
import { BLOCK, SEPARATES } from './allow-list.ts'
import { imageText } from './emoji-image.ts'
import { cleanControls, cutText } from './escape.ts'
import { scanHtml } from './scan.ts'
import { createSkip } from './skip.ts'

const WANTED = new Set(['alt', 'title', 'encoding'])
const SPACED = new Set(['p', 'blockquote', 'pre', 'ul', 'ol', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

interface Page {
  out: string
  /** Newlines owed before the next text. */
  owed: number
}

/**
 * The text of `html`: `<br>` is a newline, blocks stand on lines of their own, paragraphs have a blank line between them.
 * Scripts and other invisible elements are left out. At most `max` UTF-16 units (default 100,000).
 */
export function htmlToText(html: string, max = 100_000): string {
  const page: Page = { out: '', owed: 0 }
  const skip = createSkip((text) => addText(page, text, max))
  const walker = {
    open(tag: string, attrs: Map<string, string>, selfClosing: boolean): void {
      if (skip.open(tag, attrs, selfClosing)) return
      if (tag === 'br') page.owed++
      else if (tag === 'img') addText(page, imageText(attrs), max)
      else addBlock(page, tag)
    },
    close(tag: string): void {
      if (!skip.close(tag)) addBlock(page, tag)
    },
    text(data: string): void {
      if (!skip.text(data)) addText(page, data, max)
    },
  }
  scanHtml(html, walker, { wanted: WANTED })
  return cutText(page.out, max).trimEnd()
}

function addBlock(page: Page, tag: string): void {
  const owed = SPACED.has(tag) ? 2 : BLOCK.has(tag) || SEPARATES.has(tag) ? 1 : 0
  if (owed > page.owed) page.owed = owed
}

function addText(page: Page, data: string, max: number): void {
  if (page.out.length > max) return
  const clean = cleanControls(data).replace(/[ \t\n]+/g, ' ')
  const atStart = page.out === '' || page.owed > 0 || page.out.endsWith(' ')
  const text = atStart ? clean.replace(/^ /, '') : clean
  if (text === '') return
  if (page.out !== '' && page.owed > 0) page.out = page.out.trimEnd() + '\n'.repeat(Math.min(page.owed, 2))
  page.owed = 0
  page.out += text
}
