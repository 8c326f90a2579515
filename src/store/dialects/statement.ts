// SQL put together from text and parameters alone, for the paths where building a query costs more than running it.
import { handleOf } from './handles.ts'

/** Text with a `?` for every parameter; PostgreSQL's numbers are put in when it runs. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** What can be bound; everything else in a template is a statement. */
type Value = string | number | null

/**
 * Puts a statement together: parameters are bound, statements within it become part of it. Its text must not depend on the
 * parameters' values, so that the engine keeps its plan; lists of ids go through `idsIn`.
 *
 *     await rowsOf(db, statement`select id from posts where uri = ${uri} ${isLocal ? LOCAL : NOTHING}`)
 */
export function statement(texts: TemplateStringsArray, ...parts: readonly (Value | Statement)[]): Statement {
  let text = texts[0] ?? ''
  const values: unknown[] = []
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'object' && part !== null) {
      text += part.text
      for (const value of part.values) values.push(value)
    } else {
      text += '?'
      values.push(part)
    }
    text += texts[index + 1] ?? ''
  }
  return { text, values }
}

/** Nothing at all, for the condition that does not apply. */
export const NOTHING: Statement = { text: '', values: [] }

/** Text of our own as it is, for names of columns; never for input. */
export const rawText = (text: string): Statement => ({ text, values: [] })

/** True where `column` is one of `ids`. The name of the column is text of our own, never input. */
export function idsIn(db: object, column: string, ids: readonly number[]): Statement {
  const { dialect } = handleOf(db)
  return { text: dialect.idInText(column), values: [dialect.idList(ids)] }
}

/** Several statements with a text between them. */
export function joined(parts: readonly Statement[], between: string): Statement {
  return {
    text: parts.map((part) => part.text).join(between),
    values: parts.flatMap((part) => part.values),
  }
}

/** Runs a statement for its rows. */
export async function rowsOf<Row>(db: object, { text, values }: Statement): Promise<Row[]> {
  const handle = handleOf(db)
  return (await handle.all(handle.dialect.numbered(text), values)) as Row[]
}

/** Runs a statement without rows; gives the number of rows changed. */
export async function runOn(db: object, { text, values }: Statement): Promise<number> {
  const handle = handleOf(db)
  return handle.run(handle.dialect.numbered(text), values)
}

const insertTexts = new Map<string, string>()
const MOST_TEXTS = 300

/** `insert into table (columns of the row) values (...)`; what is undefined keeps the column's default. */
export function insertOf(table: string, row: object, conflict = ''): Statement {
  const columns: string[] = []
  const values: unknown[] = []
  for (const [column, value] of Object.entries(row)) {
    if (value === undefined) continue
    columns.push(column)
    values.push(value)
  }
  const key = `${table} ${columns.join()} ${conflict}`
  const known = insertTexts.get(key)
  if (known !== undefined) return { text: known, values }
  const places = columns.map(() => '?').join(', ')
  const names = columns.map((column) => `"${column}"`).join(', ')
  const text = `insert into "${table}" (${names}) values (${places}) ${conflict}`
  if (insertTexts.size < MOST_TEXTS) insertTexts.set(key, text)
  return { text, values }
}
