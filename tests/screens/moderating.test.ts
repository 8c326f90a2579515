// Moderators and administrators work on their screens: on the desk, on phones, by keyboard, in the dark, in German.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Person } from '../world.ts'
import { PASSWORD, PHONE, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

const PARTS = [
  '',
  '/reports',
  '/accounts',
  '/appeals',
  '/domains',
  '/domains?show=allowed',
  '/door',
  '/door?show=mail',
  '/trends',
  '/trends?show=publishers',
  '/trends?show=tags',
  '/invites',
  '/announcements',
  '/rules',
  '/emojis',
  '/settings',
  '/relays',
  '/work',
  '/storage',
  '/log',
]
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let visits = 0
const SHOTS = process.env['SHOTS']

describe('the screens of moderators', () => {
  let stage: Stage
  let boss: Person
  let desk: Visitor
  let reportId: string
  let bob: Person

  before(async () => {
    stage = await startStage()
    boss = await stage.world.account('boss', { password: PASSWORD, role: 'owner' })
    bob = await stage.world.account('bob')
    const alice = await stage.world.account('alice')
    const post = await bob.api.post('/api/v1/statuses', { status: 'Buy my pills at once, my friends!' })
    await bob.api.post('/api/v1/statuses', { status: 'A quiet afternoon by the river #river' })
    const report = await alice.api.post('/api/v1/reports', {
      account_id: bob.id,
      status_ids: [post.id],
      comment: 'He writes this below every post of mine.',
      category: 'spam',
    })
    reportId = report.id
    await boss.api.post('/api/v1/admin/rules', { text: 'Be kind', hint: 'Disagree with the matter.' })
    await boss.api.post('/api/v1/admin/domain_blocks', {
      domain: 'loud.example',
      severity: 'suspend',
      public_comment: 'Spam',
    })
    await boss.api.post('/api/v1/admin/announcements', { text: 'We **move** on Sunday.' })
    await boss.api.post('/api/v1/admin/domain_allows', { domain: 'friends.example' })
    await boss.api.post('/api/v1/admin/ip_blocks', {
      ip: '192.0.2.0/24',
      severity: 'no_access',
      comment: 'A thousand sign-ups in one night',
      expires_in: 86_400,
    })
    await boss.api.post('/api/v1/admin/email_domain_blocks', { domain: 'throwaway.example' })
    await boss.api.post('/api/v1/admin/invites', { max_uses: 3, days: 7 })
    await stage.world.house.ctx.store.write(async (tx) => {
      const now = stage.world.house.ctx.clock.now()
      const delivery = {
        activity_id: 1,
        inbox: 'https://slow.example/inbox',
        host: 'slow.example',
        attempts: 3,
      }
      await tx
        .insertInto('deliveries')
        .values({ ...delivery, id: 9, next_at: now + 9_000_000, last_error: 'HTTP 502', created_at: now })
        .execute()
    })
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(boss)
  })
  after(() => stage.stop())

  const show = async ({ page }: Visitor, path: string): Promise<void> => {
    await page.evaluate(`
      document.querySelector('.bar')?.setAttribute('data-left', '')
      history.pushState({ key: ${JSON.stringify(`${path} ${++visits}`)} }, '', ${JSON.stringify(`/admin${path}`)})
      dispatchEvent(new PopStateEvent('popstate'))`)
    await page.waitForSelector('.bar:not([data-left]) h1')
    await page.waitForSelector('.admin-body')
    await page.waitForSelector('.skeleton', { state: 'detached' })
  }
  const shoot = async ({ page }: Visitor, name: string): Promise<void> => {
    if (SHOTS === undefined) return
    mkdirSync(SHOTS, { recursive: true })
    await page.screenshot({ path: `${SHOTS}/${name || 'overview'}.png`, fullPage: true })
  }

  it('every part is readable for everybody on the desk and on the phone, by day and by night', async () => {
    const phone = await stage.visitor({ ...PHONE, colorScheme: 'dark' })
    await phone.signIn(boss)
    for (const part of [...PARTS, `/reports/${reportId}`, `/accounts/${bob.id}`]) {
      for (const [visitor, name] of [
        [desk, 'desk'],
        [phone, 'phone'],
      ] as const) {
        await show(visitor, part)
        await shoot(visitor, `${name}${part.replaceAll('/', '-')}`)
        await visitor.accessible(`/admin${part} (${name})`)
        await visitor.narrow(`/admin${part} (${name})`)
        visitor.calm()
      }
    }
    await phone.context.close()
  })

  it('a report is read with its post and acted upon in three presses', async () => {
    const { page } = desk
    await page.goto('/home')
    await page.click('.rail a[href="/admin"]')
    await page.click('.admin-waiting a[href="/admin/reports"]')
    await page.click(`a[href="/admin/reports/${reportId}"]`)
    await page.waitForSelector('text=Buy my pills')
    await page.click('text=Do something')
    await page.click('label:has-text("Limit")')
    await shoot(desk, 'measure')
    await desk.accessible('the dialog about measures')
    await page.click('.dialog-row .danger')
    await page.waitForSelector('text=Open again')
    assert.equal((await boss.api.get(`/api/v1/admin/accounts/${bob.id}`)).silenced, true)
    await show(desk, `/accounts/${bob.id}`)
    await page.click('text=End the limit')
    await page.waitForSelector('text=End the limit', { state: 'detached' })
    assert.equal((await boss.api.get(`/api/v1/admin/accounts/${bob.id}`)).silenced, false)
    desk.calm()
  })

  it('a report is handled by keyboard alone', async () => {
    const { page } = desk
    const spam = await bob.api.post('/api/v1/statuses', { status: 'Pills again!' })
    const report = await boss.api.post('/api/v1/reports', { account_id: bob.id, status_ids: [spam.id] })
    await page.goto('/admin')
    await page.waitForSelector('.admin-waiting a[href="/admin/reports"]')
    const go = async (what: string): Promise<void> => {
      const isThere = (): Promise<boolean> =>
        page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(what)}) === true`)
      for (let left = 150; left > 0 && !(await isThere()); left -= 1) await page.keyboard.press('Tab')
      assert.ok(await isThere(), `no Tab leads to ${what}`)
    }
    await go('.admin-waiting a[href="/admin/reports"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector(`a[href="/admin/reports/${report.id}"]`)
    await go(`a[href="/admin/reports/${report.id}"]`)
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=Pills again!')
    await page.waitForSelector('button:has-text("Do something")')
    await page.evaluate(`[...document.querySelectorAll('button')]
      .find((one) => one.textContent.includes('Do something')).id = 'act'`)
    await go('#act')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open] input[type=radio]')
    await go('dialog[open] input[type=radio]')
    const chosen = (): Promise<string> =>
      page.evaluate<string>(`document.activeElement?.closest('label')?.textContent ?? ''`)
    for (let left = 10; left > 0 && !(await chosen()).includes('Limit'); left -= 1)
      await page.keyboard.press('ArrowDown')
    assert.match(await chosen(), /Limit/)
    await go('dialog[open] .dialog-row [type=submit]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=Open again')
    assert.equal((await boss.api.get(`/api/v1/admin/accounts/${bob.id}`)).silenced, true)
    await boss.api.post(`/api/v1/admin/accounts/${bob.id}/unsilence`)
    desk.calm()
  })

  it('whoever is suspended reads why on one page, on the desk and on the phone', async () => {
    const eve = await stage.world.account('eve', { password: PASSWORD })
    const text = 'You wrote the same below every post of Alice, after we had asked you to stop.'
    await boss.api.post(`/api/v1/admin/accounts/${eve.id}/action`, { type: 'suspend', text })
    await stage.world.settle()
    for (const [name, options] of [
      ['desk', {}],
      ['phone', { ...PHONE, colorScheme: 'dark' }],
    ] as const) {
      const visitor = await stage.visitor(options)
      await visitor.open('/auth/sign_in')
      await visitor.page.fill('[name=login]', 'eve')
      await visitor.page.fill('[name=password]', PASSWORD)
      await visitor.page.click('button')
      await visitor.page.waitForSelector(`text=${text}`)
      await shoot(visitor, `${name}-shut-out`)
      await visitor.accessible(`the page of the suspended (${name})`)
      await visitor.narrow(`the page of the suspended (${name})`)
      visitor.calm()
      await visitor.context.close()
    }
  })

  it('a year of numbers is drawn in bars of a few days, and read as a table day by day', async () => {
    const today = Math.floor(stage.world.house.ctx.clock.now() / 86_400_000)
    await stage.world.house.ctx.store.write(async (tx) => {
      const days = Array.from({ length: 364 }, (_, ago) => ({
        day: today - ago - 1,
        key: 'delivered',
        value: 100 + ((ago * 37) % 90),
      }))
      await tx.insertInto('day_counts').values(days).execute()
    })
    for (const [name, options] of [
      ['desk', {}],
      ['phone', { ...PHONE, colorScheme: 'dark' }],
    ] as const) {
      const visitor = await stage.visitor(options)
      await visitor.signIn(boss)
      await show(visitor, '')
      await visitor.page.click('label:has(input[value="365"])')
      await visitor.page.waitForSelector('figure.chart rect:nth-of-type(92)')
      const rows = await visitor.page.evaluate<number[]>(
        `[...document.querySelectorAll('figure.chart')].map((one) => one.querySelectorAll('tr').length)`,
      )
      assert.equal(await visitor.page.locator('figure.chart rect:nth-of-type(93)').count(), 0)
      assert.ok(
        rows.every((count) => count === 365),
        String(rows),
      )
      await shoot(visitor, `${name}-year`)
      await visitor.accessible(`a year of numbers (${name})`)
      await visitor.narrow(`a year of numbers (${name})`)
      visitor.calm()
      await visitor.context.close()
    }
  })

  it('networks, mail domains, allowed servers, hashtags and emojis are decided about on their screens', async () => {
    const { page } = desk
    await show(desk, '/door')
    await page.fill('input[placeholder="192.0.2.0/24"]', 'nonsense')
    await page.click('text=Keep this network out')
    await page.waitForSelector('text=not a valid IP address')
    assert.equal(await page.inputValue('input[placeholder="192.0.2.0/24"]'), 'nonsense')
    await page.fill('input[placeholder="192.0.2.0/24"]', '198.51.100.0/24')
    await page.click('label:has-text("No sign-ups")')
    await page.click('text=Keep this network out')
    await page.waitForSelector('li:has-text("198.51.100.0/24")')
    const [network] = await boss.api.get('/api/v1/admin/ip_blocks')
    assert.deepEqual([network.ip, network.severity], ['198.51.100.0/24', 'sign_up_block'])
    await page.click('button[aria-label="Let in again: 198.51.100.0/24"]')
    await page.waitForSelector('li:has-text("198.51.100.0/24")', { state: 'detached' })
    await show(desk, '/door?show=mail')
    await page.fill('input[placeholder="example.net"]', 'often.example')
    await page.click('label:has-text("Let in after approval")')
    await page.click('text=Keep this domain out')
    await page.waitForSelector('li:has-text("often.example"):has-text("Asks first")')
    await show(desk, '/domains?show=allowed')
    await page.fill('input[placeholder="example.net"]', 'near.example')
    await page.click('text=Allow this server')
    await page.waitForSelector('li:has-text("near.example")')
    assert.equal((await boss.api.get('/api/v1/admin/domain_allows')).length, 2)
    await show(desk, '/trends?show=tags')
    await page.click('li:has-text("#river") label:has-text("May become popular")')
    await page.waitForSelector('li:has-text("#river") .admin-tag.good')
    assert.equal((await boss.api.get('/api/v1/admin/tags'))[0].trendable, true)
    const form = new FormData()
    form.set('shortcode', 'heron')
    form.set('image', new Blob([new Uint8Array(PNG)]), 'heron.png')
    const emoji = await boss.api.post('/api/v1/admin/custom_emojis', form)
    await show(desk, '/emojis')
    await page.click('button[aria-label="Category: :heron:"]')
    await page.fill('.admin-category input', 'Birds')
    await shoot(desk, 'desk-category')
    await desk.accessible('an emoji is sorted')
    await page.click('.admin-category button')
    await page.waitForSelector('li:has-text("heron"):has-text("Birds")')
    assert.equal((await boss.api.get('/api/v1/admin/custom_emojis'))[0].category, 'Birds')
    await boss.api.delete(`/api/v1/admin/custom_emojis/${emoji.id}`)
    desk.calm(/422/)
  })

  it('a list of servers is shown before it is taken', async () => {
    const { page } = desk
    await show(desk, '/domains')
    await page.click('text=Import a list')
    await page.setInputFiles('input[type=file]', {
      name: 'list.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('#domain,#severity\nnoise.example,suspend\nno domain,suspend\n'),
    })
    await page.click('text=Show what would change')
    await page.waitForSelector('text=1 decision in the list')
    await shoot(desk, 'import')
    await page.click('text=Import 1 decision')
    await page.waitForSelector('.rows >> text=noise.example')
    desk.calm()
  })

  it('settings and rules are written, and what is typed stays when it is refused', async () => {
    const { page } = desk
    await show(desk, '/settings')
    await page.fill('label:has-text("Contact") input', 'nobody')
    await page.fill('label:has-text("Name") input >> nth=0', 'The Heron')
    await page.click('.admin-save button')
    await page.waitForSelector('.toast.bad')
    assert.equal(await page.inputValue('label:has-text("Name") input >> nth=0'), 'The Heron')
    await page.fill('label:has-text("Contact") input', 'boss@heron.test')
    await page.click('.admin-save button')
    await page.waitForSelector('.toast:not(.bad)')
    assert.equal((await stage.world.client().get('/api/v2/instance')).title, 'The Heron')
    await show(desk, '/rules')
    await page.fill('label:has-text("Rule") input', 'No adverts')
    await page.click('text=Add the rule')
    await page.waitForSelector('.admin-cards >> text=No adverts')
    desk.calm(/422/)
  })

  it('people without a role are not led there, and find nothing', async () => {
    const alice = await stage.world.account('carol', { password: PASSWORD })
    const visitor = await stage.visitor({ locale: 'de-DE' })
    await visitor.signIn(alice)
    assert.equal(await visitor.page.locator('a[href="/admin"]').count(), 0)
    await visitor.page.goto('/admin/accounts')
    await visitor.page.waitForSelector('.empty')
    assert.equal(await visitor.page.locator('.admin').count(), 0)
    await visitor.context.close()
  })
})
