// Tells by host-meta (RFC 6415), as XML and JSON, where WebFinger answers.
import type { Hono } from 'hono'
import { escapeHtml } from '../../lib/html/escape.ts'
import type { Site } from './site.ts'

const CACHE = { 'access-control-allow-origin': '*', 'cache-control': 'max-age=86400, public' }

export function hostMetaRoutes(server: Hono, site: Site): void {
  const template = `${site.config.origin}/.well-known/webfinger?resource={uri}`
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
  <Link rel="lrdd" type="application/jrd+json" template="${escapeHtml(template)}"/>
</XRD>
`
  const json = JSON.stringify({ links: [{ rel: 'lrdd', type: 'application/jrd+json', template }] })
  server.get('/.well-known/host-meta', (c) =>
    c.req.header('accept')?.includes('json') === true
      ? new Response(json, { headers: { 'content-type': 'application/jrd+json', ...CACHE } })
      : new Response(xml, { headers: { 'content-type': 'application/xrd+xml; charset=utf-8', ...CACHE } }),
  )
  server.get(
    '/.well-known/host-meta.json',
    () => new Response(json, { headers: { 'content-type': 'application/jrd+json', ...CACHE } }),
  )
}
