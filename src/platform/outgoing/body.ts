// Reads what another server answers: decompressed, counted after decompression, and cut off when it is too much.
import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Refusal } from '../../model/refusal.ts'

/** Raw bytes may exceed the cap by this much, for headers of compressed formats. */
const slack = 1024

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * The body as chunks, at most `maxBytes` of them after decompression. Throws Refusal `too-large` beyond that,
 * `unsupported` for an encoding that was not asked for. Leaving the loop early closes the connection.
 */
export async function* cappedBody(
  body: Readable,
  encoding: string,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  const decoded = decode(body, encoding, maxBytes)
  let total = 0
  try {
    for await (const chunk of decoded as AsyncIterable<Buffer>) {
      total += chunk.length
      if (total > maxBytes) throw tooLarge()
      yield chunk
    }
  } finally {
    body.destroy()
    decoded.destroy()
  }
}

/** The whole body, within the cap. */
export const wholeBody = async (chunks: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

/** As much of the body as fits; the rest is left unread. For answers that are only shown or logged. */
export const firstBytes = async (body: Readable, encoding: string, maxBytes: number): Promise<Buffer> => {
  const parts: Buffer[] = []
  try {
    for await (const chunk of cappedBody(body, encoding, maxBytes)) parts.push(chunk)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
  return Buffer.concat(parts)
}

export const tooLarge = (): Refusal => new Refusal('too-large', 'The other server sent too much.')

const decode = (body: Readable, encoding: string, maxBytes: number): Readable => {
  body.on('error', () => {})
  const name = encoding.trim().toLowerCase()
  if (name === '' || name === 'identity') return body
  const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined
  if (!decoder) {
    body.destroy()
    throw new Refusal('unsupported', 'The other server answered in an encoding that is not understood.')
  }
  const output = decoder() as unknown as Readable & NodeJS.WritableStream
  output.on('error', () => {})
  let raw = 0
  body.on('data', (chunk: Buffer) => {
    raw += chunk.length
    if (raw > maxBytes + slack) output.destroy(tooLarge())
  })
  body.on('error', (error) => output.destroy(error))
  body.pipe(output)
  return output
}
