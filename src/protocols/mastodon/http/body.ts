// Reads a request's body, whichever of the three encodings a client chose, into one tree of parameters.
import type { Context as HonoContext } from 'hono'
import { Refusal } from '../../../model/refusal.ts'
import { readBody } from '../../../platform/http-server.ts'
import { nestPairs, treeFromJson } from './params.ts'
import type { ParamTree } from './params.ts'

/** Reads at most `maxBytes`; unknown content types with a body are read as forms, as Rails does not, but curl users expect. */
export async function readBodyTree(c: HonoContext, maxBytes: number): Promise<ParamTree> {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const bytes = await readBody(c.req.raw, maxBytes)
  if (bytes.length === 0) return treeFromJson({})
  if (type === 'multipart/form-data') return nestPairs(await readMultipart(c, bytes))
  const text = new TextDecoder().decode(bytes)
  if (type === 'application/json' || type.endsWith('+json')) return treeFromJson(parseJson(text))
  return nestPairs(new URLSearchParams(text))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal('invalid', 'The request body is not valid JSON', error)
  }
}

async function readMultipart(c: HonoContext, bytes: Buffer): Promise<[string, string | File][]> {
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': c.req.header('content-type') ?? '' },
    }).formData()
    return [...form.entries()] as [string, string | File][]
  } catch (error) {
    throw new Refusal('invalid', 'The multipart body cannot be read', error)
  }
}
