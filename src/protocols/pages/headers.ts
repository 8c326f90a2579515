// The headers of every page: nothing runs or loads that is not ours.
import type { Config } from '../../platform/config.ts'

/** Where files may come from besides ourselves: the host that serves the bucket, if there is one. */
function fileHosts(config: Config): string {
  const host = config.s3?.publicUrl
  return host === undefined ? '' : ` ${new URL(host).origin}`
}

/** Visitors' pages, which hold no secrets, have a form that leads on to whatever server the visitor names. */
export function pageHeaders(config: Config, reader: 'visitor' | 'client'): Record<string, string> {
  const files = fileHosts(config)
  const elsewhere = config.origin.startsWith('https:') ? ' https:' : ' https: http:'
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `img-src 'self' data: blob:${files}`,
      `media-src 'self' blob:${files}`,
      "connect-src 'self'",
      "font-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      `form-action 'self'${reader === 'visitor' ? elsewhere : ''}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  }
}
