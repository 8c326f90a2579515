// Promises to people who read German: the pages of sign-in and account, their refusals and the mails speak it throughout.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import MessageFormat from 'intl-messageformat'
import { TRANSLATIONS, readIn, sayRefusal } from '../../src/protocols/mastodon/words/say.ts'
import { lettersFor } from '../../src/domain/sign-in/letter-words.ts'
import type { Json } from '../api-client.ts'
import { createBrowser } from '../browser.ts'
import type { Browser, Page } from '../browser.ts'
import { forEachEngine } from '../database.ts'
import { linkIn, openMailbox } from '../mailbox.ts'
import type { Mailbox } from '../mailbox.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

const PASSWORD = 'four words and more'
const ROOT = new URL('../../src/', import.meta.url)

/** What a page says to its reader, piece by piece: texts, and what screen readers are told. */
function pieces(page: Page): Set<string> {
  const text = page.text
    .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<code[\s\S]*?<\/code>/g, ' ')
    .replace(/<ul class="codes">[\s\S]*?<\/ul>/g, ' ')
  const said = [
    ...[...text.matchAll(/>([^<>]+)</g)].map(([, words]) => words ?? ''),
    ...[...text.matchAll(/(?:aria-label|alt|placeholder|title)="([^"]*)"/g)].map(([, words]) => words ?? ''),
  ]
  return new Set(
    said.map((words) => words.replaceAll(/\s+/g, ' ').trim()).filter((words) => /\p{L}{2}/u.test(words)),
  )
}

/** Words that are the same in both languages, names and addresses. */
const SAME =
  /^(?:Name|Code|Apps|Browser|curl|Fediverse|@?\w+@[\w.:-]+|https?:\S+|[\w.-]+:\d+|Test app|nadia|@nadia@.*)$/

function assertNothingShared(english: Page, german: Page, name: string): void {
  const both = pieces(english)
  const left = [...pieces(german)].filter(
    (words) => both.has(words) && !SAME.test(words) && !words.startsWith('Folkmoot'),
  )
  assert.deepEqual(left, [], `${name} says the same in both languages`)
  assert.match(german.text, /<html lang="de">/, name)
}

test('every sentence has a German one with the same places to fill in', () => {
  const places = (text: string): string[] => {
    const walk = (
      parts: readonly { type: number; value?: string; options?: object; children?: unknown }[],
    ): string[] =>
      parts.flatMap((part) => [
        ...(part.type === 0 || part.type === 7 || part.value === undefined ? [] : [part.value]),
        ...Object.values(part.options ?? {}).flatMap((option: { value: [] }) => walk(option.value)),
        ...walk((part.children ?? []) as []),
      ])
    return [...new Set(walk(new MessageFormat(text, 'de').getAst()))].sort()
  }
  for (const [english, german] of Object.entries(TRANSLATIONS.de)) {
    assert.notEqual(german.trim(), '', english)
    assert.deepEqual(places(german), places(english), english)
  }
})

test('every refusal that these pages may show has a German one', async () => {
  const files = [
    'domain/sign-in/two-factor.ts',
    'domain/sign-in/sign-in.ts',
    'domain/sign-in/email-tokens.ts',
    'domain/sign-in/confirm-email.ts',
    'domain/sign-in/password.ts',
    'domain/accounts/names.ts',
    'domain/accounts/sign-up.ts',
    'domain/accounts/first-admin.ts',
    'domain/accounts/create-account.ts',
    'domain/accounts/invites.ts',
    'protocols/mastodon/oauth/visitor.ts',
    'protocols/mastodon/oauth/attempts.ts',
    'protocols/mastodon/oauth/authorize-page.ts',
    'protocols/mastodon/account-pages/sign-up-page.ts',
    'protocols/mastodon/account-pages/two-factor-page.ts',
    'protocols/mastodon/account-pages/text-pages.ts',
    'protocols/mastodon/account-pages/invite-page.ts',
  ]
  let seen = 0
  await readIn('de', async () => {
    for (const file of files)
      for (const [, quoted, template] of readFileSync(new URL(file, ROOT), 'utf8').matchAll(
        /new Refusal\(\s*'[\w-]+',\s*(?:choicesOf\(ctx\)\.closedMessage \|\| )?(?:'((?:[^'\\]|\\.)*)'|`([^`]*`?[^`]*)`[,)])/g,
      )) {
        const text = (quoted ?? template ?? '')
          .replace(/\$\{(?:username|api\.config\.origin)\}/g, 'somebody')
          .replace(/\$\{minutes.*/, '3 minutes and try again.')
          .replace(/\$\{\w+\}/g, '12')
        seen += 1
        assert.notEqual(sayRefusal(text), text, `${file}: ${text}`)
      }
  })
  assert.ok(seen > 30, `${seen} refusals were found`)
})

