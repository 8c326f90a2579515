// The time, as something that tests can set.

/** Tells the time in milliseconds since 1970. */
export interface Clock {
  now: () => number
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() }
