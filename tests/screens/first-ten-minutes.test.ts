// A person's first ten minutes: land, join, confirm, follow, post a picture, be answered, and hear of it.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { linkIn, openMailbox } from '../mailbox.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Person } from '../world.ts'
import { PASSWORD, PHONE, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('the first ten minutes', () => {
  let time = Date.now()
  let mailbox: Mailbox
  let stage: Stage
  let bob: Person
  let nina: Visitor

  before(async () => {
    mailbox = await openMailbox()
    stage = await startStage({
      clock: { now: () => time },
      config: { registrations: 'open', smtpUrl: mailbox.smtpUrl },
    })
    bob = await stage.world.account('bob', { password: PASSWORD })
    await bob.api.post('/api/v1/statuses', { status: 'Rye bread at six, by the back door. #bread' })
    await stage.world.settle()
    // Most newcomers come by phone.
    nina = await stage.visitor(PHONE)
  })
  after(async () => {
    await stage.stop()
    await mailbox.close()
  })

  it('begin on a page that says what this is', async () => {
    const { page } = nina
    await nina.open('/')
    const words = await page.innerText('main')
    for (const text of ['Lindenhof', 'Rye bread at six', 'House rules']) assert.ok(words.includes(text), text)
    await page.click('main a:has-text("Join")')
    await page.waitForURL('**/auth/sign_up')
    nina.calm()
  })

  it('need a name, an address and a password', async () => {
    const { page } = nina
    await page.fill('[name=username]', 'bob')
    await page.fill('[name=email]', 'nina@new.test')
    await page.fill('[name=password]', PASSWORD)
    await page.check('[name=agreement]')
    time += 10_000
    await page.click('button:has-text("Create the account")')
    await page.waitForSelector('text=is taken already')
    assert.equal(await page.inputValue('[name=email]'), 'nina@new.test')
    await page.fill('[name=username]', 'nina')
    await page.fill('[name=password]', PASSWORD)
    time += 10_000
    await page.click('button:has-text("Create the account")')
    await page.waitForSelector('h1:has-text("Look into your mailbox")')
    nina.calm(/422/)
  })

  it('lead through the mailbox and home', async () => {
    const { page } = nina
    await stage.world.settle()
    const link = linkIn(await mailbox.latest('nina@new.test', /confirm/), '/auth/confirmation')
    await nina.open(link)
    await page.click('button:has-text("Yes, confirm it")')
    await page.click('a:has-text("Go on")')
    await page.waitForURL('**/home')
    await page.waitForSelector('.tab-bar')
    await page.waitForSelector('h2:has-text("Your home is quiet")')
    nina.calm()
  })

  it('find somebody to follow', async () => {
    const { page } = nina
    await page.click('.empty a:has-text("Find people")')
    await page.fill('input[type=search]', `@bob@${stage.world.house.config.domain}`)
    await page.keyboard.press('Enter')
    await page.click('.person:has-text("bob")')
    await page.click('.profile-do .button:has-text("Follow")')
    await page.waitForSelector('.profile-do .button:has-text("Following")')
    await stage.world.settle()
    await page.click('.tab-bar a[href="/home"]')
    await page.waitForSelector('.feed article:has-text("Rye bread at six")')
    nina.calm()
  })

  it('see one’s own first picture appear', async () => {
    const { page } = nina
    await page.click('.tab-bar .write')
    await page.fill('.composer textarea', 'Hello, I am new here. This is the view')
    await page.setInputFiles('.composer input[type=file]', {
      name: 'view.png',
      mimeType: 'image/png',
      buffer: await picture(),
    })
    await page.click('.upload-alt')
    await page.fill('dialog .form textarea', 'Roofs under a blue sky')
    await page.click('dialog .form .button')
    await page.click('.compose-foot .button:has-text("Publish")')
    const image = page.locator('.feed article:has-text("Hello, I am new here") .media img')
    await image.waitFor()
    assert.equal(await image.getAttribute('alt'), 'Roofs under a blue sky')
    nina.calm()
  })

  it('join a conversation', async () => {
    const { page } = nina
    await page.click('.feed article:has-text("Rye bread at six") [data-hotkey=r]')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), '@bob ')
    await page.keyboard.type('keep one for me!')
    await page.click('.compose-foot .button:has-text("Publish")')
    await page.waitForSelector('.composer', { state: 'detached' })
    nina.calm()
  })

  it('and hear at once when somebody answers', async () => {
    const { page } = nina
    await stage.world.settle()
    const news =
      await bob.api.get<{ type: string; status?: { id: string; content: string } }[]>('/api/v1/notifications')
    assert.deepEqual(news.map((one) => one.type).sort(), ['follow', 'mention'])
    const mention = news.find((one) => one.type === 'mention')
    await bob.api.post('/api/v1/statuses', {
      status: '@nina done. Welcome!',
      in_reply_to_id: mention?.status?.id,
    })
    await stage.world.settle()
    await page.waitForSelector('.tab-bar .count')
    await page.click('.tab-bar a[href="/notifications"]')
    await page.waitForSelector('.news:has-text("done. Welcome!")')
    await page.click('.news:has-text("done. Welcome!") .post-when')
    await page.waitForSelector('.thread article:has-text("keep one for me!")')
    await nina.narrow('the thread')
    nina.calm()
  })
})
