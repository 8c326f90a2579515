// Writing in the browser: threads, drafts, posts for later, Markdown, media in order, emoji; and nothing typed is lost.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Draft, ScheduledStatus, Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { eventually } from '../world.ts'
import { PASSWORD, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('the composer', () => {
  let stage: Stage
  let alice: Person
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    desk = await stage.visitor({ timezoneId: 'Europe/Berlin' })
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  const posts = async (): Promise<Status[]> => {
    await stage.world.settle()
    return alice.api.get<Status[]>(`/api/v1/accounts/${alice.id}/statuses`)
  }
  const write = async (text: string, { page }: Visitor = desk): Promise<void> => {
    await page.click('.rail .write')
    await page.waitForSelector('.composer textarea')
    await page.fill('.composer textarea', text)
  }
  const option = async (name: string): Promise<void> => {
    await desk.page.click('.compose-tools [aria-haspopup=menu]')
    await desk.page.click(`[role^=menuitem]:has-text("${name}")`)
  }
  const gone = ({ page }: Visitor = desk): Promise<unknown> =>
    page.waitForSelector('.composer', { state: 'detached' })
  const discard = async (): Promise<void> => {
    await desk.page.click('[aria-label="Discard draft"]')
    await desk.page.click('.question + .dialog-row .button.danger')
    await gone()
  }

  it('publishes a thread in order, and goes on where it stopped without doubling', async () => {
    const { page } = desk
    await write('First of three')
    for (const text of ['Second of three', 'Third of three']) {
      await page.click('.add-part')
      await page.keyboard.type(text)
    }
    await desk.accessible('a thread')
    let sent = 0
    await page.route('**/api/v1/statuses', async (route) => {
      sent += 1
      // The second one arrives, only its answer is lost on the way.
      if (sent === 2) {
        await route.fetch()
        await route.fulfill({ status: 503, json: { error: 'Come back in a moment' } })
      } else await route.continue()
    })
    await page.click('.publish:has-text("Publish 3 posts")')
    await page.waitForSelector('.composer [role=alert]:has-text("1 of 3 posts are published")')
    await page.click('.publish:has-text("Go on publishing")')
    await gone()
    await page.unroute('**/api/v1/statuses')
    const list = await posts()
    assert.deepEqual(
      list.map((one) => one.content),
      ['Third', 'Second', 'First'].map((word) => `<p>${word} of three</p>`),
    )
    const [third, second, first] = list
    assert.deepEqual([third?.in_reply_to_id, second?.in_reply_to_id], [second?.id, first?.id])
    assert.deepEqual(await alice.api.get('/api/v1/drafts'), [])
    desk.calm(/503/)
  })

  it('keeps what is not published as a draft, to be gone on with on another device', async () => {
    const { page } = desk
    await write('Begun here')
    await page.setInputFiles('.composer input[type=file]', [
      { name: 'one.png', mimeType: 'image/png', buffer: await picture() },
      { name: 'two.png', mimeType: 'image/png', buffer: await picture() },
    ])
    await page.waitForSelector('.upload-alt >> nth=1')
    await page.click('.upload-alt >> nth=0')
    await page.fill('dialog .form textarea', 'The first picture')
    await page.click('dialog .form .button')
    await page.click('[aria-label="Move later"] >> nth=0')
    const descriptions = (): Promise<string[]> =>
      page.$$eval('.upload > img', (all) => all.map((one) => one.getAttribute('alt') ?? ''))
    assert.deepEqual(await descriptions(), ['', 'The first picture'])
    await page.dragAndDrop('.upload >> nth=1', '.upload >> nth=0')
    assert.deepEqual(await descriptions(), ['The first picture', ''])
    await page.dragAndDrop('.upload >> nth=0', '.upload >> nth=1')
    await page.keyboard.press('Escape')
    await gone()
    await eventually(async () => (await alice.api.get<Draft[]>('/api/v1/drafts')).length === 1)
    const other = await stage.visitor()
    await other.signIn(alice)
    await other.open('/drafts')
    await other.page.click('.plan:has-text("Begun here") .button:has-text("Go on writing")')
    await other.page.waitForSelector('.upload img >> nth=1')
    await other.page.fill('.composer textarea', 'Begun there, finished here')
    await other.page.click('.publish')
    await gone(other)
    const [post] = await posts()
    assert.deepEqual(
      post?.media_attachments.map((one) => one.description),
      [null, 'The first picture'],
    )
    await eventually(async () => (await alice.api.get<Draft[]>('/api/v1/drafts')).length === 0)
    other.calm()
    await other.context.close()
    await page.click('.rail .write')
    await page.waitForSelector('text=That draft was published or thrown away on another device.')
    assert.equal(await page.inputValue('.composer textarea'), '', 'it is not offered again')
    await page.keyboard.press('Escape')
    await gone()
    await desk.open('/drafts')
    await page.waitForSelector('.empty')
    desk.calm(/404/)
  })

  it('shows which language it looks like, remembers the one chosen, and asks when both differ', async () => {
    const { page } = desk
    await write('Das ist nicht der Anfang und auch nicht das Ende von dem, was ich sagen wollte')
    await page.waitForSelector('.language-picker:has-text("DE?")')
    await page.selectOption('.language-picker select', 'fr')
    await page.click('.language-doubt button')
    await page.waitForSelector('.language-doubt', { state: 'detached' })
    await page.click('.publish')
    await gone()
    assert.equal((await posts())[0]?.language, 'de')
    await page.click('.rail .write')
    assert.equal(await page.inputValue('.language-picker select'), 'de')
    await page.selectOption('.language-picker select', '')
    await page.keyboard.press('Escape')
    await gone()
    desk.calm()
  })

  it('keeps the words of two tabs apart', async () => {
    const tab = await desk.context.newPage()
    await tab.goto('/home')
    await write('In the first tab')
    await tab.click('.rail .write')
    await tab.waitForSelector('.composer textarea')
    assert.equal(await tab.inputValue('.composer textarea'), '')
    await tab.fill('.composer textarea', 'In the second tab')
    await tab.reload()
    await tab.waitForSelector('.composer textarea')
    assert.equal(await tab.inputValue('.composer textarea'), 'In the second tab')
    assert.equal(await desk.page.inputValue('.composer textarea'), 'In the first tab')
    await tab.close()
    await discard()
    desk.calm()
  })

  it('has the words when one had to sign in again', async () => {
    const { page, context } = desk
    await desk.open('/home')
    await write('Written as the session ended')
    const cookies = await context.cookies()
    await context.clearCookies()
    await page.click('.publish')
    await page.waitForSelector('[name=password]')
    await context.addCookies(cookies)
    await page.goto('/home')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), 'Written as the session ended')
    await discard()
    desk.calm(/401/)
  })

  it('publishes later, and lets one change that, or do it at once', async () => {
    const { page } = desk
    await write('For tomorrow')
    await option('Publish later')
    const at = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
    await page.fill('input[type=datetime-local]', `${at}T09:30`)
    await desk.accessible('a post for later')
    await page.click('.publish:has-text("Publish later")')
    await gone()
    const [made] = await alice.api.get<ScheduledStatus[]>('/api/v1/scheduled_statuses')
    const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' })
    assert.equal(hour.format(new Date(made?.scheduled_at ?? 0)), '09:30')
    await desk.open('/scheduled')
    await page.click('.plan .button:has-text("Change")')
    await page.waitForSelector('.composer textarea')
    await page.fill('.composer textarea', 'For the day after tomorrow')
    await page.click('.publish')
    await gone()
    await page.waitForSelector('.plan:has-text("For the day after tomorrow")')
    const [changed] = await alice.api.get<ScheduledStatus[]>('/api/v1/scheduled_statuses')
    assert.deepEqual([changed?.id, changed?.scheduled_at], [made?.id, made?.scheduled_at])
    await page.click('.plan .button:has-text("Publish now")')
    await page.waitForSelector('.empty')
    assert.equal((await posts())[0]?.content, '<p>For the day after tomorrow</p>')
    desk.calm()
  })

  it('takes Markdown, shows how it will look, and remembers the choice', async () => {
    const { page } = desk
    await write('A *soft* word and **a strong one**')
    await option('Markdown')
    await page.click('.preview-toggle')
    await page.waitForSelector('.preview strong:has-text("a strong one")')
    await desk.accessible('a preview')
    await page.click('.publish')
    await gone()
    assert.match((await posts())[0]?.content ?? '', /<em>soft<\/em>/)
    await write('x')
    await page.waitForSelector('.preview-toggle')
    await option('Markdown')
    await discard()
    desk.calm()
  })

  it('has all emoji by name, in the tone of one’s skin, by keyboard', async () => {
    const { page } = desk
    await write('Hi ')
    await page.click('.compose-tools [aria-label="Emoji"]')
    await page.check('.tones input >> nth=4')
    await page.fill('.emoji-picker [type=search]', 'waving hand')
    await page.waitForSelector('.emoji-grid button')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.emoji-picker', { state: 'detached' })
    assert.equal(await page.inputValue('.composer textarea'), 'Hi 👋🏾')
    await page.click('.compose-tools [aria-label="Emoji"]')
    await page.waitForSelector('#emoji-recent button')
    await page.keyboard.press('Escape')
    await page.focus('.composer textarea')
    await page.keyboard.press('End')
    await page.keyboard.type(' :party')
    await page.waitForSelector('.suggestions [role=option]:has-text("party popper")')
    await page.keyboard.press('Tab')
    assert.match(await page.inputValue('.composer textarea'), /^Hi 👋🏾 .+ $/u)
    await discard()
    desk.calm()
  })

  it('says what went wrong with a file, and tries again', async () => {
    const { page } = desk
    await write('With a picture')
    let tries = 0
    await page.route('**/api/v2/media', (route) => {
      tries += 1
      return tries === 1
        ? route.fulfill({ status: 503, json: { error: 'The disk is busy' } })
        : route.continue()
    })
    const file = { name: 'sky.png', mimeType: 'image/png', buffer: await picture() }
    await page.setInputFiles('.composer input[type=file]', file)
    await page.waitForSelector('.upload [role=alert]:has-text("The disk is busy")')
    await page.click('.upload .button:has-text("Try again")')
    await page.waitForSelector('.upload-alt')
    await page.unroute('**/api/v2/media')
    await discard()
    desk.calm(/503/)
  })

  it('warns when an answer is for more people than what it answers', async () => {
    const { page } = desk
    const bob = await stage.world.account('bob')
    await alice.api.post(`/api/v1/accounts/${bob.id}/follow`)
    await stage.world.settle()
    const { id } = await bob.api.post<Status>('/api/v1/statuses', {
      status: 'Only for my followers',
      visibility: 'private',
    })
    await stage.world.settle()
    await desk.open(`/@bob/${id}`)
    await page.click('article.focused [aria-label^="Reply"], article.focused [data-hotkey=r]')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.locator('.reach.warn').count(), 0)
    await page.click('.audience')
    await page.click('[role=menuitemradio]:has-text("Everybody") >> nth=0')
    await page.waitForSelector('.reach.warn:has-text("for fewer people")')
    await page.keyboard.press('Escape')
    await gone()
    desk.calm()
  })
})
