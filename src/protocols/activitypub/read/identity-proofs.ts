// Reads FEP-c390: statements by which the holder of a key says that the key is that of this actor.
import type { ProfileField } from '../../../model/account.ts'
import { escapeHtml } from '../../../lib/html/escape.ts'
import { Refusal } from '../../../model/refusal.ts'
import { readProof, verifyProof } from '../signing/integrity-proof.ts'
import { parseDidKey } from '../signing/keys.ts'
import type { JsonObject } from '../signing/types.ts'
import { asArray, idOf, isObject, member, textOf, typesOf } from '../wire.ts'

const MAX_STATEMENTS = 5

/** One line of the profile for each statement that holds; all others say nothing. */
export function readIdentityProofs(actor: unknown, uri: string, now: number): ProfileField[] {
  const statements = asArray(member(actor, 'attachment'), 200).filter((item) =>
    typesOf(item).includes('VerifiableIdentityStatement'),
  )
  return statements.slice(0, MAX_STATEMENTS).flatMap((statement) => readStatement(statement, uri, now) ?? [])
}

function readStatement(statement: unknown, uri: string, now: number): ProfileField | undefined {
  const subject = textOf(member(statement, 'subject'), 200)
  const key = subject === undefined ? undefined : parseDidKey(subject)
  if (!isObject(statement) || subject === undefined || !key) return undefined
  if (idOf(member(statement, 'alsoKnownAs')) !== uri) return undefined
  try {
    const document = statement as JsonObject
    const proof = readProof(document, now)
    if (proof?.verificationMethod.split('#')[0] !== subject || !verifyProof(document, key, now))
      return undefined
    const created = Date.parse(textOf(proof.options['created'], 40) ?? '')
    const verifiedAt = Number.isNaN(created) ? now : Math.min(created, now)
    return { name: 'Key', value: escapeHtml(subject), verifiedAt }
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
