// Sends mail over the operator's mail server, or writes it to the log where there is none.
import { createRequire } from 'node:module'
import { Refusal, Unreachable } from '../model/refusal.ts'
import type { Config } from './config.ts'
import { shownAsItIs } from './log.ts'
import type { Log } from './log.ts'

/** One mail to one person. */
export interface Letter {
  to: string
  subject: string
  text: string
  html?: string
  /** Further headers by name, such as List-Unsubscribe. */
  headers?: Record<string, string>
}

/** The way to people's mailboxes. */
export interface Mail {
  /** Throws Refusal `invalid` for an address or subject that cannot be used, Unreachable when the server is in trouble. */
  send: (letter: Letter) => Promise<void>
  /** True when mails really leave this machine. */
  delivers: boolean
  close: () => void
}

// oxlint-disable-next-line no-control-regex -- control characters are what is refused here
const oneLine = /^[^\u0000-\u001f\u007f\u2028\u2029]*$/
const address = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,189}$/u

/** The mail of the settings. */
export const createMail = (config: Pick<Config, 'smtpUrl' | 'mailFrom'>, log: Log): Mail => {
  if (config.smtpUrl === undefined) return loggedMail(log)
  // Loaded only where mail is sent: it would slow every other start.
  const { createTransport } = createRequire(import.meta.url)('nodemailer') as typeof import('nodemailer')
  const transport = createTransport({
    url: config.smtpUrl,
    pool: true,
    maxConnections: 3,
    maxMessages: 100,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    delivers: true,
    send: async (letter) => {
      checkLetter(letter)
      try {
        await transport.sendMail({
          ...letter,
          from: config.mailFrom,
          disableFileAccess: true,
          disableUrlAccess: true,
        })
      } catch (error) {
        throw troubleOf(error)
      }
    },
    close: () => transport.close(),
  }
}

const loggedMail = (log: Log): Mail => ({
  delivers: false,
  send: async (letter) => {
    checkLetter(letter)
    const { to, subject, text } = letter
    log.info('No mail server is set up (FOLKMOOT_SMTP_URL), so this mail was not sent.', {
      to,
      subject,
      text: shownAsItIs(text),
    })
  },
  close: () => {},
})

/** One bare address, one line of subject: nothing in them can add recipients or headers. */
const checkLetter = ({ to, subject, headers = {} }: Letter): void => {
  if (!address.test(to) || !oneLine.test(to)) throw new Refusal('invalid', 'That is not a mail address.')
  if (!oneLine.test(subject) || subject.length > 500)
    throw new Refusal('invalid', 'That subject cannot be sent.')
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[A-Za-z][A-Za-z-]{0,60}$/.test(name) || !oneLine.test(value) || value.length > 900) {
      throw new Refusal('invalid', 'That mail header cannot be sent.')
    }
  }
}

const troubleOf = (error: unknown): Refusal | Unreachable => {
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  // A lasting "no" to the recipient is final; one to our login is the operator's to mend, and may pass.
  if ((responseCode ?? 0) >= 500 && command === 'RCPT TO') {
    return new Refusal('invalid', 'The mail server does not accept that address.', error)
  }
  return new Unreachable('The mail could not be sent.', error)
}
