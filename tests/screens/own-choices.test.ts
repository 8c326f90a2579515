// What people decide about their own things in the client: profile hashtags, muting for a while, languages, old posts, archives.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FeaturedTag, PostRetention, Relationship } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { eventually } from '../world.ts'
import { PASSWORD, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('own choices', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob', { password: PASSWORD })
    await alice.api.post(`/api/v1/accounts/${bob.id}/follow`)
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  const relation = async (): Promise<Relationship> => {
    const [found] = await alice.api.get<Relationship[]>(`/api/v1/accounts/relationships?id[]=${bob.id}`)
    assert.ok(found)
    return found
  }
  const choose = async (item: string): Promise<void> => {
    await desk.page.click('.profile [aria-haspopup=menu], main [aria-haspopup=menu].ringed')
    await desk.page.click(`[role=menuitem]:has-text("${item}")`)
  }

  it('mute somebody for a day and still hear of them', async () => {
    const { page } = desk
    await page.goto(`${stage.world.origin}/@bob`)
    await choose('Mute')
    await page.selectOption('dialog select[name=duration]', '86400')
    await page.uncheck('dialog input[name=notifications]')
    await page.click('dialog button[type=submit]')
    const muted = await eventually(async () => {
      const found = await relation()
      return found.muting ? found : undefined
    })
    assert.deepEqual([muted.muting_notifications, muted.muting_expires_at === null], [false, false])
  })

  it('follow somebody in some languages only', async () => {
    const { page } = desk
    await choose('Languages')
    await page.check('dialog label:has-text("German") input')
    await page.click('dialog button[type=submit]')
    assert.deepEqual(await eventually(async () => (await relation()).languages), ['de'])
  })

  it('put hashtags on the profile and take them off', async () => {
    const { page } = desk
    const tags = (): Promise<FeaturedTag[]> => alice.api.get('/api/v1/featured_tags')
    await page.goto(`${stage.world.origin}/settings/profile`)
    await page.fill('section[aria-labelledby=featured-tags] input', '#gardening')
    await page.click('section[aria-labelledby=featured-tags] button[type=submit]')
    await eventually(async () => (await tags()).length === 1)
    await page.click('button[aria-label*="gardening"]')
    await eventually(async () => (await tags()).length === 0)
  })

  it('let old posts go, after one more question', async () => {
    const { page } = desk
    await page.goto(`${stage.world.origin}/settings/expiry`)
    await page.check('input[name=enabled]')
    await page.selectOption('select[name=days]', '30')
    await page.check('input[name=media]')
    await page.click('form.form button[type=submit]')
    await page.waitForSelector('dialog:has-text("30 days")')
    await page.click('dialog .button.danger')
    const rules = await eventually(async () => {
      const found = await alice.api.get<PostRetention>('/api/v1/post_retention')
      return found.enabled ? found : undefined
    })
    assert.deepEqual([rules.days, rules.keep_media, rules.keep_polls], [30, true, false])
  })

  it('ask for an archive, and be warned before a list replaces what is there', async () => {
    const { page } = desk
    await page.goto(`${stage.world.origin}/settings/data`)
    await page.click('button:has-text("Ask for an archive")')
    await eventually(async () => {
      await stage.world.settle()
      return (await page.locator('a[href*="/settings/archives/"]').count()) === 1
    })
    await page.selectOption('section[aria-labelledby=imports] select >> nth=1', 'replace')
    await page.setInputFiles('section[aria-labelledby=imports] input[type=file]', {
      name: 'follows.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('alice@elsewhere.test\n'),
    })
    await page.waitForSelector('dialog:has-text("will be removed"):has-text("bob@")')
    await page.click('dialog .button.quiet')
    assert.deepEqual(await alice.api.get('/api/v1/imports'), [])
  })

  it('look around by the tabs that visitors have', async () => {
    const { page } = desk
    await page.goto(`${stage.world.origin}/explore`)
    await page.waitForSelector('nav.tabs a[aria-current=page]:has-text("Popular")')
    await page.click('nav.tabs a[href="/explore?show=people"]')
    await page.waitForSelector('nav.tabs a[aria-current=page][href="/explore?show=people"]')
    await page.waitForSelector('main :text("Nobody"), main ul.people')
    await page.click('nav.tabs a[href="/public"]')
    await page.waitForURL('**/public')
  })
})
