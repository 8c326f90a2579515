// What holds on every screen: readable for everybody, in every colour, on the smallest phone, in both directions.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Status, WrappedCollection } from '../../src/contract/entities.ts'
import { ROUTES } from '../../src/web/app/routes.ts'
import { german } from '../../src/web/i18n/de.ts'
import { english } from '../../src/web/i18n/words.ts'
import type { MessageKey } from '../../src/web/i18n/words.ts'
import type { Person } from '../world.ts'
import { PASSWORD, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const DESK = { width: 1200, height: 860 }
const SMALLEST = { width: 320, height: 640 }

let visits = 0

describe('every screen', () => {
  let stage: Stage
  let alice: Person
  let paths: string[]
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD, role: 'owner' })
    const { id } = await fillWith(stage, alice)
    const list = await alice.api.post<{ id: string }>('/api/v1/lists', { title: LONG })
    const pack = await alice.api.post<WrappedCollection>('/api/v1/collections', { name: LONG })
    const circle = await fillPlans(alice)
    paths = [
      '/home',
      '/notifications',
      '/notifications/requests',
      '/public',
      '/public/local',
      '/explore',
      '/tags/river',
      '/lists',
      `/lists/${list.id}`,
      '/circles',
      `/circles/${circle}`,
      `/circles/${circle}/shared`,
      '/drafts',
      '/scheduled',
      '/bookmarks',
      '/favourites',
      '/conversations',
      '/follow-requests',
      '/search',
      '/search?q=river',
      '/start',
      '/start?step=how',
      '/start?step=tags',
      '/start?step=people',
      '/collections',
      `/collections/${pack.collection.id}`,
      '/settings',
      '/settings/profile',
      '/settings/posting',
      '/settings/appearance',
      '/settings/notifications',
      '/settings/tags',
      '/settings/muted',
      '/settings/blocked',
      '/settings/data',
      '/settings/leaving',
      '/settings/none',
      '/admin',
      '/admin/accounts',
      '/admin/domains',
      '/admin/settings',
      '/disputes',
      '/@alice',
      '/@alice/with_replies',
      '/@bob/media',
      '/@bob/followers',
      '/@alice/following',
      `/@alice/${id}`,
      `/@alice/${id}/history`,
      `/@alice/${id}/favourites`,
      `/@alice/${id}/boosts`,
      `/@alice/${id}/quotes`,
      '/@nobody',
      '/@alice/1',
    ]
    desk = await stage.visitor()
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  /** Goes there as a link would, without loading the client anew. */
  const show = async ({ page }: Visitor, path: string): Promise<void> => {
    await page.evaluate(`
      const here = decodeURI(location.pathname + location.search)
      if (here !== ${JSON.stringify(path)}) document.querySelector('.bar')?.setAttribute('data-left', '')
      history.pushState({ key: ${JSON.stringify(`${path} ${++visits}`)} }, '', ${JSON.stringify(path)})
      dispatchEvent(new PopStateEvent('popstate'))`)
    await page.waitForSelector('.bar:not([data-left]) h1')
    await page.waitForSelector('.skeleton', { state: 'detached' })
  }

  it('is looked at here', () => {
    const bare = [...paths.map((path) => path.split('?')[0] ?? ''), '/publish']
    for (const { pattern } of ROUTES)
      assert.ok(
        bare.some((path) => pattern.test(path)),
        String(pattern),
      )
  })

  it('can be used by everybody, fits the smallest phone, and reads from right to left as well', async () => {
    const { page } = desk
    for (const path of paths) {
      await page.setViewportSize(DESK)
      await show(desk, path)
      await desk.accessible(path)
      await page.evaluate('document.documentElement.dir = "rtl"')
      await desk.narrow(`${path} from right to left`)
      await page.setViewportSize(SMALLEST)
      await desk.narrow(`${path} from right to left on a phone`)
      await page.evaluate('document.documentElement.dir = "ltr"')
      await desk.narrow(`${path} on a phone`)
      await page.emulateMedia({ colorScheme: 'dark' })
      await desk.accessible(`${path} on a phone in the dark`)
      await page.emulateMedia({ colorScheme: 'light' })
      desk.calm(/404/)
    }
    await page.setViewportSize(DESK)
  })

  it('fits the smallest phone with very large text', async () => {
    const { page } = desk
    await show(desk, '/settings/appearance')
    await page.check('input[name=text][value=larger]', { force: true })
    await page.setViewportSize(SMALLEST)
    await page.reload()
    for (const path of ['/home', '/@alice', '/notifications', '/settings/appearance', '/settings/profile']) {
      await show(desk, path)
      assert.equal(await page.getAttribute('html', 'data-text'), 'larger')
      await desk.narrow(`${path} with very large text`)
    }
    await page.setViewportSize(DESK)
    await page.context().clearCookies({ name: 'folkmoot_look' })
    desk.calm()
  })

  it('has a composer that fits and can be used, with all that a post can hold', async () => {
    const { page } = desk
    await desk.open('/publish?text=Hello')
    await page.fill('.composer textarea', `Words, and ${LONG}. `.repeat(20))
    await page.click('.compose-tools [aria-label="Content warning"]')
    await page.click('.compose-tools [aria-label="Poll"]')
    await page.click('.poll-editor .button:has-text("Add a choice")')
    await desk.accessible('the composer with a poll')
    await page.setViewportSize(SMALLEST)
    await desk.narrow('the composer with a poll')
    const button = await page.locator('.compose-foot .button').boundingBox()
    assert.ok(button && button.y + button.height <= SMALLEST.height, 'the button is on the screen')
    await page.setViewportSize(DESK)
    await page.click('.compose-tools [aria-label="Poll"]')
    await page.click('.compose-tools [aria-label="Emoji"]')
    await page.waitForSelector('.compose-tools [role=dialog], .emoji-picker')
    await desk.accessible('the composer with emoji')
    await page.emulateMedia({ colorScheme: 'dark' })
    await desk.accessible('the composer in the dark', ['color-contrast'])
    await page.emulateMedia({ colorScheme: 'light' })
    await page.keyboard.press('Escape')
    desk.calm()
  })

  it('has stronger contrast for those who want it, in light and dark', async () => {
    const visitor = await stage.visitor({ contrast: 'more' })
    await visitor.signIn(alice)
    for (const colorScheme of ['light', 'dark'] as const) {
      await visitor.page.emulateMedia({ colorScheme })
      for (const path of ['/home', '/@bob']) {
        await show(visitor, path)
        await visitor.accessible(`${path}, ${colorScheme}, more contrast`, ['color-contrast'])
      }
    }
    await visitor.context.close()
  })

  it('speaks German throughout when asked to', async () => {
    const visitor = await stage.visitor({ locale: 'de-DE' })
    await visitor.signIn(alice)
    const keys = Object.keys(english) as MessageKey[]
    const foreign = keys
      .filter((key) => english[key] !== german[key] && english[key].length > 7 && !english[key].includes('{'))
      .map((key) => english[key])
    const own = new Set(Object.values(german))
    for (const path of paths) {
      await show(visitor, path)
      const lines = new Set((await visitor.page.innerText('body')).split('\n').map((line) => line.trim()))
      const left = foreign.filter((text) => lines.has(text) && !own.has(text))
      assert.deepEqual(left, [], path)
      const labels = await visitor.page.evaluate<string[]>(
        '[...document.querySelectorAll("[aria-label],[title],[placeholder]")].flatMap((one) => [one.ariaLabel, one.title, one.placeholder])',
      )
      assert.deepEqual(
        labels.filter((text) => foreign.includes(text) && !own.has(text)),
        [],
        path,
      )
    }
    await visitor.context.close()
  })

  it('of signing in and joining can be used by everybody too', async () => {
    const visitor = await stage.visitor()
    for (const path of [
      '/auth/sign_in',
      '/auth/sign_up',
      '/auth/password/new',
      '/auth/confirmation/new',
      '/rules',
      '/privacy-policy',
      '/about',
      '/interact',
      '/tags/river',
    ]) {
      await visitor.page.setViewportSize(DESK)
      await visitor.open(path)
      await visitor.accessible(path)
      await visitor.page.emulateMedia({ colorScheme: 'dark' })
      await visitor.accessible(`${path} in the dark`, ['color-contrast'])
      await visitor.page.emulateMedia({ colorScheme: 'light' })
      await visitor.page.setViewportSize(SMALLEST)
      await visitor.narrow(path)
      visitor.calm(/40\d/)
    }
    await visitor.context.close()
  })
})

