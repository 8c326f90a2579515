// What a whole database looks like at one moment, while others go on writing.

/** Columns in the order in which rows give their values. */
export interface TableColumns {
  name: string
  columns: readonly string[]
}

/** Must be closed: on SQLite the write-ahead log cannot shrink while it is open. */
export interface Snapshot {
  /** All rows of a table in groups of at most `size`, each row an array of values. */
  rows(table: TableColumns, size: number): AsyncIterable<unknown[][]>
  close(): Promise<void>
}

/** The query for a table whose names come from the database itself. */
export function selectAllOf({ name, columns }: TableColumns): string {
  const quoted = columns.map((column) => `"${column.replaceAll('"', '""')}"`)
  return `select ${quoted.join(', ')} from "${name.replaceAll('"', '""')}"`
}
