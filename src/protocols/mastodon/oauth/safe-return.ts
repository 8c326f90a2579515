// Where a page may lead back to after signing in.

/** Only a path of this server is a place to return to: never `//elsewhere` or `/\elsewhere`, and nothing that a header cannot hold. */
export function safeReturn(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) ? path : '/'
}
