// Joins the live bus with open streams: one subscription per channel, however many connections hear it.
import { REVOKED_CHANNEL } from '../../../domain/sign-in/tokens.ts'
import type { Api } from '../api.ts'
import type { Subscription } from './deliver.ts'
import type { Outlet, Register } from './outlet.ts'
import { createQueue } from './queue.ts'
import type { Stream } from './streams.ts'

export interface Hub {
  /** Opens a stream for a connection; the returned function leaves it. */
  subscribe(outlet: Outlet, stream: Stream): () => void
  close(): void
}

interface Channel {
  targets: Set<Subscription>
  leave: () => void
}

export function createHub(api: Api, register: Register): Hub {
  const channels = new Map<string, Channel>()
  const queue = createQueue(api)

  const join = (name: string, target: Subscription): void => {
    const known = channels.get(name)
    if (known) return void known.targets.add(target)
    const targets = new Set([target])
    const leave = api.live.subscribe(name, (message) => {
      const heard = readHeard(message)
      if (heard) queue.put(heard, targets)
    })
    channels.set(name, { targets, leave })
  }
  const part = (name: string, target: Subscription): void => {
    const channel = channels.get(name)
    channel?.targets.delete(target)
    if (!channel || channel.targets.size > 0) return
    channel.leave()
    channels.delete(name)
  }
  const leaveRevoked = api.live.subscribe(REVOKED_CHANNEL, (message) => {
    const { tokenId, accountId } = message as { tokenId?: number; accountId?: number }
    if (tokenId !== undefined) register.endToken(tokenId)
    if (accountId !== undefined) register.endAccount(accountId)
  })
  return {
    subscribe(outlet, stream) {
      const target: Subscription = { outlet, stream, open: true }
      for (const name of stream.channels) join(name, target)
      return () => {
        target.open = false
        for (const name of stream.channels) part(name, target)
      }
    },
    close() {
      leaveRevoked()
      for (const channel of channels.values()) channel.leave()
      channels.clear()
      queue.clear()
    },
  }
}

function readHeard(message: unknown): { event: string; id: number } | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { event, id } = message as { event?: unknown; id?: unknown }
  return typeof event === 'string' && typeof id === 'number' ? { event, id } : undefined
}
