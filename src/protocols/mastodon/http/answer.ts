// Turns what went wrong into the answers that Mastodon's clients know: a status and {"error": text}.
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import type { RefusalCode } from '../../../model/refusal.ts'
import type { Log } from '../../../domain/ports.ts'
import { BadParam } from './params.ts'

const STATUS: Record<RefusalCode, number> = {
  invalid: 422,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  gone: 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
  unsupported: 422,
}

/** A refusal of a form: which fields are wrong and how, in the shape of Rails' validations. */
export class InvalidFields extends Refusal {
  readonly details: Record<string, { error: string; description: string }[]>

  constructor(details: Record<string, { error: string; description: string }[]>) {
    const sentences = Object.entries(details).flatMap(([field, list]) =>
      list.map((problem) => sentenceAbout(field, problem.description)),
    )
    super('invalid', `Validation failed: ${sentences.join(', ')}`)
    this.name = 'InvalidFields'
    this.details = details
  }
}

/** Descriptions that go on from the field's name ("is missing") get it in front; others are sentences already. */
function sentenceAbout(field: string, description: string): string {
  const name = field.replaceAll('_', ' ')
  return /^[a-z]/.test(description)
    ? `${name.charAt(0).toUpperCase()}${name.slice(1)} ${description}`
    : description
}

export interface Failure {
  status: number
  body: { error: string; details?: InvalidFields['details'] }
}

/** The answer to a failed request; what was not foreseen is logged and answered with a bare 500. */
export function failureOf(error: unknown, log: Log): Failure {
  if (error instanceof BadParam) return { status: 400, body: { error: error.safeText } }
  if (error instanceof InvalidFields)
    return { status: 422, body: { error: error.safeText, details: error.details } }
  if (error instanceof Refusal) {
    if (error.cause !== undefined) log.debug({ error }, 'refused')
    return { status: STATUS[error.code], body: { error: error.safeText } }
  }
  if (error instanceof Unreachable) {
    log.info({ error }, 'a remote server could not be reached for a client')
    return { status: 503, body: { error: 'Remote data could not be fetched' } }
  }
  log.error({ error }, 'a request of the client API failed')
  return { status: 500, body: { error: 'Something went wrong on our side; it has been logged' } }
}
