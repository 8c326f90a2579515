// What every language has to say in the mails about an account.
import type { Settings } from '../ports.ts'
import type { StrikeWords } from './strike-words.ts'

/** A change of the account that its owner is told of. */
export type Notice =
  | 'password-changed'
  | 'address-changed'
  | 'two-factor-on'
  | 'two-factor-off'
  | 'recovery-codes-renewed'
  | 'recovery-code-used'

interface Letter {
  subject: string
  text: string
}

export interface LetterWords {
  notices: Record<Notice, Letter>
  /** Stands under each notice, before the link. */
  notYou: string
  confirmSignUp: { subject: string; text: (settings: Settings) => string; after: string }
  confirmChange: { subject: string; text: (settings: Settings) => string; after: string }
  reset: Letter & { after: string }
  approved: { subject: (title: string) => string; text: (title: string) => string }
  rejected: { subject: (title: string) => string; text: (title: string) => string }
  hello: (username: string) => string
  strikes: StrikeWords
}
