// Writes tags so that every parser reads them the same way: closed in order, not too deep, paragraphs never in paragraphs.
import { BLOCK, HEADING, SEPARATES, TABLE_FRAME, TABLE_PARENTS, VOID } from './allow-list.ts'
import { escapeText } from './escape.ts'
import { CELLS, closeTo, findOpen, ignoreTag, innermost, openTag, type Writing } from './open-tags.ts'
import { enterCell, openTablePart } from './table-nesting.ts'

const LISTS = new Set(['ul', 'ol'])
const RUBY_TEXT = new Set(['rt', 'rp'])

/** An empty document to write into. */
export function startWriting(): Writing {
  return { out: '', stack: [], ignored: new Map(), lineHasText: false, wantsBreak: false }
}

/** Opens a kept tag with its whole start tag and what will close it (void tags are never closed). */
export function writeOpen(writing: Writing, tag: string, start: string, end: string): void {
  if (TABLE_PARENTS.has(tag)) return openTablePart(writing, tag, start, end)
  if (!enterCell(writing)) return VOID.has(tag) ? undefined : ignoreTag(writing, tag)
  if (BLOCK.has(tag)) {
    closeTo(writing, beforeBlock(writing, tag))
    writing.lineHasText = false
    writing.wantsBreak = false
  } else if (tag === 'br') writing.wantsBreak = false
  else breakLine(writing)
  if (VOID.has(tag)) {
    writing.out += start
    writing.lineHasText = tag === 'img'
    return
  }
  if (tag === 'a') endLink(writing)
  if (RUBY_TEXT.has(tag) && RUBY_TEXT.has(innermost(writing))) closeTo(writing, writing.stack.length - 1)
  openTag(writing, tag, start, end)
}

/** An end tag: closes the innermost open tag of that name and all inside it, or nothing. */
export function writeClose(writing: Writing, tag: string): void {
  const skipped = writing.ignored.get(tag) ?? 0
  if (skipped > 0) {
    writing.ignored.set(tag, skipped - 1)
    return
  }
  const at = findOpen(writing, tag)
  if (at !== -1) closeTo(writing, at)
  else if (SEPARATES.has(tag)) writing.wantsBreak = true
}

/** Text, escaped. */
export function writeText(writing: Writing, data: string): void {
  if (data === '') return
  const blank = /^[ \t\n]*$/.test(data)
  if (blank ? TABLE_FRAME.has(innermost(writing)) : !enterCell(writing)) return
  if (!blank) {
    breakLine(writing)
    writing.lineHasText = true
  }
  writing.out += escapeText(data)
}

/** A link that is left out: its end tag must not close anything else. */
export function dropLink(writing: Writing): void {
  endLink(writing)
  ignoreTag(writing, 'a')
}

/** A tag that is left out; when it is a block, its text will start on a line of its own. */
export function dropTag(writing: Writing, tag: string): void {
  if (SEPARATES.has(tag)) writing.wantsBreak = true
}

/** Closes everything and gives the document. */
export function finishWriting(writing: Writing): string {
  closeTo(writing, 0)
  return writing.out
}

/** Links never nest: an open one ends where the next begins, kept or not. */
function endLink(writing: Writing): void {
  writing.ignored.delete('a')
  const at = findOpen(writing, 'a')
  if (at !== -1) closeTo(writing, at)
}

function breakLine(writing: Writing): void {
  if (!writing.wantsBreak) return
  if (writing.lineHasText) writing.out += '<br />'
  writing.lineHasText = false
  writing.wantsBreak = false
}

/** How many open tags stay open when the block `tag` begins. */
function beforeBlock(writing: Writing, tag: string): number {
  const { stack } = writing
  if (tag === 'li') {
    const at = stack.findLastIndex((open) => open.tag === 'li' || LISTS.has(open.tag) || CELLS.has(open.tag))
    if (stack[at]?.tag === 'li') return at
  }
  const at = stack.findLastIndex(
    (open) => isParagraph(open.tag) || open.tag === 'table' || CELLS.has(open.tag),
  )
  return isParagraph(stack[at]?.tag ?? '') ? at : stack.length
}

function isParagraph(tag: string): boolean {
  return tag === 'p' || HEADING.has(tag)
}
