// Strict base64, because a lenient decoder accepts many spellings of one signature.

const CANONICAL = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Bytes of padded standard base64 without whitespace; undefined for anything else or when `text` is too long. */
export function decodeBase64(text: string, maxLength = 2048): Buffer | undefined {
  if (text.length > maxLength || !CANONICAL.test(text)) return undefined
  return Buffer.from(text, 'base64')
}
