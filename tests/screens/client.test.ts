// What signed-in people do in the web client, in a real browser.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually } from '../world.ts'
import type { Person } from '../world.ts'
import { PASSWORD, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

describe('the web client', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let desk: Visitor

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD, role: 'owner' })
    bob = await stage.world.account('bob', { password: PASSWORD })
    await alice.api.post(`/api/v1/accounts/${bob.id}/follow`)
    await stage.world.settle()
    for (let number = 1; number <= 60; number++)
      await bob.api.post('/api/v1/statuses', {
        status: `Loaf number ${number}. ${'Crust and crumb. '.repeat(number % 7)}`,
      })
    await bob.api.post('/api/v1/statuses', {
      status: 'Rye or wheat?',
      poll: { options: ['Rye', 'Wheat'], expires_in: 3600 },
    })
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(alice)
  })
  after(() => stage.stop())

  it('keeps the token where no script can read it', async () => {
    const readable = await desk.page.evaluate('document.cookie + JSON.stringify(localStorage)')
    const cookies = await desk.context.cookies()
    const token = cookies.find((cookie) => cookie.name === 'folkmoot_client')
    assert.ok(token?.httpOnly && token.sameSite === 'Lax')
    assert.ok(!String(readable).includes(token.value))
  })

  it('lets no other page use the session', async () => {
    const cookies = (await desk.context.cookies())
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ')
    const ask = (headers: Record<string, string>): Promise<number> =>
      fetch(`${stage.world.origin}/api/v1/accounts/verify_credentials`, {
        headers: { cookie: cookies, ...headers },
      }).then((answer) => answer.status)
    assert.equal(await ask({ 'x-folkmoot-client': '1' }), 200)
    assert.equal(await ask({}), 401)
    assert.equal(await ask({ 'x-folkmoot-client': '1', 'sec-fetch-site': 'cross-site' }), 401)
    assert.equal(await ask({ 'x-folkmoot-client': '1', origin: 'https://evil.example' }), 401)
  })

  it('publishes a post with a described picture, to the people chosen', async () => {
    const { page } = desk
    await desk.open('/home')
    await page.keyboard.press('n')
    await page.fill('.composer textarea', 'Fresh from the garden ')
    await page.setInputFiles('.composer input[type=file]', {
      name: 'beans.png',
      mimeType: 'image/png',
      buffer: await picture(),
    })
    await page.click('.upload-alt')
    await page.fill('dialog .form textarea', 'A basket of beans')
    await page.click('dialog .form .button')
    await page.click('.audience')
    await page.click('[role=menuitemradio]:has-text("Followers")')
    await page.click('.compose-foot .button')
    await page.waitForSelector('.feed article:has-text("Fresh from the garden")')
    const [post] = await alice.api.get<
      { visibility: string; media_attachments: { description: string }[] }[]
    >(`/api/v1/accounts/${alice.id}/statuses?limit=1`)
    assert.equal(post?.visibility, 'private')
    assert.equal(post?.media_attachments[0]?.description, 'A basket of beans')
    desk.calm()
  })

  it('completes the names of people and counts as the server does', async () => {
    const { page } = desk
    await page.keyboard.press('n')
    await page.waitForSelector('.composer textarea')
    await page.keyboard.type('Dear @bo')
    await page.waitForSelector('.suggestions [role=option]')
    await page.keyboard.press('Enter')
    assert.equal(await page.inputValue('.composer textarea'), 'Dear @bob ')
    await page.keyboard.type('see https://example.org/a/very/long/address/that/counts/little')
    assert.equal(await page.innerText('.counter [aria-hidden]'), String(5000 - 'Dear @bob see '.length - 23))
    await page.keyboard.press('Escape')
    desk.calm()
  })

  it('keeps what was typed when the page is closed on it', async () => {
    const { page } = desk
    await desk.open('/home')
    await page.keyboard.press('n')
    await page.waitForSelector('.composer textarea')
    assert.ok((await page.inputValue('.composer textarea')).startsWith('Dear @bob'))
    await page.click('[aria-label="Discard draft"]')
    await page.click('.question + .dialog-row .button.danger')
    await page.waitForSelector('.composer', { state: 'detached' })
    desk.calm()
  })

  it('tells of new posts without moving what is being read', async () => {
    const { page } = desk
    await desk.open('/home')
    await page.waitForSelector('.feed article')
    await page.evaluate('scrollTo(0, 900)')
    await bob.api.post('/api/v1/statuses', { status: 'Hot rolls, now!' })
    await stage.world.settle()
    await page.waitForSelector('.pill')
    assert.equal(await page.evaluate('Math.round(scrollY)'), 900)
    await page.click('.pill')
    await page.waitForSelector('.feed article:has-text("Hot rolls, now!")')
    assert.equal(await page.evaluate('scrollY'), 0)
    desk.calm()
  })

  it('keeps few posts in the page however far one scrolls, and comes back to where one was', async () => {
    const { page } = desk
    await desk.open('/home')
    await page.waitForSelector('.feed article')
    for (let step = 0; step < 12; step++) {
      await page.mouse.wheel(0, 1500)
      await page.waitForTimeout(60)
    }
    await page.waitForSelector('.feed article:has-text("Loaf number 1.")')
    assert.ok((await page.locator('.feed-row').count()) < 40)
    const before = await page.evaluate('scrollY')
    await page.locator('article:has-text("Loaf number 5.") .post-when').first().click({ noWaitAfter: true })
    await page.waitForSelector('.post.focused')
    const left = await page.evaluate('history.state.key')
    assert.ok(left)
    await page.goBack()
    await page.waitForSelector('.feed article:has-text("Loaf number 5.")')
    const after = Number(await page.evaluate('scrollY'))
    assert.ok(Math.abs(after - Number(before)) < 700, `${String(before)} before, ${after} after`)
    desk.calm()
  })

  it('votes, favourites and answers with the keyboard', async () => {
    const { page } = desk
    const [poll] = await alice.api
      .get<{ id: string }[]>(`/api/v1/accounts/${bob.id}/statuses?limit=2`)
      .then((list) => list.slice(1))
    assert.ok(poll)
    await desk.open(`/@bob/${poll.id}`)
    await page.check('label.poll-option:has-text("Rye") input')
    await page.click('.poll .button:has-text("Vote")')
    await page.waitForSelector('.poll-option.mine:has-text("Rye")')
    await page.keyboard.press('j')
    await page.keyboard.press('f')
    await page.waitForSelector('.act.liked')
    await page.keyboard.press('r')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), '@bob ')
    await page.keyboard.type('rye, always')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.answers article:has-text("rye, always")')
    await stage.world.settle()
    const news = await eventually(async () => {
      const list = await bob.api.get<{ type: string }[]>('/api/v1/notifications')
      return list.some((one) => one.type === 'mention') && list.some((one) => one.type === 'favourite')
        ? list
        : undefined
    })
    assert.ok(news.length >= 2)
    desk.calm()
  })

  it('shows what others did, and remembers that it was read', async () => {
    await bob.api.post(`/api/v1/accounts/${alice.id}/follow`)
    await stage.world.settle()
    await desk.open('/home')
    await desk.page.waitForSelector('.goal .count')
    await desk.page.click('.rail a[href="/notifications"]')
    await desk.page.waitForSelector('.news:has-text("bob follows you")')
    await eventually(async () => {
      const { count } = await alice.api.get<{ count: number }>('/api/v1/notifications/unread_count')
      return count === 0
    })
    desk.calm()
  })

  it('follows from a profile, and finds a person by a pasted address', async () => {
    const carol = await stage.world.account('carol', { password: PASSWORD })
    const { page } = desk
    await desk.open('/search')
    await page.fill('input[type=search]', `@carol@${stage.world.house.config.domain}`)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/@carol')
    await page.click('.profile-do .button:has-text("Follow")')
    await page.waitForSelector('.profile-do .button:has-text("Following")')
    const [relation] = await alice.api.get<{ following: boolean }[]>(
      `/api/v1/accounts/relationships?id[]=${carol.id}`,
    )
    assert.equal(relation?.following, true)
    desk.calm()
  })

  it('changes the profile', async () => {
    const { page } = desk
    await desk.open('/settings/profile')
    await page.fill('[name=display_name]', 'Alice of the Beans')
    await page.check('[name=locked]')
    await page.click('.form [type=submit]')
    await page.waitForSelector('.toast:has-text("Saved")')
    const account = await alice.api.get<{ display_name: string; locked: boolean }>(
      '/api/v1/accounts/verify_credentials',
    )
    assert.equal(account.display_name, 'Alice of the Beans')
    assert.equal(account.locked, true)
    desk.calm()
  })

  it('wears the colours and the language that were chosen, from the first byte', async () => {
    const { page } = desk
    await desk.open('/settings/appearance')
    await page.check('input[name=theme][value=dark]', { force: true })
    await page.selectOption('select', 'de')
    await page.waitForSelector('.bar h1:has-text("Aussehen")')
    const html = await (await page.request.get('/home')).text()
    assert.match(html, /<html lang="de"[^>]*data-theme="dark"/)
    await page.selectOption('select', 'en')
    await page.waitForSelector('.bar h1:has-text("Appearance")')
    await page.check('input[name=theme][value=""]', { force: true })
    desk.calm()
  })

  it('signs out for good', async () => {
    const visitor = await stage.visitor()
    await visitor.signIn(bob)
    const cookies = await visitor.context.cookies()
    const token = cookies.find((cookie) => cookie.name === 'folkmoot_client')?.value ?? ''
    await visitor.open('/settings')
    await visitor.page.click('.settings-foot .button:has-text("Sign out")')
    await visitor.page.waitForURL('**/')
    assert.ok((await visitor.page.innerText('body')).includes('Sign in'))
    const answer = await fetch(`${stage.world.origin}/api/v1/accounts/verify_credentials`, {
      headers: { authorization: `Bearer ${token}` },
    })
    assert.equal(answer.status, 401)
    await visitor.context.close()
  })
})
