// Turns HTML from anywhere into HTML that is safe to store and to show: an allow-list, written anew tag by tag.
import { HEADING, isKept, type Profile, VOID } from './allow-list.ts'
import { type RewriteImage, WANTED_ATTRIBUTES, writeAttributes } from './attributes.ts'
import { cleanControls, cutText } from './escape.ts'
import { imageText } from './emoji-image.ts'
import {
  dropLink,
  dropTag,
  finishWriting,
  startWriting,
  writeClose,
  writeOpen,
  writeText,
} from './nesting.ts'
import type { Writing } from './open-tags.ts'
import { MAX_HTML, scanHtml } from './scan.ts'
import { createSkip } from './skip.ts'

export interface SanitizeOptions {
  /** `post` (default) keeps running text only; `article` also keeps headings, pictures, figures and tables. */
  profile?: Profile
  /** Only with `article`: maps a picture's http(s) address to the one readers load. Without it no picture stays. */
  rewriteImage?: RewriteImage
  /** Longest input looked at, in UTF-16 units; the rest is cut. At most and by default 1 MiB. */
  maxLength?: number
}

/**
 * Safe HTML for `html`. Unknown tags go and their text stays; scripts, styles, forms' fields and foreign content go whole;
 * links get `rel` and `target`. The result is well nested (at most 64 deep), sanitising it again changes nothing (where
 * rewritten picture addresses are absolute and stable). Takes linear time; never throws.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions = {}): string {
  const writing = startWriting()
  const skip = createSkip((text) => writeText(writing, text))
  const length = Math.min(options.maxLength ?? MAX_HTML, MAX_HTML)
  const source = cleanControls(cutText(html, length))
  const walker = {
    open(tag: string, attrs: Map<string, string>, selfClosing: boolean): void {
      if (!skip.open(tag, attrs, selfClosing)) openTag(writing, tag, attrs, options)
    },
    close(tag: string): void {
      if (!skip.close(tag)) writeClose(writing, tag)
    },
    text(data: string): void {
      if (!skip.text(data)) writeText(writing, cleanControls(data))
    },
  }
  scanHtml(source, walker, { wanted: WANTED_ATTRIBUTES })
  return finishWriting(writing)
}

function openTag(writing: Writing, tag: string, attrs: Map<string, string>, options: SanitizeOptions): void {
  const profile = options.profile ?? 'post'
  if (HEADING.has(tag) && profile === 'post') return writeOpen(writing, tag, '<p><strong>', '</strong></p>')
  if (!isKept(profile, tag))
    return tag === 'img' ? writeText(writing, imageText(attrs)) : dropTag(writing, tag)
  const written = writeAttributes(tag, attrs, options.rewriteImage)
  if (written === undefined) return tag === 'img' ? writeText(writing, imageText(attrs)) : dropLink(writing)
  const name = tag === 'h1' ? 'h2' : tag
  if (VOID.has(tag)) writeOpen(writing, tag, `<${name}${written} />`, '')
  else writeOpen(writing, tag, `<${name}${written}>`, `</${name}>`)
}
