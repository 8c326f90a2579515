// Tells memories which rows were written, so that what they keep is never older than the database.

/**
 * What was written: what is shown of a post or an account, how a reader (an account id) stands to others and to posts,
 * what is known of tokens and their users. `everything` stands for all of it.
 */
export type Touched = 'post' | 'account' | 'reader' | 'readers' | 'holders' | 'everything'

/** Hears of changes right after their commit, before anybody can read; `id` is 0 where all of a kind is meant. */
export type Hear = (touched: Touched, id: number) => void

export interface RowChanges {
  /**
   * Notices what other processes wrote, and tells it. Call it before believing anything remembered: it looks once in each
   * turn of the event loop. Gives a number that rises with every change: what was read while it rose is not to be kept.
   */
  look(): number
  /** The number of the last look, or of a commit since. */
  generation(): number
  hear(hear: Hear): void
}

/** Collects what one transaction touches and tells it when the transaction is over. */
export interface ChangeBook extends RowChanges {
  /** Looks although it was done in this turn already. */
  lookNow(): void
  touch(touched: Touched, id: number): void
  /** The transaction is over; if it was undone, memories forget a little too much. */
  tell(): void
}

/** `foreign` gives a value that changes whenever another process has written. */
export function createChangeBook(foreign: () => unknown): ChangeBook {
  const listeners: Hear[] = []
  const pending = new Map<Touched, Set<number>>()
  let generation = 1
  let seen = foreign()
  let hasLooked = false
  const sayAll = (touched: Touched, id: number): void => {
    for (const hear of listeners) hear(touched, id)
  }
  const lookNow = (): void => {
    const now = foreign()
    if (now === seen) return
    seen = now
    generation += 1
    sayAll('everything', 0)
  }
  return {
    look() {
      if (hasLooked) return generation
      hasLooked = true
      setImmediate(() => (hasLooked = false)).unref()
      lookNow()
      return generation
    },
    lookNow,
    generation: () => generation,
    hear: (hear) => void listeners.push(hear),
    touch(touched, id) {
      const known = pending.get(touched)
      if (known) known.add(id)
      else pending.set(touched, new Set([id]))
    },
    tell() {
      if (pending.size === 0) return
      generation += 1
      for (const [touched, ids] of pending) for (const id of ids) sayAll(touched, id)
      pending.clear()
    },
  }
}
