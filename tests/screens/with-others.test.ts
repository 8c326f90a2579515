// What people do with each other in the web client: boost, keep, answer, follow, and hear of it.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Relationship, Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { eventually } from '../world.ts'
import { PASSWORD, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('people with each other', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let post: Status
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob', { password: PASSWORD })
    await alice.api.post(`/api/v1/accounts/${bob.id}/follow`)
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(await picture())], { type: 'image/png' }), 'river.png')
    form.set('description', 'A river at noon')
    const media = await bob.api.post<{ id: string }>('/api/v2/media', form)
    post = await bob.api.post<Status>('/api/v1/statuses', {
      status: 'Down by the #river',
      media_ids: [media.id],
    })
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  const row = '.feed article:has-text("Down by the")'
  const now = (): Promise<Status> => alice.api.get<Status>(`/api/v1/statuses/${post.id}`)
  const told = (type: string): Promise<boolean> =>
    eventually(async () => {
      await stage.world.settle()
      const list = await bob.api.get<{ type: string }[]>('/api/v1/notifications')
      return list.some((one) => one.type === type)
    })

  it('boost, favourite and keep with one click each, and take it back with another', async () => {
    const { page } = desk
    await page.click(`${row} >> [data-hotkey=f]`)
    await page.click(`${row} >> [data-hotkey=d]`)
    await page.click(`${row} >> [aria-haspopup=menu] >> nth=0`)
    await page.click('[role=menuitem]:has-text("Boost")')
    await eventually(async () => {
      const { favourited, bookmarked, reblogged } = await now()
      return favourited && bookmarked && reblogged
    })
    assert.ok((await told('favourite')) && (await told('reblog')))
    for (const path of ['/favourites', '/bookmarks']) {
      await page.click(`.rail a[href="${path}"]`)
      await page.waitForSelector(row)
    }
    await page.click('.rail a[href="/home"]')
    await page.click(`${row} >> nth=0 >> [data-hotkey=f]`)
    await page.click(`${row} >> nth=0 >> [data-hotkey=d]`)
    await eventually(async () => {
      const { favourited, bookmarked } = await now()
      return favourited === false && bookmarked === false
    })
    desk.calm()
  })

  it('look at a picture closely, hear what it shows, and are back where they were', async () => {
    const { page } = desk
    await desk.open('/home')
    await page.click(`${row} >> nth=0 >> .tile`)
    await page.waitForSelector('dialog.lightbox img')
    assert.equal(await page.getAttribute('dialog.lightbox img', 'alt'), 'A river at noon')
    assert.match(await page.innerText('dialog.lightbox'), /A river at noon/)
    await desk.accessible('a picture')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog.lightbox', { state: 'detached' })
    await eventually(() => page.evaluate('document.activeElement.classList.contains("tile")'))
    desk.calm()
  })

  it('answer where they read', async () => {
    const { page } = desk
    await page.click(`${row} >> nth=0 >> [data-hotkey=r]`)
    await page.waitForSelector('.composer textarea')
    await page.keyboard.type('wish I were there')
    await page.click('.compose-foot .button:has-text("Publish")')
    await page.waitForSelector('.composer', { state: 'detached' })
    await desk.open(`/@bob/${post.id}`)
    await page.waitForSelector('.answers article:has-text("wish I were there")')
    assert.ok(await told('mention'))
    desk.calm()
  })

  it('see an answer appear in the thread that they read', async () => {
    const { page } = desk
    const [mine] = await alice.api.get<Status[]>(`/api/v1/accounts/${alice.id}/statuses?limit=1`)
    assert.ok(mine)
    await bob.api.post('/api/v1/statuses', { status: '@alice come along', in_reply_to_id: mine.id })
    await stage.world.settle()
    await desk.open(`/@bob/${post.id}`)
    await page.waitForSelector('.answers article:has-text("come along")')
    const words = await page.locator('.answers article').allInnerTexts()
    assert.ok(
      words.findIndex((text) => text.includes('wish')) < words.findIndex((text) => text.includes('come')),
    )
    desk.calm()
  })

  it('are told what happened, in words', async () => {
    await alice.api.post(`/api/v1/statuses/${post.id}/favourite`)
    await stage.world.settle()
    const visitor = await stage.visitor()
    await visitor.signIn(bob)
    await visitor.page.click('.rail a[href="/notifications"]')
    for (const words of ['alice favourited your post', 'alice boosted your post', 'wish I were there'])
      await visitor.page.waitForSelector(`.news:has-text("${words}")`)
    await visitor.page.click('[role=tab]:has-text("Mentions")')
    await visitor.page.waitForSelector('.news:has-text("alice favourited")', { state: 'detached' })
    await visitor.page.waitForSelector('.news:has-text("wish I were there")')
    visitor.calm()
    await visitor.context.close()
  })

  it('stop following as easily as they began', async () => {
    const { page } = desk
    const follows = async (): Promise<boolean | undefined> => {
      const [relation] = await alice.api.get<Relationship[]>(`/api/v1/accounts/relationships?id[]=${bob.id}`)
      return relation?.following
    }
    await desk.open('/@bob')
    await page.click('.profile-do .button:has-text("Following")')
    await page.waitForSelector('.profile-do .button:text-is("Follow")')
    await eventually(async () => (await follows()) === false)
    await page.click('.profile-do .button:text-is("Follow")')
    await page.waitForSelector('.profile-do .button:has-text("Following")')
    await eventually(async () => (await follows()) === true)
    desk.calm()
  })

  it('find a post again by its words, and by its address', async () => {
    const { page } = desk
    await desk.open('/search')
    await page.fill('input[type=search]', post.url ?? '')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/@bob/${post.id}`)
    await page.waitForSelector('.post.focused:has-text("Down by the")')
    await desk.open('/search?q=nothingofthekind')
    await page.waitForSelector('.empty:has-text("Nothing found")')
    desk.calm()
  })

  it('mute somebody from a post, and find the way back in the settings', async () => {
    const { page } = desk
    await desk.open(`/@bob/${post.id}`)
    await page.click('.post.focused >> [aria-haspopup=menu]:has-text("More")')
    await page.click('[role=menuitem]:has-text("Mute bob")')
    await desk.open('/settings/muted')
    await page.click('.people li:has-text("bob") .button:has-text("Unmute")')
    await page.waitForSelector('.empty')
    const [relation] = await alice.api.get<Relationship[]>(`/api/v1/accounts/relationships?id[]=${bob.id}`)
    assert.equal(relation?.muting, false)
    desk.calm()
  })
})
