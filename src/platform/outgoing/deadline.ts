// One clock for a whole call: name lookup, connection, headers, every redirect and the last byte of the body.

/** A running deadline. */
export interface Deadline {
  /** Aborts when the time is over or when the caller gives up. */
  signal: AbortSignal
  /** True when it was the time that ended the call. */
  passed: () => boolean
  /** Stops the clock. */
  end: () => void
}

/** Starts a deadline of `milliseconds`; `outer` ends the call earlier. */
export const startDeadline = (milliseconds: number, outer?: AbortSignal): Deadline => {
  const controller = new AbortController()
  let passed = false
  const timer = setTimeout(() => {
    passed = true
    controller.abort()
  }, milliseconds)
  const giveUp = (): void => controller.abort()
  if (outer?.aborted) giveUp()
  outer?.addEventListener('abort', giveUp, { once: true })
  return {
    signal: controller.signal,
    passed: () => passed,
    end: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', giveUp)
    },
  }
}
