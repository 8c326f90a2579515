// Notifications: gathered, by kind, put aside, and told while no page is open.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Status } from '../../src/contract/entities.ts'
import { startPushReceiver } from '../push-receiver.ts'
import type { PushReceiver } from '../push-receiver.ts'
import { eventually } from '../world.ts'
import type { Person } from '../world.ts'
import { PASSWORD, PHONE, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('notifications', () => {
  let stage: Stage
  let receiver: PushReceiver
  let alice: Person
  const others: Person[] = []
  let post: Status
  let desk: Visitor

  before(async () => {
    stage = await startStage({ config: { allowPrivate: ['127.0.0.1'] } })
    receiver = await startPushReceiver()
    alice = await stage.world.account('alice', { password: PASSWORD })
    for (const name of ['bob', 'carol', 'dave'])
      others.push(await stage.world.account(name, { password: PASSWORD }))
    post = await alice.api.post<Status>('/api/v1/statuses', { status: 'Bread is in the oven.' })
    for (const one of others) await one.api.post(`/api/v1/statuses/${post.id}/favourite`)
    await others[0]?.api.post(`/api/v1/accounts/${alice.accountId}/follow`)
    await others[1]?.api.post('/api/v1/statuses', { status: '@alice Save me a slice.' })
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(alice)
  })
  after(async () => {
    await receiver.close()
    await stage.stop()
  })

  it('that tell the same are one line, counted in the title, and read once they are seen', async () => {
    const { page } = desk
    await page.waitForSelector('.rail .count')
    assert.match(await page.title(), /^\(\d+\) Home/)
    await page.click('.rail a[href="/notifications"]')
    await page.waitForSelector('.news-words:has-text("and 2 others favourited your post")')
    await page.waitForSelector('.rail .count', { state: 'detached' })
    assert.match(await page.title(), /^Notifications/)
    // One that arrives now joins its line.
    await stage.world.account('erin').then((erin) => erin.api.post(`/api/v1/statuses/${post.id}/favourite`))
    await stage.world.settle()
    await page.waitForSelector('.news-words:has-text("erin and 3 others favourited your post")')
    assert.equal(await page.locator('.news-words:has-text("favourited")').count(), 1)
    await desk.accessible('notifications')
    desk.calm()
  })

  it('can be looked at by kind, also on the smallest phone', async () => {
    const phone = await stage.visitor({ ...PHONE, viewport: { width: 320, height: 640 } })
    await phone.signIn(alice)
    await phone.page.click('.tab-bar a[href="/notifications"]')
    await phone.page.waitForSelector('article:has-text("Save me a slice")')
    await phone.narrow('notifications')
    await phone.page.click('[role=tab]:has-text("Reactions")')
    await phone.page.waitForSelector('article:has-text("Save me a slice")', { state: 'detached' })
    await phone.page.waitForSelector('.news-words:has-text("favourited")')
    await phone.page.click('[role=tab]:has-text("Followers")')
    await phone.page.waitForSelector('.news-words:has-text("bob follows you")')
    assert.equal(await phone.page.locator('.news-words').count(), 1)
    await phone.accessible('notifications by kind')
    phone.calm()
    await phone.context.close()
  })

  it('of strangers are put aside at wish, and let through one by one or all at once', async () => {
    const { page } = desk
    await page.goto('/settings/notifications')
    await page.selectOption('label:has-text("People you do not follow") select', 'filter')
    await desk.accessible('settings of notifications')
    await stage.world.settle()
    for (const [index, one] of others.entries())
      await one.api.post('/api/v1/statuses', { status: `@alice Number ${index}.` })
    await stage.world.settle()
    await page.goto('/notifications')
    await page.click('.aside:has-text("3 people were put aside")')
    await page.waitForSelector('.request:has-text("Number 2.")')
    await desk.accessible('people put aside')
    await page.click('.request:has-text("Number 0.") .button:has-text("Show them")')
    await page.waitForSelector('.request:has-text("Number 0.")', { state: 'detached' })
    await page.click('.bulk .button:has-text("Dismiss all")')
    await page.click('dialog .danger')
    await page.waitForSelector('.empty:has-text("Nobody is put aside")')
    await page.goto('/notifications')
    await page.waitForSelector('article:has-text("Number 0.")')
    assert.equal(await page.locator('article:has-text("Number 1.")').count(), 0)
    desk.calm()
  })

  it('reach a device whose page is closed, once somebody asked for it, and no longer after signing out', async () => {
    const visitor = await stage.visitor({ serviceWorkers: 'allow', locale: 'de-DE' })
    const { page, context } = visitor
    // Neither the browser vendor's push service nor somebody to ask for permission is to be had here.
    const { endpoint, keys } = receiver.subscription(true) as { endpoint: string; keys: object }
    await context.addInitScript(`
      let permission = 'default'
      Object.defineProperty(Notification, 'permission', { get: () => permission })
      Notification.requestPermission = async () => (permission = 'granted')
      const subscription = { toJSON: () => (${JSON.stringify({ endpoint, keys })}), unsubscribe: async () => true }
      PushManager.prototype.subscribe = async () => subscription
      PushManager.prototype.getSubscription = async () => null`)
    const [, , dave] = others
    assert.ok(dave)
    await visitor.signIn(dave)
    await visitor.kept()
    const device = await context.newCDPSession(page)
    const registration = new Promise<string>((resolve) => {
      device.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) resolve(registrations[0].registrationId)
      })
    })
    await device.send('ServiceWorker.enable')
    await page.goto('/settings/notifications')
    await page.click('.button:has-text("Einschalten")')
    await page.waitForSelector('.push-on')
    await page.uncheck('label:has-text("mir jemand folgt") input')
    await alice.api.post(`/api/v1/accounts/${dave.accountId}/follow`)
    const told = await alice.api.post<Status>('/api/v1/statuses', { status: '@dave Come over!' })
    await stage.world.settle()
    await eventually(() => receiver.messages[0])
    assert.deepEqual(
      receiver.messages.map((one) => (one as { notification_type: string }).notification_type),
      ['mention'],
    )
    const [worker] = context.serviceWorkers()
    assert.ok(worker)
    await worker.evaluate(`registration.showNotification = async (title, options) => {
      globalThis.shown = { title, body: options.body, path: options.data.path, actions: options.actions.length }
    }`)
    await device.send('ServiceWorker.deliverPushMessage', {
      origin: stage.world.origin,
      registrationId: await registration,
      data: JSON.stringify(receiver.messages[0]),
    })
    let shown = await worker.evaluate<unknown>('globalThis.shown')
    for (let tries = 0; shown === undefined && tries < 200; tries += 1) {
      await page.waitForTimeout(50)
      shown = await worker.evaluate('globalThis.shown')
    }
    assert.deepEqual(shown, {
      title: 'alice hat dich erwähnt',
      body: '@dave Come over!',
      path: `/@alice/${told.id}`,
      actions: 2,
    })
    await page.click('.rail-me .icon-button')
    await page.click('[role=menuitem]:has-text("Abmelden")')
    await page.waitForURL((url) => url.pathname === '/')
    await alice.api.post('/api/v1/statuses', { status: '@dave Where are you?' })
    await stage.world.settle()
    assert.equal(receiver.calls(), 1)
    visitor.calm()
    await context.close()
  })
})
