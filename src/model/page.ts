// Pages of lists, cut by ids and never by counting.

/** Ids strictly between the bounds; with `minId` the page directly above it, else the newest page below `maxId`. */
export interface IdWindow {
  limit: number
  maxId?: number
  sinceId?: number
  minId?: number
}

/** Cursors of a page's first and last row. */
export interface Edges {
  first: number
  last: number
  /** More rows may follow; unknown when left out. */
  more?: boolean
}

/** The edges of rows that came for a window, newest first. */
export function edgesOf<T>(
  rows: readonly T[],
  cursorOf: (row: T) => number,
  limit: number,
): Edges | undefined {
  const first = rows[0]
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return undefined
  return { first: cursorOf(first), last: cursorOf(last), more: rows.length >= limit }
}
