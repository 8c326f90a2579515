// Answers browsers that ask beforehand whether a page of another site may call the API.
import type { Hono } from 'hono'
import type { Api } from '../api.ts'

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, Mastodon-Async-Refresh-Id',
  'access-control-max-age': '7200',
}

export function addPreflight(server: Hono, _api: Api): void {
  for (const path of ['/api/*', '/oauth/token', '/oauth/revoke', '/oauth/userinfo'])
    server.options(path, () => new Response(null, { status: 204, headers: HEADERS }))
}
