// Checks the key id of a signature, the only part of an unproven request that may make us fetch something.
import { Refusal } from '../../../model/refusal.ts'

const MAX_KEY_ID = 2048

/** The key id itself when it is an http(s) URL without credentials; throws `Refusal` (invalid) otherwise. */
export function readKeyId(text: string | undefined): string {
  const url = text !== undefined && text.length <= MAX_KEY_ID ? URL.parse(text) : null
  if (!text || !url || !/^https?:$/.test(url.protocol) || url.username || url.password || !url.hostname) {
    throw new Refusal('invalid', 'The key id of the signature is not a web address.')
  }
  return text
}
