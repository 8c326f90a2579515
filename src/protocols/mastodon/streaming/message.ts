// One message of a stream, encoded once for each transport however many readers get it.

/** `payload` is the JSON of an entity, or a bare id; undefined where the event says it all. */
export interface Message {
  readonly event: string
  readonly payload: string | undefined
  /** As a frame of server-sent events. */
  sse(): Buffer
  /** As the text of a WebSocket message for one stream. */
  socket(label: readonly string[]): Buffer
}

export function createMessage(event: string, payload?: string): Message {
  let frame: Buffer | undefined
  let rest: string | undefined
  const texts = new Map<string, Buffer>()
  return {
    event,
    payload,
    sse: () => (frame ??= Buffer.from(`event: ${event}\ndata: ${payload ?? 'null'}\n\n`)),
    socket(label) {
      const name = JSON.stringify(label)
      const known = texts.get(name)
      if (known) return known
      rest ??= payload === undefined ? '}' : `,"payload":${JSON.stringify(payload)}}`
      const text = Buffer.from(`{"stream":${name},"event":${JSON.stringify(event)}${rest}`)
      // Homes share a name and so do public streams; lists and tags could be many.
      if (texts.size < 20) texts.set(name, text)
      return text
    },
  }
}
