// Finds what a browser would load from elsewhere when it shows an answer: readers are seen by this server alone.
import { Parser } from 'htmlparser2'

/** Attributes that load by themselves. */
const LOADING = new Set(
  'src srcset poster style background data lowsrc dynsrc imagesrcset formaction manifest'.split(' '),
)
const OURS = /^(?:https?:\/\/[^/]+)?\/(?:media_proxy|media|assets|client)\//

/** Fields of the client API that are HTML; the others are shown as they are. */
const HTML = new Set('content note value html'.split(' '))

/** One sentence for each address in the HTML of an answer, or in a page, that does not lead to media of ours. */
export function foreignLoads(value: unknown, name = 'html'): string[] {
  if (typeof value === 'string') return HTML.has(name) && value.includes('<') ? inHtml(value) : []
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([key, item]) => foreignLoads(item, isList ? name : key))
}

function inHtml(html: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(tag, attributes) {
      for (const [name, address] of Object.entries(attributes))
        if (LOADING.has(name) && !OURS.test(address))
          found.push(`<${tag} ${name}="${address}"> would be loaded from elsewhere`)
    },
  })
  parser.end(html)
  return found
}

/** Fields that clients load without being asked. */
const SHOWN = new Set(
  'avatar avatar_static header header_static static_url preview_url image icon thumbnail'.split(' '),
)

/** The same for the fields of the client API that hold an address of a picture, which must be at `origin`. */
export function foreignFields(value: unknown, origin: string, name = ''): string[] {
  if (typeof value === 'string')
    return SHOWN.has(name) && value !== '' && !value.startsWith(`${origin}/`) ? [`${name} is ${value}`] : []
  if (typeof value !== 'object' || value === null) return []
  const isFile = 'preview_url' in value || 'shortcode' in value
  return Object.entries(value).flatMap(([key, item]) =>
    foreignFields(item, origin, key === 'url' && isFile ? 'image' : key),
  )
}
