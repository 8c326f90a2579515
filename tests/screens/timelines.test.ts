// Timelines as one reads them: where one stopped, what came meanwhile, however long they are.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Marker, Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { PASSWORD, PHONE, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

const NO_NET = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/

describe('timelines', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let carol: Person
  let desk: Visitor
  const posts: Status[] = []
  let later = 0

  const write = async (count: number, word: string): Promise<void> => {
    for (let index = 1; index <= count; index += 1)
      posts.push(await bob.api.post<Status>('/api/v1/statuses', { status: `${word} ${index}.` }))
    await stage.world.settle()
  }
  const markOf = async (): Promise<string | undefined> =>
    (await alice.api.get<{ home?: Marker }>('/api/v1/markers?timeline[]=home')).home?.last_read_id
  /** Waits for something that happens beside the page. */
  const until = async (holds: () => Promise<boolean>, what = () => 'it never happened'): Promise<void> => {
    for (let tries = 0; !(await holds()); tries += 1) {
      assert.ok(tries < 300, what())
      await desk.page.waitForTimeout(50)
    }
  }
  const texts = ({ page }: Visitor): Promise<string[]> =>
    page.evaluate(`[...document.querySelectorAll('.feed article .content')]
      .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
      .map((one) => one.textContent)`)

  before(async () => {
    stage = await startStage({ clock: { now: () => Date.now() + later } })
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob', { password: PASSWORD })
    carol = await stage.world.account('carol', { password: PASSWORD })
    for (const one of [bob, carol]) await alice.api.post(`/api/v1/accounts/${one.accountId}/follow`)
    await stage.world.settle()
    await write(3, 'Early')
    desk = await stage.visitor()
    await desk.signIn(alice)
    await desk.page.waitForSelector('article:has-text("Early 3.")')
  })
  after(() => stage.stop())

  it('where one stopped is known on every device: a line, and a way there', async () => {
    const { page } = desk
    await page.click('a.goal[href="/bookmarks"]')
    await page.waitForSelector('h1:has-text("Bookmarks")')
    await until(async () => (await markOf()) === posts.at(-1)?.id)
    await write(30, 'Later')
    const phone = await stage.visitor(PHONE)
    await phone.signIn(alice)
    await phone.page.waitForSelector('article:has-text("Later 30.")')
    await phone.accessible('home with a way to where one stopped')
    await phone.page.click('.to-here')
    await phone.page.waitForSelector('.here')
    await phone.page.waitForSelector('article:has-text("Early 3.")')
    const [line, early] = await phone.page.evaluate<[number, number]>(`[
      document.querySelector('.here').getBoundingClientRect().top,
      [...document.querySelectorAll('article')].find((one) => one.textContent.includes('Early 3.')).getBoundingClientRect().top]`)
    assert.ok(line > 0 && line < 400, `the line is at ${line}`)
    assert.ok(early > line)
    // Nobody is taken to have read what lies between.
    await phone.page.click('.tab-bar a[href="/notifications"]')
    await phone.page.waitForSelector('h1:has-text("Notifications")')
    const mark = Number(await markOf())
    assert.ok(mark < Number(posts.at(-20)?.id), 'the mark did not jump to the newest')
    phone.calm()
    await phone.context.close()
  })

  it('what was missed is a gap that loads in its place, without the rest moving', async () => {
    const { page } = desk
    // The stream is away while much is written; then the connection is back.
    await page.route('**/api/v1/streaming/**', (route) => route.abort())
    await page.goto('/home')
    await page.waitForSelector('article:has-text("Later 30.")')
    await write(45, 'Missed')
    await page.evaluate(`dispatchEvent(new Event('online'))`)
    await page.click('.pill:has-text("20 new posts")')
    await page.waitForSelector('article:has-text("Missed 45.")')
    const wheelTo = (selector: string): Promise<void> =>
      until(async () => {
        if ((await page.locator(selector).count()) > 0) return true
        await page.mouse.wheel(0, 600)
        return false
      })
    await page.mouse.move(700, 400)
    for (let filled = 0; filled < 2; filled += 1) {
      await wheelTo('.gap')
      await page.locator('.gap').scrollIntoViewIfNeeded()
      const known = await page.locator('.feed-row:has(.gap)').getAttribute('data-index')
      const above = `[data-index="${Number(known) - 1}"]`
      const place = () => page.locator(above).evaluate((row) => row.getBoundingClientRect().top)
      const top = await place()
      await page.locator('.gap').click()
      await page.waitForSelector(`[data-index="${known}"] article`)
      assert.ok(Math.abs((await place()) - top) < 2, 'what stood above the gap moved')
    }
    assert.equal(await page.locator('.gap').count(), 0)
    await page.evaluate('scrollTo(0, 0)')
    const seen = new Set<string>()
    await until(async () => {
      for (const text of await texts(desk)) seen.add(text)
      await page.mouse.wheel(0, 600)
      return seen.has('Early 1.')
    })
    await page.unroute('**/api/v1/streaming/**')
    for (let index = 1; index <= 45; index += 1) assert.ok(seen.has(`Missed ${index}.`), `Missed ${index}.`)
    desk.calm(NO_NET)
  })

  it('a long timeline costs no more than a short one, and going back finds the same place', async () => {
    const { page } = desk
    await write(120, 'Long')
    await page.goto('/home')
    await page.waitForSelector('article')
    let most = 0
    await until(async () => {
      await page.mouse.wheel(0, 2500)
      most = Math.max(most, await page.locator('.feed article').count())
      return (await texts(desk)).some((text) => text.startsWith('Later '))
    })
    assert.ok(most > 0 && most <= 45, `${most} posts at once`)
    await page.waitForSelector('.skeleton', { state: 'detached' })
    await page.evaluate('scrollBy(0, -700)')
    const atTop = `(() => {
      const one = [...document.querySelectorAll('.feed article')].filter((one) => one.getBoundingClientRect().top > 64)
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0]
      return [one.querySelector('.content').textContent, Math.round(one.getBoundingClientRect().top)] })()`
    // The wheel may still be turning: what counts is where the page is when it is left.
    const before = await page.evaluate<[string, number]>(`(() => {
      const place = ${atTop}
      document.querySelectorAll('.feed article .post-when')[4].click()
      return place })()`)
    await page.waitForSelector('.thread-focus article')
    await page.goBack()
    await page.waitForSelector('.feed article')
    let now = await page.evaluate<[string, number]>(atTop)
    await until(
      async () => {
        now = await page.evaluate<[string, number]>(atTop)
        return now[0] === before[0] && Math.abs(now[1] - before[1]) <= 2
      },
      () => `${String(before)} became ${String(now)}`,
    )
    desk.calm()
  })

  it('a post that several people boosted stands once with their names, an answer below what it answers', async () => {
    const { page } = desk
    const root = await bob.api.post<Status>('/api/v1/statuses', { status: 'A question?' })
    await bob.api.post('/api/v1/statuses', { status: 'Something between.' })
    await carol.api.post('/api/v1/statuses', { status: 'An answer!', in_reply_to_id: root.id })
    later += 3 * 86_400_000
    await bob.api.post(`/api/v1/statuses/${posts[0]?.id}/reblog`)
    await stage.world.settle()
    later += 3 * 86_400_000
    await carol.api.post(`/api/v1/statuses/${posts[0]?.id}/reblog`)
    await stage.world.settle()
    await page.goto('/home')
    await page.waitForSelector('article:has-text("A question?")')
    const order = (await texts(desk)).slice(0, 4)
    assert.deepEqual(order, ['Early 1.', 'A question?', 'An answer!', 'Something between.'])
    assert.match((await page.locator('.post-why').first().textContent()) ?? '', /carol.*bob/)
    assert.equal(await page.locator('article.threaded:has-text("A question?")').count(), 1)
    await desk.accessible('home with boosts and a thread')
    desk.calm()
  })

  it('a picture that is still on its way has a blurred likeness in its place, and nothing moves when it comes', async () => {
    const { page } = desk
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(await picture())], { type: 'image/png' }), 'sky.png')
    const media = await bob.api.post<{ id: string }>('/api/v2/media', form)
    await bob.api.post('/api/v1/statuses', { status: 'The sky.', media_ids: [media.id] })
    await stage.world.settle()
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/media/**', async (route) => {
      await held
      await route.continue()
    })
    await page.goto('/home', { waitUntil: 'domcontentloaded' })
    await page.waitForSelector('canvas.blur')
    const points = await page.evaluate<number>(`(() => {
      const { data } = document.querySelector('canvas.blur').getContext('2d').getImageData(0, 0, 24, 24)
      return data.filter((value) => value > 0).length })()`)
    assert.ok(points > 24 * 24, 'the likeness is drawn')
    const height = (): Promise<number> =>
      page.evaluate(`document.querySelector('article:has(.media)').getBoundingClientRect().height`)
    const before = await height()
    release()
    await page.waitForSelector('canvas.blur', { state: 'detached' })
    assert.equal(await height(), before)
    await page.unroute('**/media/**')
    desk.calm()
  })

  it('on a phone, pulling down looks for new posts', async () => {
    const phone = await stage.visitor(PHONE)
    const { page } = phone
    await phone.signIn(alice)
    await page.waitForSelector('article')
    // Without the stream, nothing would come by itself.
    await page.route('**/api/v1/streaming/**', (route) => route.abort())
    await page.reload()
    await page.waitForSelector('article')
    await write(1, 'Fresh')
    const device = await phone.context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      device.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 200, y }] })
    await touch('touchStart', 200)
    for (const y of [240, 300, 360, 420]) await touch('touchMove', y)
    await page.waitForSelector('.pull:has-text("Let go")')
    await touch('touchEnd')
    await page.waitForSelector('article:has-text("Fresh 1.")')
    await page.waitForSelector('.pull', { state: 'detached' })
    phone.calm(NO_NET)
    await phone.context.close()
  })
})
