// The words of the mails about an account, in the language of whoever gets them.
import { bestLanguage } from '../../lib/sentences.ts'
import { GERMAN_LETTERS } from './letter-words-de.ts'
import type { LetterWords } from './letter-shape.ts'
import { STRIKE_WORDS } from './strike-words.ts'
import type { Settings } from '../ports.ts'

const ENGLISH_LETTERS: LetterWords = {
  notices: {
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
  },
  notYou: 'Was that not you? Set a new password at once:',
  confirmSignUp: {
    subject: 'please confirm your e-mail address',
    text: ({ title, domain }: Settings): string =>
      `welcome to ${title}! To finish signing up on ${domain}, open this page and confirm your e-mail address:`,
    after:
      'The link works once, for two days. If you did not sign up, do nothing: without you nothing happens.',
  },
  confirmChange: {
    subject: 'please confirm your new e-mail address',
    text: ({ title }: Settings): string =>
      `to use this address for your account on ${title} from now on, open this page and confirm it:`,
    after:
      'The link works once, for two days. If you did not ask for this, do nothing: the old address stays.',
  },
  reset: {
    subject: 'set a new password',
    text: 'somebody, hopefully you, asked for a new password for your account. Open this page to choose one:',
    after:
      'The link works once, for two hours. If you did not ask for this, do nothing: your password stays as it is.',
  },
  approved: {
    subject: (title) => `Welcome to ${title}`,
    text: (title) => `your account on ${title} was approved. You can sign in now:`,
  },
  rejected: {
    subject: (title) => `Your request to ${title}`,
    text: (title) => `your request for an account on ${title} was not granted.`,
  },
  hello: (username) => `Hello ${username},`,
  strikes: STRIKE_WORDS,
}

const LETTERS = { en: ENGLISH_LETTERS, de: GERMAN_LETTERS }

/** The words for somebody with this locale; English where we do not speak theirs. */
export function lettersFor(user: { locale: string } | undefined): LetterWords {
  return LETTERS[bestLanguage(user?.locale, ['en', 'de'])]
}

/** A whole letter: greeting, text, and where it comes from. */
export function signed({ title, origin }: Settings, hello: string, text: string): string {
  return `${hello}\n\n${text}\n\n--\n${title}\n${origin}/\n`
}
