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
    const carol = await stage.world.account('carol', { role: 'owner' })
    await carol.api.post('/api/v1/statuses', { status: 'The mill opens on Sunday.' })
    await carol.api.post('/api/v1/collections', {
      name: 'Around the corner',
      tag_name: 'bread',
      account_ids: [bob.id],
    })
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

  it('lead through the mailbox to the first steps', async () => {
    const { page } = nina
    await stage.world.settle()
    const link = linkIn(await mailbox.latest('nina@new.test', /confirm/), '/auth/confirmation')
    await nina.open(link)
    await page.click('button:has-text("Yes, confirm it")')
    await page.click('a:has-text("Go on")')
    await page.waitForURL('**/start')
    await page.waitForSelector('h2:has-text("Who are you?")')
    await nina.accessible('the first step')
    nina.calm()
  })

  it('begin with a face and a name; the picture is cut as one likes, with the keyboard too', async () => {
    const { page } = nina
    await page.setInputFiles('.start input[type=file]', {
      name: 'me.png',
      mimeType: 'image/png',
      buffer: await picture(),
    })
    await page.waitForSelector('.crop-view')
    await nina.accessible('cutting a picture')
    await page.focus('.crop-slider input')
    await page.keyboard.press('End')
    assert.equal(await page.inputValue('.crop-slider input'), '5')
    await page.click('.button:has-text("Use this part")')
    await page.fill('[name=display_name]', 'Nina')
    await page.click('.start .button:has-text("Go on")')
    await page.waitForSelector('h2:has-text("How it works here")')
    const { avatar } = await bob.api.get<{ avatar: string }>('/api/v1/accounts/lookup?acct=nina')
    const { default: sharp } = await import('sharp')
    const kept = await sharp(Buffer.from(await (await fetch(avatar)).arrayBuffer())).metadata()
    assert.deepEqual([kept.width, kept.height], [400, 400])
    nina.calm()
  })

  it('say in plain words what is different here, and fill home with what interests one', async () => {
    const { page } = nina
    const words = await page.innerText('.start')
    for (const text of [`@nina@${stage.world.house.config.domain}`, 'For followers', 'circle'])
      assert.ok(words.includes(text), text)
    await nina.accessible('how it works')
    await page.click('.start-go .button')
    await page.click('.chips button:has-text("#bread")')
    await page.waitForSelector('.chips button[aria-pressed=true]:has-text("#bread")')
    await nina.accessible('interests')
    await page.click('.start-go .button')
    await page.click('.pack:has-text("Around the corner") button')
    await page.waitForSelector('.pack button:has-text("Following")')
    await nina.accessible('people to follow')
    await stage.world.settle()
    await page.click('.start-go .button')
    await page.waitForURL('**/home')
    await page.waitForSelector('.feed article:has-text("Rye bread at six")')
    nina.calm()
  })

  it('find somebody to follow', async () => {
    const { page } = nina
    await page.click('.tab-bar a[href="/search"]')
    await page.fill('input[type=search]', `@carol@${stage.world.house.config.domain}`)
    await page.keyboard.press('Enter')
    await page.click('.profile-do .button:has-text("Follow")')
    await page.waitForSelector('.profile-do .button:has-text("Following")')
    await stage.world.settle()
    await page.click('.tab-bar a[href="/home"]')
    await page.waitForSelector('.feed article:has-text("The mill opens on Sunday")')
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