forEachEngine((engine) => {
  let time = Date.now()
  let mailbox: Mailbox
  let world: World
  before(async () => {
    mailbox = await openMailbox()
    world = await startWorld({
      engine,
      clock: { now: () => time },
      config: { registrations: 'open', smtpUrl: mailbox.smtpUrl },
    })
  })
  after(async () => {
    await world?.stop()
    await mailbox?.close()
  })

  const opening = (lang: string): Browser => {
    const browser = createBrowser(world.origin)
    browser.cookies.set('folkmoot_look', `lang%3D${lang}`)
    return browser
  }

  test(`${engine}: pages for strangers are German throughout, by choice or by the browser's wish`, async () => {
    const [english, german] = [opening('en'), opening('de')]
    const paths = [
      '/auth/sign_in',
      '/auth/sign_up',
      '/auth/password/new',
      '/auth/password/edit?token=wrong',
      '/auth/confirmation?token=wrong',
      '/auth/confirmation/new',
      '/invite/nothing',
      '/welcome/nothing',
      '/rules',
      '/privacy-policy',
      '/terms-of-service',
      '/oauth/authorize?client_id=unknown',
      '/oauth/authorize/native?code=1',
    ]
    for (const path of paths) assertNothingShared(await english.open(path), await german.open(path), path)
    const forms: [string, Record<string, string>][] = [
      ['/auth/sign_in', { login: 'nobody', password: 'wrong' }],
      ['/auth/sign_up', { shown: 'x', username: '', email: 'x', password: 'short' }],
      ['/auth/password', { email: 'nobody@new.test' }],
      ['/auth/confirmation/new', { email: 'nobody@new.test' }],
    ]
    for (const [path, form] of forms)
      assertNothingShared(await english.send(path, form), await german.send(path, form), path)
    const ask = async (wish: string): Promise<string> =>
      (await fetch(`${world.origin}/auth/sign_in`, { headers: { 'accept-language': wish } })).text()
    assert.match(await ask('de-AT,de;q=0.9,en;q=0.8'), /Passwort vergessen\?/)
    assert.match(await ask('fr,en;q=0.9,de;q=0.8'), /Forgot your password\?/)
  })

  test(`${engine}: somebody who chose German signs up, gets German mails and finds German pages`, async () => {
    const german = opening('de')
    const page = await german.open('/auth/sign_up')
    time += 8000
    const shown = page.field('shown')
    const fields = { shown, username: 'nadia', email: 'nadia@new.test', password: PASSWORD, agreement: '1' }
    assert.equal((await german.send('/auth/sign_up', fields)).status, 303)
    assert.match((await german.open('/auth/setup')).text, /Sieh in dein Postfach/)
    const mail = await mailbox.latest('nadia@new.test', /./)
    assert.match(mail.text, /Hallo nadia,\s+willkommen bei/)
    const link = linkIn(mail, '/auth/confirmation')
    const asked = await german.open(link)
    assert.match(asked.text, /Ist das deine Adresse\?/)
    await german.send('/auth/confirmation', { token: asked.field('token') })

    const english = opening('en')
    await english.send('/auth/sign_in', { login: 'nadia', password: PASSWORD })
    const own = [
      '/auth/edit',
      '/settings/security',
      '/settings/security/invites',
      '/settings/security/two-factor',
      '/oauth/authorized_applications',
    ]
    for (const path of own) assertNothingShared(await english.open(path), await german.open(path), path)
    const app: Json = await world.client().post('/api/v1/apps', {
      client_name: 'Test app',
      redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes: 'read write follow push profile',
    })
    const consent = `/oauth/authorize?response_type=code&client_id=${app.client_id}&redirect_uri=urn:ietf:wg:oauth:2.0:oob&scope=read+write:statuses+push+profile`
    assertNothingShared(await english.open(consent), await german.open(consent), 'consent')
    const edit = await german.open('/auth/edit')
    const seal = edit.field('seal')
    const wrong = await german.send('/auth/edit/password', {
      seal,
      current: 'wrong',
      password: 'other words here',
    })
    assert.match(wrong.text, /Das jetzige Passwort stimmt nicht\./)
    await german.send('/auth/edit/password', { seal, current: PASSWORD, password: 'other words here' })
    const notice = await mailbox.latest('nadia@new.test', /Passwort_wurde/)
    assert.match(notice.text, /Warst du das nicht\?/)
  })

  test(`${engine}: mails exist in German for every strike that moderators can make`, () => {
    const [english, german] = [lettersFor({ locale: 'en' }), lettersFor({ locale: 'de-CH' })]
    assert.deepEqual(Object.keys(german.strikes.done), Object.keys(english.strikes.done))
    for (const [action, words] of Object.entries(english.strikes.done))
      assert.notEqual(german.strikes.done[action]?.text, words.text, action)
    assert.equal(lettersFor({ locale: 'fr' }), english)
  })
})