/** Posts of every kind, with long words, other scripts and news about them; gives the one with most. */
async function fillWith(stage: Stage, alice: Person): Promise<Status> {
  const bob = await stage.world.account('bob', { password: PASSWORD })
  const dora = await stage.world.account('dora')
  await dora.api.patch('/api/v1/accounts/update_credentials', { display_name: 'دورا حسن' })
  await bob.api.patch('/api/v1/accounts/update_credentials', {
    display_name: LONG.slice(0, 60),
    note: `https://example.org/${LONG}/${LONG} #river`,
    fields_attributes: [{ name: LONG, value: `https://example.org/${LONG}` }],
  })
  for (const one of [bob, dora]) {
    await alice.api.post(`/api/v1/accounts/${one.id}/follow`)
    await one.api.post(`/api/v1/accounts/${alice.id}/follow`)
  }
  const send = (who: Person, body: object): Promise<Status> => who.api.post<Status>('/api/v1/statuses', body)
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(await picture())], { type: 'image/png' }), 'river.png')
  form.set('description', 'A river')
  const media = await bob.api.post<{ id: string }>('/api/v2/media', form)
  const first = await send(alice, { status: `Along the #river ${LONG}` })
  await send(bob, { status: 'A picture #river', media_ids: [media.id] })
  await send(bob, { status: LONG, spoiler_text: `Careful: ${LONG}` })
  await send(bob, { status: 'Which?', poll: { options: ['This', LONG.slice(0, 50)], expires_in: 3600 } })
  await send(dora, { status: 'مرحبا بالجميع! هذه أول مشاركة لي هنا. #river' })
  await send(dora, { status: '@alice شكرا', visibility: 'direct' })
  await send(bob, { status: '@alice yes', in_reply_to_id: first.id })
  await send(bob, { status: 'Look at that', quoted_status_id: first.id })
  await alice.api.put(`/api/v1/statuses/${first.id}`, { status: `All along the #river ${LONG}` })
  for (const deed of ['favourite', 'reblog']) await bob.api.post(`/api/v1/statuses/${first.id}/${deed}`)
  for (const deed of ['favourite', 'bookmark']) await alice.api.post(`/api/v1/statuses/${first.id}/${deed}`)
  await alice.api.post('/api/v1/tags/river/follow')
  await alice.api.post(`/api/v1/accounts/${(await stage.world.account('mutedone')).id}/mute`)
  await stage.world.settle()
  return first
}

/** A circle with somebody and something in it, a draft, and a post for later; gives the circle's id. */
async function fillPlans({ api }: Person): Promise<string> {
  const [bob] = await api.get<{ id: string }[]>('/api/v1/accounts/search?q=bob')
  const circle = await api.post<{ id: string }>('/api/v1/circles', { title: LONG })
  await api.post(`/api/v1/accounts/${bob?.id ?? ''}/follow`)
  await api.post(`/api/v1/circles/${circle.id}/accounts`, { account_ids: [bob?.id] })
  const post = { status: LONG, visibility: 'circles', circle_ids: [circle.id] }
  await api.post('/api/v1/statuses', post)
  const scheduled_at = new Date(Date.now() + 86_400_000).toISOString()
  await api.post('/api/v1/statuses', { ...post, scheduled_at })
  await api.post('/api/v1/drafts', { posts: [{ text: LONG }, { text: '' }] })
  return circle.id
}
