// Several people in one browser: each with a session of their own, never one in the name of another.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { PASSWORD, PHONE, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

const WORKER = { serviceWorkers: 'allow' } as const

describe('several accounts in one browser', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob', { password: PASSWORD })
    await alice.api.post('/api/v1/statuses', { status: 'From alice.' })
    await bob.api.post('/api/v1/statuses', { status: 'From bob.' })
    await stage.world.settle()
    desk = await stage.visitor(WORKER)
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  const openAccounts = async ({ page }: Visitor): Promise<void> => {
    await page.locator('.rail-me .icon-button, .tab-bar .menu button').locator('visible=true').click()
    await page.click('[role=menuitem]:has-text("Change account")')
    await page.waitForSelector('.accounts')
  }
  const asks = ({ page }: Visitor, account: string, path = '/api/v1/accounts/verify_credentials') =>
    page.evaluate<{ status: number; body: { username?: string } }>(`fetch(${JSON.stringify(path)}, {
      headers: { 'x-folkmoot-client': ${JSON.stringify(account)} } })
      .then(async (answer) => ({ status: answer.status, body: await answer.json() }))`)
  const posted = async (person: Person): Promise<string[]> => {
    const list = await person.api.get<Status[]>(`/api/v1/accounts/${person.accountId}/statuses`)
    return list.map((status) => status.content ?? '')
  }

  it('a second person signs in beside the first, and the page changes between them without loading anew', async () => {
    const { page } = desk
    await openAccounts(desk)
    await desk.accessible('accounts')
    await page.click('.button:has-text("Sign in with another account")')
    await page.waitForSelector('[name=login]')
    await desk.giveName(bob)
    await page.waitForSelector('.rail-me:has-text("@bob")')
    await page.waitForSelector('article:has-text("From bob")')
    await page.evaluate('window.sameDocument = true')
    await stage.world.settle()
    await alice.api.post('/api/v1/statuses', { status: 'Hello @bob' })
    await stage.world.settle()
    await openAccounts(desk)
    await page.click('.account:has-text("@alice")')
    await page.waitForSelector('.rail-me:has-text("@alice")')
    await page.waitForSelector('article:has-text("From alice")')
    assert.equal(await page.locator('article:has-text("From bob")').count(), 0)
    assert.equal(await page.evaluate('window.sameDocument'), true)
    // Bob was mentioned: his unread count shows beside his name, and a dot at the button.
    await page.waitForSelector('.rail-me .elsewhere')
    await openAccounts(desk)
    await page.waitForSelector('.account:has-text("@bob") .account-count:has-text("1")')
    await desk.accessible('accounts with news')
    await page.keyboard.press('Escape')
    await page.reload()
    await page.waitForSelector('.rail-me:has-text("@alice")')
    desk.calm()
  })

  it('what is written is written by the account that the page shows, also in an older window', async () => {
    const other = await desk.context.newPage()
    await other.goto('/home')
    await other.waitForSelector('.rail-me:has-text("@alice")')
    await openAccounts(desk)
    await desk.page.click('.account:has-text("@bob")')
    await desk.page.waitForSelector('.rail-me:has-text("@bob")')
    await other.click('.rail .write')
    await other.fill('.composer textarea', 'Still alice here.')
    await other.click('.composer button.button:has-text("Publish")')
    await other.waitForSelector('article:has-text("Still alice here.")')
    await stage.world.settle()
    assert.ok((await posted(alice)).some((text) => text.includes('Still alice')))
    assert.ok(!(await posted(bob)).some((text) => text.includes('Still alice')))
    await other.close()
    desk.calm()
  })

  it('no script can read a token, and only pages of ours can change or end anything', async () => {
    const { page } = desk
    assert.doesNotMatch(await page.evaluate<string>('document.cookie'), /folkmoot_(client|session)/)
    assert.equal((await asks(desk, String(alice.accountId))).body.username, 'alice')
    assert.equal((await asks(desk, String(bob.accountId))).body.username, 'bob')
    assert.equal((await asks(desk, '12345')).status, 401)
    const cookies = await desk.context.cookies()
    assert.ok(cookies.filter((one) => /client|session/.test(one.name)).every((one) => one.httpOnly))
    const cookie = cookies.map((one) => `${one.name}=${one.value}`).join('; ')
    const send = async (path: string, headers: Record<string, string>): Promise<number> =>
      (await fetch(stage.world.origin + path, { method: 'POST', headers: { cookie, ...headers } })).status
    for (const path of ['/auth/change', '/auth/leave', '/auth/leave?all=1']) {
      assert.equal(await send(path, {}), 403)
      assert.equal(await send(path, { 'x-folkmoot-client': '1', origin: 'https://evil.example' }), 403)
      assert.equal(await send(path, { 'x-folkmoot-client': '1', 'sec-fetch-site': 'cross-site' }), 403)
    }
    assert.equal(await send('/auth/change', { 'x-folkmoot-client': '12345' }), 404)
  })

  it('signing out one leaves the other; signing out all leaves nobody', async () => {
    const { page } = desk
    await page.click('.rail-me .icon-button')
    await page.click('[role=menuitem]:has-text("Sign out")')
    await page.waitForSelector('.rail-me:has-text("@alice")')
    assert.equal((await asks(desk, String(bob.accountId))).status, 401)
    await page.goto('/home')
    await page.waitForSelector('.rail-me:has-text("@alice")')
    await openAccounts(desk)
    await page.click('.button:has-text("Sign in with another account")')
    await page.waitForSelector('[name=login]')
    await desk.giveName(bob)
    await openAccounts(desk)
    await page.click('.button:has-text("Sign out everybody")')
    await page.click('dialog .danger')
    await page.waitForURL((url) => url.pathname === '/')
    await page.goto('/home')
    await page.waitForSelector('[name=login]')
    const left = (await desk.context.cookies()).filter((one) => /client|session/.test(one.name))
    assert.deepEqual(left, [])
    desk.calm(/401/)
  })

  it('fits a phone', async () => {
    const phone = await stage.visitor({ ...PHONE, viewport: { width: 320, height: 640 } })
    await phone.signIn(alice)
    await openAccounts(phone)
    await phone.narrow('accounts')
    await phone.accessible('accounts on a phone')
    phone.calm()
    await phone.context.close()
  })
})
