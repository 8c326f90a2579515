// The stack of tags that are open while sanitised HTML is written.
import { BLOCK, TABLE_PARENTS } from './allow-list.ts'

/** Deepest nesting written; deeper tags are left out and their text stays. */
export const MAX_DEPTH = 64
/** Cells of a table (and its caption): what is open outside is out of reach from inside. */
export const CELLS: ReadonlySet<string> = new Set(['td', 'th', 'caption'])

export interface Writing {
  out: string
  /** The tags as they came in, and what closes each. */
  stack: { tag: string; end: string }[]
  /** How many start tags of each name were left out whose end tags are still to come. */
  ignored: Map<string, number>
  /** Whether the current line has text, and whether a block that was left out asks for a new one. */
  lineHasText: boolean
  wantsBreak: boolean
}

/** The innermost open tag, or ''. */
export function innermost(writing: Writing): string {
  return writing.stack.at(-1)?.tag ?? ''
}

/** Closes tags until `depth` are open. */
export function closeTo(writing: Writing, depth: number): void {
  while (writing.stack.length > depth) {
    const open = writing.stack.pop()
    if (open === undefined) return
    writing.out += open.end
    if (BLOCK.has(open.tag)) writing.lineHasText = false
  }
}

/** Writes a start tag and remembers it; at MAX_DEPTH it is left out instead. */
export function openTag(writing: Writing, tag: string, start: string, end: string): void {
  if (writing.stack.length >= MAX_DEPTH) return ignoreTag(writing, tag)
  writing.out += start
  writing.stack.push({ tag, end })
}

/** Remembers that the next end tag of this name has no start tag. */
export function ignoreTag(writing: Writing, tag: string): void {
  writing.ignored.set(tag, (writing.ignored.get(tag) ?? 0) + 1)
}

/** Where the innermost open `tag` stands, not looking out of the table cell we are in; -1 when there is none. */
export function findOpen(writing: Writing, tag: string): number {
  const isTablePart = tag === 'table' || TABLE_PARENTS.has(tag)
  for (let at = writing.stack.length - 1; at >= 0; at--) {
    const open = writing.stack[at]?.tag ?? ''
    if (open === tag) return at
    if (isTablePart ? open === 'table' : CELLS.has(open)) return -1
  }
  return -1
}
