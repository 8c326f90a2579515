// Where a page may lead back to after signing in.

/** Only a path of this server is a place to return to: never `//elsewhere` or `/\elsewhere`. */
export function safeReturn(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/'
}
