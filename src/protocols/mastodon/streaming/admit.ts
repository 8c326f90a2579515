// Lets a reader in: looks the token up, and counts the connections that the reader has already.
import { readSettings } from '../../../domain/accounts/settings.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { findCaller } from '../http/caller.ts'
import type { Caller } from '../http/caller.ts'
import type { Reader, Register } from './outlet.ts'
import { StreamRefusal } from './streams.ts'

export interface Admitted {
  caller: Caller
  reader: Reader
}

/** From one address; apps that reconnect stay far below. */
const ATTEMPTS = { limit: 600, periodSeconds: 300 }

/** Throws StreamRefusal: no token, one that may not be used, or too many connections. */
export async function admit(
  api: Api,
  register: Register,
  token: string | undefined,
  clientKey: string,
): Promise<Admitted> {
  const attempt = await api.limits.consume('streaming', `ip:${clientKey}`, ATTEMPTS)
  if (api.config.rateLimits && !attempt.allowed) throw new StreamRefusal(429, 'Too many requests')
  const caller = await callerOf(api, token)
  if (!caller || caller.accountId === null) throw new StreamRefusal(401, 'Missing access token')
  const { accountId, tokenId } = caller
  if (!register.hasRoom({ accountId, clientKey }))
    throw new StreamRefusal(429, 'Too many open streams: close some of them first')
  const { chosenLanguages: languages } = await readSettings(api, accountId)
  return { caller, reader: { accountId, tokenId, languages, clientKey } }
}

async function callerOf(api: Api, token: string | undefined): Promise<Caller | undefined> {
  try {
    return await findCaller(api, token)
  } catch (error) {
    if (error instanceof Refusal)
      throw new StreamRefusal(error.code === 'forbidden' ? 403 : 401, error.safeText)
    throw error
  }
}
