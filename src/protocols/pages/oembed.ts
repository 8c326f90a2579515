// What another site shows when somebody pastes a link to one of our posts (oEmbed), and the installable client's manifest.
import type { Hono } from 'hono'
import type * as entity from '../../contract/entities.ts'
import { viewPost } from '../../domain/posts/view-posts.ts'
import { escapeHtml } from '../../lib/html/escape.ts'
import { htmlToText } from '../../lib/html/plain-text.ts'
import { parseId } from '../../lib/id.ts'
import { isOpen } from '../../model/audience.ts'
import type { Audience } from '../../model/audience.ts'
import { Refusal } from '../../model/refusal.ts'
import type { PagesParts } from './parts.ts'

const HEADERS = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' }

async function describe(parts: PagesParts, address: string): Promise<entity.OEmbed | undefined> {
  const { origin, title } = parts.config
  const url = URL.parse(address)
  const match = url?.origin === origin ? /^\/@([^/@]+)\/(\d+)$/.exec(url.pathname) : null
  const id = parseId(match?.[2] ?? '')
  if (!match || id === undefined) return undefined
  const view = await viewPost(parts.store.read, undefined, id)
  const { account } = view.author
  if (account.domain !== '' || account.username !== match[1] || !isOpen(view.post.audience as Audience))
    return undefined
  const page = `${origin}/@${account.username}/${id}`
  const name = account.name === '' ? account.username : account.name
  const words = view.post.spoiler_text === '' ? htmlToText(view.post.content) : view.post.spoiler_text
  const html = `<blockquote class="folkmoot-post"><p>${escapeHtml(words.slice(0, 2000))}</p><p>— <a href="${escapeHtml(page)}">${escapeHtml(name)}</a></p></blockquote>`
  return {
    type: 'rich',
    version: '1.0',
    author_name: name,
    author_url: `${origin}/@${account.username}`,
    provider_name: title,
    provider_url: `${origin}/`,
    cache_age: 86_400,
    html,
    width: 400,
    height: null,
  }
}

export function addOEmbed(server: Hono, parts: PagesParts): void {
  server.get('/api/oembed', async (c) => {
    try {
      const found = await describe(parts, (c.req.query('url') ?? '').slice(0, 2000))
      return found ? c.json(found, 200, HEADERS) : c.json({ error: 'Record not found' }, 404, HEADERS)
    } catch (error) {
      if (error instanceof Refusal) return c.json({ error: 'Record not found' }, 404, HEADERS)
      throw error
    }
  })
}

export function addManifest(server: Hono, parts: PagesParts): void {
  const icon = (size: string, src: string, purpose: string) => ({
    src,
    sizes: size,
    type: 'image/png',
    purpose,
  })
  server.get('/manifest.json', (c) =>
    c.json(
      {
        name: parts.config.title,
        short_name: parts.config.title.slice(0, 20),
        description: parts.config.description,
        start_url: '/home',
        scope: '/',
        display: 'standalone',
        background_color: '#f6f4ef',
        theme_color: '#2f5d50',
        icons: [
          icon('192x192', '/assets/icon-192.png', 'any'),
          icon('512x512', '/assets/icon-512.png', 'any'),
          icon('512x512', '/assets/icon-maskable-512.png', 'maskable'),
        ],
        id: '/home',
        categories: ['social'],
        share_target: {
          action: '/share',
          method: 'POST',
          enctype: 'multipart/form-data',
          params: {
            title: 'title',
            text: 'text',
            url: 'url',
            files: [{ name: 'files', accept: ['image/*', 'video/*', 'audio/*'] }],
          },
        },
        shortcuts: [
          { name: 'New post', url: '/publish' },
          { name: 'Notifications', url: '/notifications' },
          { name: 'Search', url: '/search' },
        ],
      },
      200,
      { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=3600' },
    ),
  )
}
