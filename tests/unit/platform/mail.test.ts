// Promises about mail: it arrives as written, nobody can add recipients or headers, and without a server it is in the log.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { SMTPServer } from 'smtp-server'
import { Refusal, Unreachable } from '../../../src/model/refusal.ts'
import { createLog, silentLog } from '../../../src/platform/log.ts'
import { createMail } from '../../../src/platform/mail.ts'
import type { Mail } from '../../../src/platform/mail.ts'

interface Received {
  from: string
  to: string[]
  text: string
}

const withServer = async (use: (mail: Mail, received: Received[]) => Promise<void>): Promise<void> => {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      done(password === 'right' ? null : new Error('wrong password'), { user: username })
    },
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('nobody'))
        return done(Object.assign(new Error('no such user'), { responseCode: 550 }))
      if (address.startsWith('later'))
        return done(Object.assign(new Error('try later'), { responseCode: 451 }))
      done()
    },
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (chunk) => (text += String(chunk)))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text,
        })
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const smtpUrl = `smtp://user:right@127.0.0.1:${port}`
  const mail = createMail({ smtpUrl, mailFrom: 'The Green <no-reply@social.example>' }, silentLog())
  try {
    await use(mail, received)
  } finally {
    mail.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

const refusedAs = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test('a mail arrives with sender, recipient, subject, text and page', async () => {
  await withServer(async (mail, received) => {
    await mail.send({
      to: 'alice@home.example',
      subject: 'Grüße vom Anger',
      text: 'Follow https://social.example/confirm?token=abc',
      html: '<p>Follow <a href="https://social.example/confirm?token=abc">this</a></p>',
      headers: { 'List-Unsubscribe': '<https://social.example/off>' },
    })
    assert.equal(mail.delivers, true)
    const [first] = received
    assert.deepEqual([first?.from, first?.to], ['no-reply@social.example', ['alice@home.example']])
    assert.match(first?.text ?? '', /^From: The Green <no-reply@social\.example>/m)
    assert.match(first?.text ?? '', /^Subject: =\?UTF-8\?/m)
    assert.match(first?.text ?? '', /^List-Unsubscribe: <https:\/\/social\.example\/off>/m)
    assert.match(first?.text ?? '', /multipart\/alternative/)
  })
})

test('no address, subject or header can smuggle in recipients or headers', async () => {
  await withServer(async (mail, received) => {
    const good = { to: 'a@b.example', subject: 'x', text: 'y' }
    const bad = [
      { to: 'a@b.example, evil@c.example' },
      { to: 'a@b.example\r\nBcc: evil@c.example' },
      { to: 'a@b.example\n' },
      { to: 'Evil <a@b.example>' },
      { to: '"a@b"@c.example' },
      { to: 'group:a@b.example;' },
      { to: 'nothing' },
      { to: `${'a'.repeat(65)}@b.example` },
      { subject: 'x\r\nBcc: evil@c.example' },
      { subject: 'x\u2028y' },
      { headers: { 'X-A': 'x\r\nBcc: evil@c.example' } },
      { headers: { 'X-A: y\r\nBcc': 'evil@c.example' } },
    ]
    for (const change of bad) {
      await assert.rejects(mail.send({ ...good, ...change }), refusedAs('invalid'), JSON.stringify(change))
    }
    assert.equal(received.length, 0)
  })
})

test('whatever a person writes as address and subject, one mail goes to one person or none goes at all', async () => {
  await withServer(async (mail, received) => {
    const pieces = fc.constantFrom(
      'a',
      'b@c.example',
      '\r\n',
      '\n',
      ',',
      ';',
      '<',
      '>',
      ' ',
      ':',
      'Bcc: x@y.example',
      'ü',
    )
    const text = fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join(''))
    const run = fc.asyncProperty(text, text, async (to, subject) => {
      const before = received.length
      try {
        await mail.send({ to, subject, text: 'y' })
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error))
        return
      }
      const [latest] = received.slice(before)
      assert.equal(latest?.to.length, 1)
      assert.doesNotMatch(latest?.text ?? '', /^Bcc:/im)
    })
    await fc.assert(run, { numRuns: 150 })
  })
})

test('a mailbox that does not exist is refused for good, a server in trouble is tried again', async () => {
  await withServer(async (mail) => {
    const letter = { subject: 'x', text: 'y' }
    await assert.rejects(mail.send({ ...letter, to: 'nobody@home.example' }), refusedAs('invalid'))
    await assert.rejects(mail.send({ ...letter, to: 'later@home.example' }), Unreachable)
  })
  const away = createMail({ smtpUrl: 'smtp://127.0.0.1:1', mailFrom: 'a@b.example' }, silentLog())
  await assert.rejects(away.send({ to: 'a@b.example', subject: 'x', text: 'y' }), Unreachable)
  away.close()
})

test('an operator without a mail server finds the whole mail, with its link, in the log', async () => {
  for (const format of ['json', 'pretty'] as const) {
    let text = ''
    const mail = createMail(
      { mailFrom: 'a@b.example' },
      createLog({ level: 'info', format, write: (line) => (text += line) }),
    )
    const link = 'https://social.example/confirm?token=abcdef123456'
    await mail.send({ to: 'alice@home.example', subject: 'Welcome', text: `Hello,\n${link}\nBye` })
    assert.equal(mail.delivers, false)
    assert.ok(text.includes(link), text)
    if (format === 'pretty') assert.ok(text.includes(`\n    ${link}\n`), text)
  }
})
