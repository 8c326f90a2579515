// The one way to find accounts and posts of other servers: every protocol is asked in turn.
import type { Remote } from '../domain/ports.ts'
import type { Protocol } from './protocol.ts'

/** Asks each protocol in turn; the first that knows the address answers. */
export function remoteOf(protocols: readonly Protocol[]): Remote {
  const ask = async (
    call: (resolve: NonNullable<Protocol['resolve']>) => Promise<number | undefined> | undefined,
  ) => {
    for (const protocol of protocols) {
      const found = protocol.resolve && (await call(protocol.resolve))
      if (found !== undefined) return found
    }
    return undefined
  }
  return {
    accountByUri: (uri, options) => ask((resolve) => resolve.accountByUri?.(uri, options)),
    accountByHandle: (handle) => ask((resolve) => resolve.accountByHandle?.(handle)),
    postByUri: (uri, options) => ask((resolve) => resolve.postByUri?.(uri, options)),
    async refreshSoon(accountId) {
      for (const protocol of protocols) await protocol.resolve?.refreshSoon?.(accountId)
    },
    async completeThreadSoon(postId) {
      for (const protocol of protocols) await protocol.resolve?.completeThreadSoon?.(postId)
    },
  }
}
