// Circles in the browser: making them, putting people in, sharing with them, and seeing afterwards who could read it.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Circle, Status } from '../../src/contract/entities.ts'
import { insertAccount } from '../../src/store/accounts.ts'
import { updateFollow } from '../../src/store/follows.ts'
import type { Person } from '../world.ts'
import { eventually } from '../world.ts'
import { PASSWORD, PHONE, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

const rowOfRuth = {
  id: 1234,
  username: 'ruth',
  domain: 'far.test',
  protocol: 'activitypub' as const,
  uri: 'https://far.test/users/ruth',
  username_key: 'ruth',
  created_at: 0,
  updated_at: 0,
}

describe('circles', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let carol: Person
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob')
    carol = await stage.world.account('carol')
    for (const one of [bob, carol]) await one.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await stage.world.settle()
    desk = await stage.visitor(PHONE)
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  const circle = async (): Promise<Circle | undefined> =>
    (await alice.api.get<Circle[]>('/api/v1/circles'))[0]
  const newest = async (): Promise<Status> => {
    await stage.world.settle()
    const [first] = await alice.api.get<Status[]>(`/api/v1/accounts/${alice.id}/statuses?limit=1`)
    assert.ok(first)
    return first
  }
  const sees = async (person: Person, id: string): Promise<boolean> =>
    (await person.api.status('GET', `/api/v1/statuses/${id}`)) === 200

  it('are explained, made, and filled by searching, with the keyboard alone', async () => {
    const { page } = desk
    await desk.open('/circles')
    assert.match(await page.innerText('.explain'), /Nobody else learns/)
    await page.fill('.inline-form input', 'Famly')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.rows li:has-text("Famly")')
    await page.click('.rows button:has-text("Famly") >> nth=0')
    await page.waitForSelector('[role=combobox]')
    await page.focus('[role=combobox]')
    await page.keyboard.type('bob')
    await page.waitForSelector('.person-search [role=option]')
    assert.equal(await page.getAttribute('[role=combobox]', 'aria-expanded'), 'true')
    await desk.accessible('the people of a circle')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.people li:has-text("bob")')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.rows li:has-text("1 person")')
    assert.equal((await circle())?.accounts_count, 1)
    desk.calm()
  })

  it('are renamed', async () => {
    const { page } = desk
    await page.click('.rows li [aria-haspopup=menu]')
    await page.click('[role=menuitem]:has-text("Rename")')
    await page.fill('dialog input', 'Family')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.rows li:has-text("Family")')
    desk.calm()
  })

  it('are chosen when writing, which says who will read it and warns of mentions outside', async () => {
    const { page } = desk
    await page.click('.tab-bar .write')
    await page.waitForSelector('.composer textarea')
    await page.click('.audience')
    await page.click('[role=menuitemradio]:has-text("Circles")')
    await page.fill('.composer textarea', 'Dinner at eight')
    await page.waitForSelector('.reach.warn:has-text("Choose at least one circle")')
    assert.equal(await page.isDisabled('.publish'), true)
    await page.click('.chip:has-text("Family")')
    await page.waitForSelector('.reach:has-text("one person in Family, and nobody else")')
    await page.fill('.composer textarea', 'Dinner at eight, @carol and @bob')
    await page.waitForSelector('.reach.warn:has-text("@carol")')
    assert.equal(await page.locator('.reach.warn:has-text("@bob")').count(), 0)
    await desk.accessible('a post for a circle')
    await desk.narrow('a post for a circle')
    await page.fill('.composer textarea', 'Dinner at eight')
    await page.click('.publish')
    await page.waitForSelector('.composer', { state: 'detached' })
    const { id, limited } = await newest()
    assert.equal(limited, true)
    assert.deepEqual([await sees(bob, id), await sees(carol, id)], [true, false])
    desk.calm()
  })

  it('say which of their people on other servers won’t find it in their home', async () => {
    const { page } = desk
    await stage.world.house.ctx.store.write((tx) => insertAccount(tx, rowOfRuth))
    const path = `/api/v1/circles/${(await circle())?.id ?? ''}/accounts`
    await alice.api.post(`/api/v1/accounts/${rowOfRuth.id}/follow`)
    await stage.world.house.ctx.store.write((tx) =>
      updateFollow(tx, alice.accountId, rowOfRuth.id, { accepted: 1 }),
    )
    await alice.api.post(path, { account_ids: [String(rowOfRuth.id)] })
    await page.click('.tab-bar .write')
    await page.click('.audience')
    await page.click('[role=menuitemradio]:has-text("Circles")')
    await page.click('.chip:has-text("Family")')
    await page.waitForSelector('.reach:has-text("@ruth@far.test")')
    assert.equal(await page.locator('.reach:has-text("bob")').count(), 0)
    await page.keyboard.press('Escape')
    await page.waitForSelector('.composer', { state: 'detached' })
    await alice.api.delete(path, { account_ids: [String(rowOfRuth.id)] })
    desk.calm()
  })

  it('are named on the post for its author alone; others see that it is for chosen people', async () => {
    const { page } = desk
    await desk.open('/home')
    await page.waitForSelector('article:has-text("Dinner at eight") .went-to:has-text("Family")')
    await desk.open(`/circles/${(await circle())?.id ?? ''}/shared`)
    await page.waitForSelector('article:has-text("Dinner at eight")')
    const { id } = await newest()
    const shown = await bob.api.get<Status>(`/api/v1/statuses/${id}`)
    assert.deepEqual([shown.visibility, shown.limited], ['private', true])
    desk.calm()
  })

  it('of a person are in the menu of their profile', async () => {
    const { page } = desk
    await desk.open('/@carol')
    await page.click('.ringed')
    await page.click('[role=menuitem]:has-text("Circles")')
    await page.click('dialog .check:has-text("Family")')
    await eventually(async () => (await circle())?.accounts_count === 2)
    await desk.accessible('the circles of a person')
    await page.fill('dialog .chooser-line input', 'Choir')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog .check:has-text("Choir")')
    await eventually(async () => {
      const of = await alice.api.get<Circle[]>(`/api/v1/accounts/${carol.id}/circles`)
      return of.length === 2
    })
    await page.keyboard.press('Escape')
    desk.calm()
  })

  it('are deleted after a plain warning', async () => {
    const { page } = desk
    await desk.open('/circles')
    await page.click('.rows li:has-text("Choir") [aria-haspopup=menu]')
    await page.click('[role=menuitem].danger')
    assert.match(await page.innerText('.question'), /stays readable for those who could read it/)
    await page.click('dialog .button.danger')
    await page.waitForSelector('.rows li:has-text("Choir")', { state: 'detached' })
    assert.equal((await alice.api.get<Circle[]>('/api/v1/circles')).length, 1)
    desk.calm()
  })
})
