// Keeps tables in the one shape in which parsers do not move things about.
import { TABLE_FRAME, TABLE_PARENTS } from './allow-list.ts'
import { closeTo, innermost, MAX_DEPTH, openTag, type Writing } from './open-tags.ts'

const ROW_PARENTS = new Set(TABLE_PARENTS.get('tr'))

/** Opens a part of a table where it belongs, with a row when a cell lacks one; outside of tables it is left out. */
export function openTablePart(writing: Writing, tag: string, start: string, end: string): void {
  const { stack } = writing
  const table = stack.findLastIndex((open) => open.tag === 'table')
  if (table === -1) return
  writing.lineHasText = false
  writing.wantsBreak = false
  const parents = TABLE_PARENTS.get(tag) ?? []
  const parent = stack.findLastIndex((open, at) => at >= table && parents.includes(open.tag))
  if (parent !== -1) {
    closeTo(writing, parent + 1)
    return openTag(writing, tag, start, end)
  }
  closeTo(writing, 1 + stack.findLastIndex((open, at) => at >= table && ROW_PARENTS.has(open.tag)))
  if (stack.length + 2 > MAX_DEPTH) return
  openTag(writing, 'tr', '<tr>', '</tr>')
  openTag(writing, tag, start, end)
}

/** Text and ordinary tags may not stand between the parts of a table: gives them a cell. False when there is no room for one. */
export function enterCell(writing: Writing): boolean {
  if (!TABLE_FRAME.has(innermost(writing))) return true
  if (writing.stack.length + 2 > MAX_DEPTH) return false
  if (innermost(writing) !== 'tr') openTag(writing, 'tr', '<tr>', '</tr>')
  openTag(writing, 'td', '<td>', '</td>')
  return true
}
