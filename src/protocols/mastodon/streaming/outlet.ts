// The connections that stream, whatever their transport: counted, ended with their token, kept alive.
import type { Beating } from './heartbeat.ts'
import type { Message } from './message.ts'

/** Who reads. */
export interface Reader {
  accountId: number
  tokenId: number
  /** Languages wanted in public streams; null: all. */
  languages: readonly string[] | null
  /** The address that connections are counted by. */
  clientKey: string
}

/** revoked: the token may no longer be used; stopping: the server goes down. */
export type EndReason = 'revoked' | 'stopping'

/** An open connection. */
export interface Outlet extends Beating {
  readonly reader: Reader
  /** Hands a message over or, when the reader is too slow to keep up, ends the connection. */
  send(message: Message, label: readonly string[]): void
  end(reason: EndReason): void
}

/** Bytes that may wait for a slow reader before the connection is ended. */
export const MOST_WAITING_BYTES = 262_144
const MOST_PER_ACCOUNT = 100
const MOST_PER_ADDRESS = 300

export interface Register {
  /** Whether this reader may open one more connection. */
  hasRoom(reader: Pick<Reader, 'accountId' | 'clientKey'>): boolean
  add(outlet: Outlet): void
  remove(outlet: Outlet): void
  endToken(tokenId: number): void
  endAccount(accountId: number): void
  endAll(): void
  count(): number
  tokenIds(): number[]
}

export function createRegister(): Register {
  const all = new Set<Outlet>()
  const byToken = new Map<number, Set<Outlet>>()
  const byAccount = new Map<number, Set<Outlet>>()
  const byAddress = new Map<string, Set<Outlet>>()
  const end = (outlets: ReadonlySet<Outlet> | undefined, reason: EndReason): void => {
    for (const outlet of outlets ?? []) outlet.end(reason)
  }
  return {
    hasRoom: ({ accountId, clientKey }) =>
      (byAccount.get(accountId)?.size ?? 0) < MOST_PER_ACCOUNT &&
      (byAddress.get(clientKey)?.size ?? 0) < MOST_PER_ADDRESS,
    add(outlet) {
      const { accountId, tokenId, clientKey } = outlet.reader
      all.add(outlet)
      put(byToken, tokenId, outlet)
      put(byAccount, accountId, outlet)
      put(byAddress, clientKey, outlet)
    },
    remove(outlet) {
      if (!all.delete(outlet)) return
      const { accountId, tokenId, clientKey } = outlet.reader
      take(byToken, tokenId, outlet)
      take(byAccount, accountId, outlet)
      take(byAddress, clientKey, outlet)
    },
    endToken: (tokenId) => end(byToken.get(tokenId), 'revoked'),
    endAccount: (accountId) => end(byAccount.get(accountId), 'revoked'),
    endAll: () => end(all, 'stopping'),
    count: () => all.size,
    tokenIds: () => [...byToken.keys()],
  }
}

function put<K>(map: Map<K, Set<Outlet>>, key: K, outlet: Outlet): void {
  const set = map.get(key)
  if (set) set.add(outlet)
  else map.set(key, new Set([outlet]))
}

function take<K>(map: Map<K, Set<Outlet>>, key: K, outlet: Outlet): void {
  const set = map.get(key)
  set?.delete(outlet)
  if (set?.size === 0) map.delete(key)
}
