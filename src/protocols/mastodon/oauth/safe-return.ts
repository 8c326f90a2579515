// Where a page may lead back to after signing in.

/** Longer ones, escaped in a header, would not get through every proxy. */
export const MOST_RETURN = 4000

/** Only a path of this server is a place to return to: never `//elsewhere` or `/\elsewhere`, and nothing that a header cannot hold. */
export function safeReturn(path: string | undefined): string {
  if (path === undefined || path.length > MOST_RETURN) return '/'
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) ? path : '/'
}
