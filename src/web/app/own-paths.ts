// Which addresses of this server the signed-in client shows itself.

/** Paths that the server answers with something other than this client. */
const NOT_OURS =
  /^\/($|about|interact|api\/|oauth\/|auth\/|media\/|media_proxy\/|assets\/|web\/|users\/|settings\/security|settings\/archives|nodeinfo|rules|privacy-policy|terms-of-service|invite|welcome|\.well-known)/

export function isOurs(path: string): boolean {
  return !NOT_OURS.test(path)
}
