// The words of the mails about an account.
import type { Settings } from '../ports.ts'

/** A change of the account that its owner is told of. */
export type Notice =
  | 'password-changed'
  | 'address-changed'
  | 'two-factor-on'
  | 'two-factor-off'
  | 'recovery-codes-renewed'
  | 'recovery-code-used'

export const NOTICES: Record<Notice, { subject: string; text: string }> = {
  'password-changed': {
    subject: 'your password was changed',
    text: 'the password of your account was changed. All other sessions and apps were signed out.',
  },
  'address-changed': {
    subject: 'your e-mail address was changed',
    text: 'your account has another e-mail address now. This mail went to the old one.',
  },
  'two-factor-on': {
    subject: 'two-factor sign-in is on',
    text: 'from now on, signing in to your account takes a code from your authenticator app beside the password.',
  },
  'two-factor-off': {
    subject: 'two-factor sign-in is off',
    text: 'signing in to your account takes only the password again.',
  },
  'recovery-codes-renewed': {
    subject: 'new recovery codes',
    text: 'your account has new recovery codes; the old ones do not work any more.',
  },
  'recovery-code-used': {
    subject: 'a recovery code was used',
    text: 'somebody signed in to your account with one of your recovery codes. That code does not work any more.',
  },
}

export const CONFIRM_SIGN_UP = {
  subject: 'please confirm your e-mail address',
  text: ({ title, domain }: Settings): string =>
    `welcome to ${title}! To finish signing up on ${domain}, open this page and confirm your e-mail address:`,
  after:
    'The link works once, for two days. If you did not sign up, do nothing: without you nothing happens.',
}

export const CONFIRM_CHANGE = {
  subject: 'please confirm your new e-mail address',
  text: ({ title }: Settings): string =>
    `to use this address for your account on ${title} from now on, open this page and confirm it:`,
  after: 'The link works once, for two days. If you did not ask for this, do nothing: the old address stays.',
}

export const RESET = {
  subject: 'set a new password',
  text: 'somebody, hopefully you, asked for a new password for your account. Open this page to choose one:',
  after:
    'The link works once, for two hours. If you did not ask for this, do nothing: your password stays as it is.',
}

/** A whole letter: greeting, text, and where it comes from. */
export function signed({ title, origin }: Settings, username: string, text: string): string {
  return `Hello ${username},\n\n${text}\n\n--\n${title}\n${origin}/\n`
}
