// A mail server for tests: takes every mail and gives its words and links.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { eventually } from './world.ts'

export interface Received {
  to: string
  subject: string
  text: string
}

export interface Mailbox {
  smtpUrl: string
  /** Every mail so far, oldest first. */
  received: Received[]
  /** The newest mail to an address whose subject fits; waits for it. */
  latest(to: string, subject: RegExp): Promise<Received>
  /** How many mails went to an address. */
  count(to: string): number
  close(): Promise<void>
}

export async function openMailbox(): Promise<Mailbox> {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(' ')
        received.push({ to, ...readMail(Buffer.concat(chunks).toString('utf8')) })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    received,
    latest: (to, subject) =>
      eventually(() => received.findLast((mail) => mail.to === to && subject.test(mail.subject))),
    count: (to) => received.filter((mail) => mail.to === to).length,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function readMail(raw: string): { subject: string; text: string } {
  const split = raw.indexOf('\r\n\r\n')
  const head = raw.slice(0, split).replace(/\r\n[ \t]+/g, ' ')
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''
  const body = raw.slice(split + 4)
  const quoted = header('content-transfer-encoding').toLowerCase() === 'quoted-printable'
  const text = quoted
    ? body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : body
  return { subject: header('subject'), text }
}

/** The path of the only link in a mail that leads to this kind of page. */
export function linkIn(mail: Received, path: string): string {
  const found = new RegExp(`https?://[^/\\s]+(${path.replaceAll('/', '\\/')}\\?\\S+)`).exec(mail.text)
  assert.ok(found?.[1], `a link to ${path} in: ${mail.text}`)
  return found[1]
}
