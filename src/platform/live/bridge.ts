// What a way to other processes offers to the live bus.

export interface Bridge {
  publish: (channel: string, message: unknown) => void
  /** The first listener of a channel came, the last one left. */
  listen: (channel: string) => void
  leave: (channel: string) => void
  /** Whether another process may listen to channels of this kind. */
  hears: (kind: string) => boolean
  close: () => Promise<void>
}
