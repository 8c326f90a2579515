// Tells the other processes of the server what was counted here, and hears what was counted there.
import { randomUUID } from 'node:crypto'
import type { Signals } from '../../store/open.ts'

/** How often something may be done: `limit` times in every `periodSeconds` (at most 20 days) from the first time on. */
export interface Allowance {
  limit: number
  periodSeconds: number
}

/** One counter: the place in the code, the caller, and what it may. */
export interface Counter {
  family: string
  key: string
  allowance: Allowance
}

export interface SharedCounts {
  counted(counter: Counter): void
  forgotten(counter: Counter): void
}

/** What others counted is known this much later at most; a limit can be passed by as much as is asked within that time. */
const TELL_MS = 200
/** Counters in one signal, whose length is bounded. */
const MOST_IN_ONE = 15
const CHANNEL = 'limits'

interface Told {
  from: string
  /** Family, key, limit, period, and how often; 0: forget it. */
  counts: [string, string, number, number, number][]
}

/** `add` is called for what others counted, with 0 for what they forgot. */
export function shareCounts(signals: Signals, add: (counter: Counter, times: number) => void): SharedCounts {
  const self = randomUUID()
  const waiting = new Map<string, { counter: Counter; times: number }>()
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    timer = undefined
    const counts = [...waiting.values()].map(({ counter, times }): Told['counts'][number] => {
      const { family, key, allowance } = counter
      return [family, key, allowance.limit, allowance.periodSeconds, times]
    })
    waiting.clear()
    for (let start = 0; start < counts.length; start += MOST_IN_ONE) {
      const told: Told = { from: self, counts: counts.slice(start, start + MOST_IN_ONE) }
      signals.send(CHANNEL, JSON.stringify(told))
    }
  }
  const note = (counter: Counter, change: (times: number) => number): void => {
    const { family, key, allowance } = counter
    const name = `${family} ${allowance.limit}/${allowance.periodSeconds} ${key}`
    waiting.set(name, { counter, times: change(waiting.get(name)?.times ?? 0) })
    timer ??= setTimeout(flush, TELL_MS).unref()
  }
  signals.listen(CHANNEL, (text) => {
    const { from, counts } = JSON.parse(text) as Told
    if (from === self) return
    for (const [family, key, limit, periodSeconds, times] of counts)
      add({ family, key, allowance: { limit, periodSeconds } }, times)
  })
  return {
    counted: (counter) => note(counter, (times) => times + 1),
    forgotten: (counter) => note(counter, () => 0),
  }
}
