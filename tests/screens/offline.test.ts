// What remains when the connection goes: what was read, what was done, and nothing of anybody else.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { PASSWORD, PHONE, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

const WORKER = { serviceWorkers: 'allow' } as const
/** What the browser itself says about requests that fail. */
const NO_NET = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/

describe('without a connection', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let post: Status
  let reader: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob', { password: PASSWORD })
    await alice.api.post(`/api/v1/accounts/${bob.accountId}/follow`)
    await stage.world.settle()
    post = await bob.api.post<Status>('/api/v1/statuses', { status: 'The river is high today.' })
    await bob.api.post('/api/v1/statuses', { status: 'Indeed.', in_reply_to_id: post.id })
    await alice.api.post(`/api/v1/statuses/${post.id}/bookmark`)
    await stage.world.settle()
    reader = await stage.visitor(WORKER)
    await reader.signIn(alice)
    await reader.kept()
  })
  after(() => stage.stop())

  const offline = (): Promise<void> => reader.context.setOffline(true)
  const online = (): Promise<void> => reader.context.setOffline(false)

  it('what was read can be read again, opened anew, on every screen that was seen', async () => {
    const { page } = reader
    await page.click('article:has-text("The river") .post-when')
    await page.waitForSelector('article:has-text("Indeed")')
    await page.goto('/notifications')
    await page.waitForSelector('h1:has-text("Notifications")')
    await page.goto('/@bob')
    await page.waitForSelector('article:has-text("The river")')
    await page.goto('/home')
    await page.waitForSelector('article:has-text("The river")')
    await offline()
    await page.waitForSelector('.offline-bar')
    await page.goto('/home')
    await page.waitForSelector('article:has-text("The river")')
    await page.waitForSelector('.offline-bar')
    await reader.accessible('home without a connection')
    await page.click('article:has-text("The river") .post-when')
    await page.waitForSelector('article:has-text("Indeed")')
    await page.goto('/@bob')
    await page.waitForSelector('article:has-text("The river")')
    // A screen whose code was never needed until now.
    await page.goto('/settings/appearance')
    await page.waitForSelector('h1:has-text("Appearance")')
    await page.goto('/about')
    await page.waitForSelector('h1:has-text("You are offline")')
    await online()
    reader.calm(NO_NET)
  })

  it('a favourite waits, is shown as waiting over a reload, and reaches the server afterwards', async () => {
    const { page } = reader
    await page.goto(`/@bob/${post.id}`)
    await page.waitForSelector('.thread-focus article')
    await offline()
    await page.click('.thread-focus [data-hotkey="f"]')
    await page.waitForSelector('.post-waiting')
    await page.goto('/home')
    await page.waitForSelector('.offline-bar:has-text("1 thing")')
    assert.equal((await alice.api.get<Status>(`/api/v1/statuses/${post.id}`)).favourited, false)
    await online()
    await page.waitForSelector('.offline-bar', { state: 'detached', timeout: 70_000 })
    await page.waitForSelector('.post-waiting', { state: 'detached' })
    assert.equal((await alice.api.get<Status>(`/api/v1/statuses/${post.id}`)).favourited, true)
    reader.calm(NO_NET)
  })

  it('following is refused in a sentence', async () => {
    const { page } = reader
    await page.goto('/@bob')
    await page.waitForSelector('.button[aria-pressed="true"]')
    await offline()
    await page.click('.button[aria-pressed="true"]')
    await page.waitForSelector('.toast.bad:has-text("offline")')
    await online()
    assert.equal(
      (
        await alice.api.get<{ following: boolean }[]>(`/api/v1/accounts/relationships?id[]=${bob.accountId}`)
      )[0]?.following,
      true,
    )
    reader.calm(NO_NET)
  })

  it('what another app shares, words and pictures, opens in the composer', async () => {
    const { page } = reader
    const manifest = (await (await page.request.get('/manifest.json')).json()) as {
      share_target: { action: string; method: string }
      icons: { purpose: string }[]
    }
    assert.ok(manifest.icons.some((icon) => icon.purpose === 'maskable'))
    await page.goto('/home')
    await page.waitForSelector('.rail')
    const bytes = (await picture()).toString('base64')
    // As the system does it: a form with a file, sent to the address in the manifest.
    await page.evaluate(`(() => {
      const form = document.createElement('form')
      Object.assign(form, ${JSON.stringify({ ...manifest.share_target, enctype: 'multipart/form-data' })})
      form.innerHTML = '<input name="text"><input name="files" type="file">'
      form.elements.text.value = 'Look at this'
      const files = new DataTransfer()
      const bytes = Uint8Array.from(atob(${JSON.stringify(bytes)}), (sign) => sign.charCodeAt(0))
      files.items.add(new File([bytes], 'sky.png', { type: 'image/png' }))
      form.elements.files.files = files.files
      document.body.append(form)
      form.submit()
    })()`)
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), 'Look at this')
    await page.waitForSelector('.composer .upload img')
    assert.ok(!(await page.evaluate<string[]>('caches.keys()')).includes('folkmoot-shared'))
    await page.keyboard.press('Escape')
    await page.waitForSelector('.composer', { state: 'detached' })
    assert.equal(await page.evaluate('sessionStorage.getItem("folkmoot-composing")'), null)
    reader.calm()
  })

  it('nothing stays in the browser after signing out', async () => {
    const { page } = reader
    await page.goto('/home')
    await page.waitForSelector('.rail-me')
    const stores = () => page.evaluate<string[]>('caches.keys()')
    assert.ok((await stores()).includes(`folkmoot-kept-${alice.accountId}`))
    await page.click('.rail-me .icon-button')
    await page.click('[role=menuitem]:has-text("Sign out")')
    await page.waitForURL((url) => url.pathname === '/')
    const left = (await stores()).filter((name) => !name.startsWith('folkmoot-code-'))
    assert.deepEqual(left, [])
    await offline()
    await page.goto('/home')
    await page.waitForSelector('h1:has-text("You are offline")')
    await online()
    reader.calm(NO_NET)
  })

  it('on a phone, what another person of the same browser read is never shown', async () => {
    const visitor = await stage.visitor({ ...PHONE, ...WORKER })
    const { page } = visitor
    await visitor.signIn(bob)
    await visitor.kept()
    await page.goto('/bookmarks')
    await page.waitForSelector('.empty')
    await page.goto('/home')
    await page.waitForSelector('article')
    await visitor.context.setOffline(true)
    await page.goto('/bookmarks')
    await page.waitForSelector('.offline-bar')
    await page.waitForSelector('.empty')
    assert.equal(await page.locator('article').count(), 0)
    await visitor.narrow('bookmarks without a connection')
    visitor.calm(NO_NET)
    await visitor.context.close()
  })
})
