// What is said for addresses that lead nowhere, and when a handler fails unforeseen.
import type { Hono } from 'hono'
import type { Log } from '../platform/log.ts'

const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'access-control-allow-origin': '*',
  'cache-control': 'no-store',
}

function wantsJson(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/oauth/') || path.startsWith('/.well-known/')
}

/** Adds the last answers; call it once every protocol has added its own. */
export function addLastAnswers(app: Hono, log: Log): void {
  app.notFound((c) => {
    if (wantsJson(c.req.path))
      return new Response('{"error":"Not Found"}', { status: 404, headers: JSON_HEADERS })
    return c.text('There is nothing at this address.', 404)
  })
  app.onError((error, c) => {
    log.error('A request failed.', { error, path: c.req.path })
    const body = '{"error":"Something went wrong on our side; it has been logged"}'
    return new Response(body, { status: 500, headers: JSON_HEADERS })
  })
}
