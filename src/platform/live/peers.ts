// Knows which other processes are there and what they listen to, by the hellos that they send.

export interface Peers {
  heard(id: string, kinds: readonly string[]): void
  /** Whether one of them listens to channels of this kind. */
  hears(kind: string): boolean
  /** Drops those that have long been silent. */
  forget(): void
}

/** A process that has not said hello for this long is gone. */
const FORGET_MS = 35_000

export const createPeers = (): Peers => {
  const peers = new Map<string, { kinds: ReadonlySet<string>; heardAt: number }>()
  return {
    heard: (id, kinds) => void peers.set(id, { kinds: new Set(kinds), heardAt: Date.now() }),
    hears: (kind) => peers.values().some((peer) => peer.kinds.has(kind)),
    forget() {
      for (const [id, peer] of peers) if (Date.now() - peer.heardAt > FORGET_MS) peers.delete(id)
    },
  }
}
