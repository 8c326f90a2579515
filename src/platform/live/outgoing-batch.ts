// Gathers what is published in one moment, so that a message for thousands of channels leaves in few signals.

export interface OutgoingBatch {
  /** False when too much waits already and the message is dropped. */
  add(channel: string, message: unknown): boolean
  flush(): void
}

/** What the database carries in one signal, with room for the envelope. */
const MOST_BYTES = 7_500
const ENVELOPE_BYTES = 400
const MOST_WAITING = 50_000

export const createOutgoingBatch = (
  send: (channels: readonly string[], message: unknown) => void,
): OutgoingBatch => {
  let waiting = new Map<string, string[]>()
  let count = 0
  const flush = (): void => {
    const batch = waiting
    waiting = new Map()
    count = 0
    for (const [message, channels] of batch)
      for (const part of partsOf(channels)) send(part, JSON.parse(message))
  }
  return {
    add(channel, message) {
      if (count >= MOST_WAITING) return false
      if (count === 0) setImmediate(flush)
      count += 1
      const text = JSON.stringify(message)
      const channels = waiting.get(text)
      if (channels) channels.push(channel)
      else waiting.set(text, [channel])
      return true
    },
    flush,
  }
}

/** Cuts a list of channels so that each part fits into one signal; messages themselves are small. */
const partsOf = (channels: readonly string[]): string[][] => {
  const parts: string[][] = []
  let size = MOST_BYTES
  for (const channel of channels) {
    const bytes = Buffer.byteLength(channel) + 6
    if (size + bytes > MOST_BYTES) {
      parts.push([])
      size = ENVELOPE_BYTES
    }
    parts.at(-1)?.push(channel)
    size += bytes
  }
  return parts
}
