// Writes requests and consents of quoting (FEP-044f).
import { writeActivity } from './activity.ts'
import type { Document } from './types.ts'

/** Where the consent of one of our authors to a quote can be looked up; `quotingId` is our id of the quoting post. */
export function quoteStamp(quotedUri: string, quotingId: number): string {
  return `${quotedUri}/quotes/${quotingId}`
}

/** The consent itself. */
export function writeQuoteStamp(stamp: {
  uri: string
  authorUri: string
  quotedUri: string
  quotingUri: string
}): Document {
  return {
    id: stamp.uri,
    type: 'QuoteAuthorization',
    attributedTo: stamp.authorUri,
    interactingObject: stamp.quotingUri,
    interactionTarget: stamp.quotedUri,
  }
}

export function writeQuoteRequest(request: {
  id: string
  actor: string
  quotedUri: string
  quotedAuthorUri: string
  quoting: Document | string
}): Document {
  const { id, actor, quotedUri, quotedAuthorUri, quoting } = request
  const addressing = { to: [quotedAuthorUri], cc: [] }
  return writeActivity('QuoteRequest', { id, actor, addressing }, { object: quotedUri, instrument: quoting })
}

/** Accept (with the stamp as its result) or Reject of a QuoteRequest. */
export function writeQuoteAnswer(answer: {
  id: string
  actor: string
  requester: string
  quotedUri: string
  quotingUri: string
  stampUri?: string
}): Document {
  const addressing = { to: [answer.requester], cc: [] }
  return writeActivity(
    answer.stampUri === undefined ? 'Reject' : 'Accept',
    { id: answer.id, actor: answer.actor, addressing },
    {
      object: {
        id: `${answer.quotingUri}#quote-request`,
        type: 'QuoteRequest',
        actor: answer.requester,
        object: answer.quotedUri,
        instrument: answer.quotingUri,
      },
      ...(answer.stampUri === undefined ? {} : { result: answer.stampUri }),
    },
  )
}
