// What visitors without an account see, mostly without JavaScript.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually } from '../world.ts'
import { PASSWORD, PHONE, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

interface Ids {
  post: string
  answer: string
  followers: string
  warned: string
}

describe('public pages', () => {
  let stage: Stage
  let ids: Ids
  let plain: Visitor

  before(async () => {
    stage = await startStage()
    const alice = await stage.world.account('alice', { password: PASSWORD, role: 'owner' })
    const bob = await stage.world.account('bob', { password: PASSWORD })
    await alice.api.patch('/api/v1/accounts/update_credentials', {
      display_name: 'Alice <b>',
      note: 'Gardens & #books',
    })
    const post = await alice.api.post('/api/v1/statuses', { status: 'Beans are up. #garden', language: 'en' })
    const answer = await bob.api.post('/api/v1/statuses', {
      status: '@alice well done',
      in_reply_to_id: post.id,
    })
    const followers = await alice.api.post('/api/v1/statuses', {
      status: 'secret beans',
      visibility: 'private',
    })
    const warned = await alice.api.post('/api/v1/statuses', {
      status: 'slugs everywhere',
      spoiler_text: 'garden horror',
    })
    ids = { post: post.id, answer: answer.id, followers: followers.id, warned: warned.id }
    await stage.world.settle()
    plain = await stage.visitor({ javaScriptEnabled: false })
  })
  after(() => stage.stop())

  it('tell a newcomer what this place is and what goes on, without scripts', async () => {
    await plain.open('/')
    const text = await plain.page.innerText('body')
    for (const words of ['Lindenhof', 'House rules', 'Who runs this place', 'Beans are up.', 'Sign in'])
      assert.ok(text.includes(words), words)
    plain.calm()
  })

  it('show a profile and a post with its thread, without scripts', async () => {
    await plain.open('/@alice')
    assert.equal(await plain.page.innerText('h1'), 'Alice <b>')
    assert.ok((await plain.page.innerText('main')).includes('Beans are up.'))
    await plain.page.click('text=Beans are up. >> xpath=ancestor::article >> .post-when')
    assert.equal(new URL(plain.page.url()).pathname, `/@alice/${ids.post}`)
    assert.ok((await plain.page.innerText('main')).includes('well done'))
    plain.calm()
  })

  it('never show what was not written for everybody', async () => {
    const missing = await fetch(`${stage.world.origin}/@alice/1`)
    const hidden = await fetch(`${stage.world.origin}/@alice/${ids.followers}`)
    assert.equal(hidden.status, 404)
    const strip = (html: string): string => html.replaceAll(ids.followers, '1')
    assert.equal(strip(await hidden.text()), await missing.text())
    for (const path of ['/', '/@alice', '/explore', '/@alice/with_replies'])
      assert.ok(!(await (await fetch(stage.world.origin + path)).text()).includes('secret beans'), path)
  })

  it('hide words behind a warning and keep them out of previews elsewhere', async () => {
    const html = await (await fetch(`${stage.world.origin}/@alice/${ids.warned}`)).text()
    assert.match(html, /<meta property="og:description" content="garden horror"/)
    const oembed = await (
      await fetch(`${stage.world.origin}/api/oembed?url=${stage.world.origin}/@alice/${ids.warned}`)
    ).text()
    assert.ok(oembed.includes('garden horror') && !oembed.includes('slugs'))
  })

  it('lead programs that ask for ActivityPub to the post itself', async () => {
    const page = await fetch(`${stage.world.origin}/@alice/${ids.post}`)
    assert.match(page.headers.get('vary') ?? '', /Accept/)
    assert.match(await page.text(), /rel="alternate" type="application\/activity\+json"/)
    const asked = await fetch(`${stage.world.origin}/@alice/${ids.post}`, {
      headers: { accept: 'application/activity+json' },
    })
    assert.match(asked.headers.get('content-type') ?? '', /activity\+json/)
  })

  it('send pages under a policy that lets nothing foreign in', async () => {
    const policy = (await fetch(`${stage.world.origin}/@alice`)).headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /script-src 'self'/)
    assert.ok(!policy.includes('unsafe') && policy.includes("frame-ancestors 'none'"))
  })

  it('offer the way to one’s own server', async () => {
    const visitor = await stage.visitor()
    await visitor.open('/@alice')
    await visitor.page.fill('#address', 'not an address')
    await visitor.page.click('.home-server button')
    await visitor.page.waitForSelector('[role=alert]')
    assert.match(await visitor.page.innerText('[role=alert]'), /you@your\.server/)
    await visitor.context.close()
  })

  it('speak German to people who read German', async () => {
    const visitor = await stage.visitor({ locale: 'de-DE' })
    await visitor.open('/about')
    assert.equal(await visitor.page.getAttribute('html', 'lang'), 'de')
    assert.ok((await visitor.page.innerText('main')).includes('Hausregeln'))
    await visitor.context.close()
  })

  it('can be used by everybody, on desks and phones, light and dark', async () => {
    const windows = [await stage.visitor(), await stage.visitor({ ...PHONE, colorScheme: 'dark' })]
    for (const visitor of windows) {
      for (const path of [
        '/',
        '/about',
        '/explore',
        '/tags/garden',
        '/@alice',
        `/@alice/${ids.post}`,
        '/@nobody',
      ]) {
        await visitor.open(path)
        await visitor.accessible(path)
        const wide = await visitor.page.evaluate('document.documentElement.scrollWidth > innerWidth')
        assert.equal(wide, false, `${path} is wider than the screen`)
      }
      await visitor.context.close()
    }
  })

  it('answer an address that leads nowhere with the page that says so', async () => {
    const answer = await eventually(async () => fetch(`${stage.world.origin}/@nobody`))
    assert.equal(answer.status, 404)
    assert.match(await answer.text(), /This page is not here/)
  })
})
