// Every "no" that Folkmoot can say, and the one error that means "try again later".

/** Why something was refused; each protocol maps these to its own wire in one place. */
export type RefusalCode =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'unavailable'
  | 'unsupported'

/** A final "no". `safeText` may be shown to anyone; `cause` is only ever logged. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly safeText: string

  constructor(code: RefusalCode, safeText: string, cause?: unknown) {
    super(safeText, cause === undefined ? undefined : { cause })
    this.name = 'Refusal'
    this.code = code
    this.safeText = safeText
  }
}

/** A passing trouble (a peer down, a time-out): the same call may succeed later, so jobs retry on it. */
export class Unreachable extends Error {
  readonly safeText: string

  constructor(safeText: string, cause?: unknown) {
    super(safeText, cause === undefined ? undefined : { cause })
    this.name = 'Unreachable'
    this.safeText = safeText
  }
}

/** The constant answer for everything that is absent or that the asker may not see. */
export function notFound(): Refusal {
  return new Refusal('not-found', 'Record not found')
}
