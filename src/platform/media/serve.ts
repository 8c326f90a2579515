// Says which response headers a stored media file is served with, so that no file can act as a page or a document.
import { supportedContentTypes } from './formats.ts'

/** What our own record says of a stored file; never what its sender or its name claims. */
export interface ServedFile {
  contentType: string
  byteLength: number
  /** Without a dot; used for the name a browser saves the file under. */
  extension: string
  /** A validator which changes with the bytes, such as a hash. */
  etag?: string
  /** True when the URL names exactly these bytes for ever. */
  isImmutable?: boolean
}

const shown = new Set(supportedContentTypes)

/**
 * The headers for a stored file. Pictures, video and sound are shown in place, anything else is only downloaded;
 * in both cases the browser may not guess a type, run a script or fetch anything on behalf of the file.
 */
export function mediaHeaders(file: ServedFile): Record<string, string> {
  const isShown = shown.has(file.contentType)
  const extension = /^[a-z0-9]{1,8}$/.test(file.extension) ? file.extension : 'bin'
  const headers: Record<string, string> = {
    'content-type': isShown ? file.contentType : 'application/octet-stream',
    'content-disposition': isShown ? 'inline' : `attachment; filename="file.${extension}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'Content-Length, Content-Range, ETag',
    'accept-ranges': 'bytes',
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
  }
  if (file.etag !== undefined && /^[\w.+/=-]{1,100}$/.test(file.etag)) headers['etag'] = `"${file.etag}"`
  return headers
}
