// The web client without a mouse.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { eventually } from '../world.ts'
import { PASSWORD, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('the keyboard', () => {
  let stage: Stage
  let alice: Person
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    for (const status of ['one', 'two', 'three']) await alice.api.post('/api/v1/statuses', { status })
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(alice)
    await desk.page.waitForSelector('.feed article')
  })
  after(() => stage.stop())

  const focused = (): Promise<string> =>
    desk.page.evaluate(
      'document.activeElement.closest("article")?.querySelector(".content")?.textContent ?? ""',
    )

  it('explains itself, and Escape gives the focus back', async () => {
    const { page } = desk
    await page.focus('.rail .write')
    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open] .keys')
    await desk.accessible('the help')
    await page.keyboard.press('j')
    assert.equal(await focused(), '')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'detached' })
    await eventually(() => page.evaluate('document.activeElement.classList.contains("write")'))
    desk.calm()
  })

  it('goes from post to post and back', async () => {
    const { page } = desk
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('j')
    assert.equal(await focused(), 'three')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    assert.equal(await focused(), 'one')
    await page.keyboard.press('k')
    assert.equal(await focused(), 'two')
    desk.calm()
  })

  it('boosts, favourites and keeps the post one is at', async () => {
    const { page } = desk
    assert.equal(await focused(), 'two')
    await page.keyboard.press('f')
    await page.keyboard.press('d')
    await page.keyboard.press('b')
    await page.waitForSelector('[role=menu]')
    await page.keyboard.press('Enter')
    const list = await alice.api.get<Status[]>(`/api/v1/accounts/${alice.id}/statuses?exclude_reblogs=true`)
    const id = list.find((one) => one.content?.includes('two'))?.id ?? ''
    await eventually(async () => {
      const { favourited, bookmarked, reblogged } = await alice.api.get<Status>(`/api/v1/statuses/${id}`)
      return favourited && bookmarked && reblogged
    })
    desk.calm()
  })

  it('opens a post, and the place before it again', async () => {
    const { page } = desk
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.post.focused:has-text("three")')
    await page.goBack()
    await page.waitForSelector('.feed article:has-text("one")')
    desk.calm()
  })

  it('leads to every place', async () => {
    const { page } = desk
    const goals: [string, string][] = [
      ['n', '/notifications'],
      ['l', '/public/local'],
      ['s', '/settings'],
      ['p', '/@alice'],
      ['h', '/home'],
    ]
    for (const [key, path] of goals) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.waitForURL(`**${path}`)
    }
    await page.keyboard.press('/')
    await page.waitForURL('**/search')
    await eventually(async () => (await page.evaluate('document.activeElement.type')) === 'search')
    await page.keyboard.type('gh?')
    assert.equal(await page.inputValue('input[type=search]'), 'gh?')
    assert.equal(new URL(page.url()).pathname, '/search')
    desk.calm()
  })

  it('works a menu: arrows move, Escape closes it and stays at its button', async () => {
    const { page } = desk
    await desk.open('/home')
    const button = page.locator('.feed article >> nth=0 >> [aria-haspopup=menu]:has-text("More")')
    await button.focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('[role=menu]')
    const first = await page.evaluate('document.activeElement.textContent')
    await page.keyboard.press('ArrowDown')
    assert.notEqual(await page.evaluate('document.activeElement.textContent'), first)
    await page.keyboard.press('ArrowUp')
    assert.equal(await page.evaluate('document.activeElement.textContent'), first)
    await desk.accessible('a menu')
    await page.keyboard.press('Escape')
    await page.waitForSelector('[role=menu]', { state: 'detached' })
    await eventually(() => page.evaluate('document.activeElement.ariaHasPopup === "menu"'))
    desk.calm()
  })

  it('skips to the content with the first Tab', async () => {
    const { page } = desk
    await desk.open('/home')
    await page.waitForSelector('.feed article')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.className'), 'skip')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.id'), 'content')
    desk.calm()
  })

  it('closes the composer with Escape, keeps the words, and gives the focus back', async () => {
    const { page } = desk
    await page.focus('.rail .write')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.composer textarea')
    await page.keyboard.type('unfinished')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.composer', { state: 'detached' })
    await eventually(() => page.evaluate('document.activeElement.classList.contains("write")'))
    await page.keyboard.press('n')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), 'unfinished')
    await page.keyboard.press('Escape')
    desk.calm()
  })
})
