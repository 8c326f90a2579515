// What people do with their own posts in the web client: write, warn, ask, edit, take back.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { eventually } from '../world.ts'
import { PASSWORD, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('one’s own posts', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob', { password: PASSWORD })
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await alice.api.post('/api/v1/statuses', { status: 'The very first.' })
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  const write = async (text: string): Promise<void> => {
    await desk.page.click('.rail .write')
    await desk.page.fill('.composer textarea', text)
  }
  const publish = async (): Promise<void> => {
    await desk.page.click('.compose-foot .button:has-text("Publish")')
    await desk.page.waitForSelector('.composer', { state: 'detached' })
  }
  const posted = (words: string): string => `.feed article:has-text("${words}")`
  const newest = async (): Promise<Status> => {
    const [post] = await alice.api.get<Status[]>(`/api/v1/accounts/${alice.id}/statuses?limit=1`)
    assert.ok(post)
    return post
  }
  const choose = async (words: string, item: string): Promise<void> => {
    await desk.page.click(`${posted(words)} >> [aria-haspopup=menu]:has-text("More")`)
    await desk.page.click(`[role=menuitem]:has-text("${item}")`)
  }

  it('hide behind a warning what somebody may not want to see', async () => {
    const { page } = desk
    await write('The butler did it.')
    await page.click('.compose-tools [aria-label="Content warning"]')
    await page.fill('.composer input[aria-label="Content warning"]', 'The end of the film')
    await publish()
    const shown = page.locator(posted('The end of the film'))
    await shown.waitFor()
    assert.equal(await shown.locator('text=The butler did it.').isVisible(), false)
    await shown.locator('summary').click()
    assert.equal(await shown.locator('text=The butler did it.').isVisible(), true)
    const post = await newest()
    assert.equal(post.spoiler_text, 'The end of the film')
    desk.calm()
  })

  it('ask others in a poll', async () => {
    const { page } = desk
    await write('Which day for the ride?')
    await page.click('.compose-tools [aria-label="Poll"]')
    await page.fill('[aria-label="Choice 1"]', 'Saturday')
    assert.equal(await page.isDisabled('.compose-foot .button:has-text("Publish")'), true)
    await page.fill('[aria-label="Choice 2"]', 'Sunday')
    await page.click('.poll-editor .button:has-text("Add a choice")')
    await page.fill('[aria-label="Choice 3"]', 'Never')
    await page.check('.poll-editor input[type=checkbox]')
    await page.selectOption('.poll-editor select', '21600')
    await publish()
    await page.waitForSelector(`${posted('Which day for the ride?')} >> text=Sunday`)
    const { poll } = await newest()
    assert.deepEqual(
      poll?.options.map((option) => option.title),
      ['Saturday', 'Sunday', 'Never'],
    )
    assert.equal(poll?.multiple, true)
    const hours = (Date.parse(poll?.expires_at ?? '') - Date.now()) / 3_600_000
    assert.ok(hours > 5.9 && hours < 6.1, `${hours} hours`)
    desk.calm()
  })

  it('say before they are sent who will read them', async () => {
    const { page } = desk
    const reach = async (): Promise<string> => page.innerText('.composer .reach')
    await write('Just for you')
    assert.match(await reach(), /Anybody on the web/)
    await page.click('.audience')
    await page.click('[role=menuitemradio]:has-text("Followers")')
    assert.match(await reach(), /Your one follower/)
    await page.click('.audience')
    await page.click('[role=menuitemradio]:has-text("Direct message")')
    assert.match(await reach(), /Nobody but you/)
    await page.fill('.composer textarea', '@bob just for you')
    assert.match((await reach()).replaceAll(/[\u2068\u2069]/g, ''), /Only @bob and you/)
    await publish()
    await page.click('.rail a[href="/conversations"]')
    await page.waitForSelector('#content :text("just for you")')
    assert.equal((await newest()).visibility, 'direct')
    const read = await fetch(`${stage.world.origin}/@alice/${(await newest()).id}`)
    assert.equal(read.status, 404)
    desk.calm()
  })

  it('survive a reload while they are written', async () => {
    const { page } = desk
    await desk.open('/home')
    await write('Half a thought, with a picture')
    await page.setInputFiles('.composer input[type=file]', {
      name: 'sky.png',
      mimeType: 'image/png',
      buffer: await picture(),
    })
    await page.waitForSelector('.upload-alt')
    await page.reload()
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), 'Half a thought, with a picture')
    await page.waitForSelector('.upload img')
    await publish()
    await page.waitForSelector(`${posted('Half a thought')} >> .media img`)
    assert.equal((await newest()).media_attachments.length, 1)
    await page.click('.rail .write')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), '')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.composer', { state: 'detached' })
    desk.calm()
  })

  it('wait when there is no network, and are sent once when there is', async () => {
    const { page, context } = desk
    await write('Written in a tunnel')
    await context.setOffline(true)
    await page.click('.compose-foot .button:has-text("Publish")')
    await page.waitForSelector('.composer', { state: 'detached' })
    await page.waitForSelector('.outbox :text("Written in a tunnel")')
    await desk.accessible('a post that waits to be sent')
    await context.setOffline(false)
    await page.waitForSelector(posted('Written in a tunnel'))
    await page.waitForSelector('.outbox', { state: 'detached' })
    await stage.world.settle()
    const list = await alice.api.get<Status[]>(`/api/v1/accounts/${alice.id}/statuses`)
    assert.equal(list.filter((one) => one.content?.includes('in a tunnel') === true).length, 1)
    assert.throws(() => desk.calm(), /ERR_INTERNET_DISCONNECTED/)
  })

  it('can be edited, and show that and how', async () => {
    const { page } = desk
    await choose('Written in a tunnel', 'Edit')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), 'Written in a tunnel')
    await page.fill('.composer textarea', 'Written in a long tunnel')
    await page.click('.compose-foot .button:has-text("Save changes")')
    await page.waitForSelector(posted('Written in a long tunnel'))
    await choose('Written in a long tunnel', 'Edit history')
    await page.waitForSelector('.edit >> nth=1')
    assert.match(await page.innerText('#content'), /Written in a tunnel/)
    desk.calm()
  })

  it('can be written anew without typing them again', async () => {
    const { page } = desk
    await page.goBack()
    await choose('Written in a long tunnel', 'Delete and write again')
    await page.click('dialog .button.danger')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), 'Written in a long tunnel')
    await page.fill('.composer textarea', 'Written in daylight')
    await publish()
    await page.waitForSelector(posted('Written in daylight'))
    await page.waitForSelector(posted('Written in a long tunnel'), { state: 'detached' })
    desk.calm()
  })

  it('can be deleted, after a question', async () => {
    const { page } = desk
    const { id } = await newest()
    await choose('Written in daylight', 'Delete')
    await page.click('dialog .button.quiet:has-text("Cancel")')
    assert.equal(await page.locator(posted('Written in daylight')).count(), 1)
    await page.click(`${posted('Written in daylight')} >> [aria-haspopup=menu]:has-text("More")`)
    await page.click('[role=menuitem].danger:has-text("Delete")')
    await page.click('dialog .button.danger')
    await page.waitForSelector(posted('Written in daylight'), { state: 'detached' })
    assert.equal(await alice.api.status('GET', `/api/v1/statuses/${id}`), 404)
    desk.calm()
  })

  it('vanish from the screens of others at once when they are deleted', async () => {
    const visitor = await stage.visitor()
    const { id } = await alice.api.post<Status>('/api/v1/statuses', { status: 'Gone in a moment' })
    await stage.world.settle()
    await visitor.signIn(bob)
    await visitor.page.waitForSelector(posted('Gone in a moment'))
    await alice.api.delete(`/api/v1/statuses/${id}`)
    await stage.world.settle()
    await eventually(async () => (await visitor.page.locator(posted('Gone in a moment')).count()) === 0)
    visitor.calm()
    await visitor.context.close()
  })
})
