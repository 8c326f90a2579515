// What visitors without an account see, mostly without JavaScript.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setPolicy } from '../../src/domain/moderation/domain-policies.ts'
import { eventually } from '../world.ts'
import { PASSWORD, PHONE, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

interface Ids {
  post: string
  answer: string
  followers: string
  warned: string
}

async function exploreLinks({ page }: Visitor): Promise<string[]> {
  await page.goto('/explore')
  return page.evaluate<string[]>(
    '[...document.querySelectorAll(".tabs a")].map((link) => link.getAttribute("href"))',
  )
}

describe('public pages', () => {
  let stage: Stage
  let ids: Ids
  let plain: Visitor

  before(async () => {
    stage = await startStage({ config: { publishPolicies: true } })
    const { ctx } = stage.world.house
    await setPolicy(ctx, { domain: 'spam.test', severity: 'suspend', publicComment: 'Nothing but spam' })
    await setPolicy(ctx, { domain: 'shy.example', severity: 'limit', obfuscate: true })
    const alice = await stage.world.account('alice', { password: PASSWORD, role: 'owner' })
    const bob = await stage.world.account('bob', { password: PASSWORD })
    await alice.api.patch('/api/v1/accounts/update_credentials', {
      display_name: 'Alice <b>',
      note: 'Gardens & #books',
      discoverable: true,
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

  it('show what was changed as soon as they are rendered anew, whoever read them before', async () => {
    const carol = await stage.world.account('carol', { password: PASSWORD })
    const { id } = await carol.api.post('/api/v1/statuses', { status: 'Leeks are in.' })
    const boost = await carol.api.post(`/api/v1/statuses/${ids.post}/reblog`)
    await stage.world.settle()
    const read = async (language: string): Promise<string> => {
      // Each address is rendered for itself.
      pages += 1
      const headers = { accept: 'text/html', 'accept-language': language }
      return (await fetch(`${stage.world.origin}/@carol?max_id=${boost.id}${pages}`, { headers })).text()
    }
    let pages = 100
    for (const language of ['en', 'de', 'en']) {
      const page = await read(language)
      assert.ok(page.includes('Leeks are in.') && page.includes('Beans are up.'))
      assert.equal(page.includes('>Teilen<'), language === 'de')
    }
    await carol.api.put(`/api/v1/statuses/${id}`, { status: 'Leeks are out.' })
    await carol.api.patch('/api/v1/accounts/update_credentials', { display_name: 'Carol of the leeks' })
    await stage.world.settle()
    const changed = await read('en')
    assert.ok(changed.includes('Leeks are out.') && !changed.includes('Leeks are in.'))
    // Her heading, her post, and the line above what she boosted.
    assert.equal(changed.match(/<bdi>Carol of the leeks</g)?.length, 3)
    await carol.api.delete(`/api/v1/statuses/${id}`)
    await stage.world.settle()
    assert.ok(!(await read('en')).includes('Leeks are'))
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

  it('lead feed readers to the feeds of a profile and a hashtag', async () => {
    for (const path of ['/@alice', '/tags/garden']) {
      const html = await (await fetch(stage.world.origin + path)).text()
      for (const ending of ['atom', 'rss']) {
        const link = new RegExp(
          `<link rel="alternate" type="application/${ending}\\+xml" href="([^"]+)"`,
        ).exec(html)
        assert.equal(link?.[1], `${stage.world.origin}${path}.${ending}`)
        assert.equal((await fetch(link?.[1] ?? '')).status, 200)
      }
    }
  })

  it('let visitors look around: what is new, popular, linked, and who is here', async () => {
    const [first, ...others] = await exploreLinks(plain)
    assert.equal(first, '/explore')
    assert.equal(others.length, 5)
    for (const path of others) {
      await plain.open(path)
      assert.equal(await plain.page.locator('.tabs [aria-current=page]').count(), 1, path)
      assert.ok((await plain.page.innerText('main .card')).length > 40, path)
    }
    await plain.open('/explore?show=people')
    assert.ok((await plain.page.innerText('main')).includes('Gardens & #books'))
    plain.calm()
  })

  it('tell which servers are kept away, as far as the operators want that told', async () => {
    await plain.open('/about')
    const text = await plain.page.locator('.avoided').textContent()
    for (const words of ['spam.test', 'Nothing but spam', 'shy.***'])
      assert.ok(String(text).includes(words), String(text))
    assert.ok(!String(text).includes('shy.example'))
    plain.calm()
  })

  it('send pages under a policy that lets nothing foreign in', async () => {
    const policy = (await fetch(`${stage.world.origin}/@alice`)).headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /script-src 'self'/)
    assert.ok(!policy.includes('unsafe') && policy.includes("frame-ancestors 'none'"))
  })

  it('add older posts in place where scripts run, and on a page of their own where they do not', async () => {
    const dora = await stage.world.account('dora', { password: PASSWORD })
    for (let number = 1; number <= 22; number++)
      await dora.api.post('/api/v1/statuses', { status: `Row number ${number}.` })
    await stage.world.settle()
    const visitor = await stage.visitor(PHONE)
    const { page } = visitor
    await visitor.open('/@dora')
    assert.equal(await page.locator('.posts article').count(), 20)
    await page.locator('.pager a').press('Enter')
    await page.waitForSelector('article:has-text("Row number 1.")')
    assert.equal(await page.locator('.posts article').count(), 22)
    assert.equal(new URL(page.url()).search, '')
    assert.equal(await page.locator('.pager').count(), 0)
    assert.equal(
      await page.evaluate('document.activeElement.closest("article").innerText.includes("Row number 2.")'),
      true,
    )
    await visitor.accessible('older posts added')
    await visitor.narrow('older posts added')
    visitor.calm()
    await visitor.context.close()
    await plain.open('/@dora')
    await plain.page.click('.pager a')
    await plain.page.waitForSelector('article:has-text("Row number 1.")')
    assert.equal(await plain.page.locator('.posts article').count(), 2)
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
        '/explore?show=popular',
        '/explore?show=tags',
        '/explore?show=links',
        '/explore?show=people',
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
