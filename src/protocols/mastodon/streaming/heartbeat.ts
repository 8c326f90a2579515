// Lets any number of idle connections show that they live, with one timer for all of them.

/** Something that gives a sign of life every `period` seconds. */
export interface Beating {
  beat(): void
}

export interface Heartbeat {
  /** Adds a connection; the returned function takes it away. */
  add(one: Beating): () => void
  /** Lets the next share of the connections beat; called once a second. */
  tick(): void
}

/** A wheel with one slot per second: each connection beats once a round, and each second has its share. */
export function createHeartbeat(periodSeconds: number): Heartbeat {
  const slots = Array.from({ length: periodSeconds }, () => new Set<Beating>())
  let next = 0
  let now = 0
  return {
    add(one) {
      // New ones go round the wheel, so that a crowd that comes at once does not beat at once.
      const slot = slots[next] as Set<Beating>
      next = (next + 1) % periodSeconds
      slot.add(one)
      return () => void slot.delete(one)
    },
    tick() {
      for (const one of slots[now] as Set<Beating>) one.beat()
      now = (now + 1) % periodSeconds
    },
  }
}
