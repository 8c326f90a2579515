// Posts that are more than a note, and what readers do with them: articles, events, pictures looked at closely, edits, reports.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { publishPost } from '../../src/domain/posts/publish-post.ts'
import { addReaction } from '../../src/domain/reactions/add-reaction.ts'
import type { PostDraft } from '../../src/model/post.ts'
import type { Person } from '../world.ts'
import { eventually } from '../world.ts'
import { PASSWORD, PHONE, picture, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

const DAY = 86_400_000

describe('rich posts', () => {
  let stage: Stage
  let alice: Person
  let bob: Person
  let desk: Visitor
  let ids: Record<'article' | 'event' | 'edited' | 'pictures', number>

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    bob = await stage.world.account('bob', { password: PASSWORD, role: 'owner' })
    const publish = async (change: Partial<PostDraft>): Promise<number> => {
      const draft: PostDraft = { text: '', sourceType: 'text/plain', audience: 'public', ...change }
      return (await publishPost(stage.world.house.ctx, alice.accountId, draft)).postId
    }
    const article = await publish({ title: 'On beans', text: 'A long chapter about beans. '.repeat(120) })
    const event = await publish({
      title: 'Summer party',
      text: 'Bring a cake.',
      event: {
        startsAt: Date.now() + DAY,
        endsAt: Date.now() + DAY + 7_200_000,
        place: { name: 'The old mill' },
        status: 'confirmed',
        joinMode: 'free',
      },
    })
    const edited = await publish({ text: 'Beans are up, with slugs.' })
    await alice.api.put(`/api/v1/statuses/${edited}`, { status: 'Beans are up, without slugs.' })
    await addReaction(stage.world.house.ctx, {
      accountId: bob.accountId,
      postId: edited,
      kind: 'emoji',
      emoji: '🎉',
    })
    const mediaIds: number[] = []
    for (const description of ['The first', 'The second']) {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(await picture())], { type: 'image/png' }), 'p.png')
      form.set('description', description)
      mediaIds.push(Number((await alice.api.post('/api/v2/media', form)).id))
    }
    const pictures = await publish({ text: 'Two pictures', mediaIds })
    ids = { article, event, edited, pictures }
    await stage.world.settle()
    desk = await stage.visitor()
    await desk.signIn(bob)
  })
  after(() => stage.stop())

  it('an article is folded in lists and whole on its own page, without scripts too', async () => {
    const plain = await stage.visitor({ javaScriptEnabled: false })
    for (const visitor of [plain, desk]) {
      await visitor.open('/@alice')
      const article = visitor.page.locator('article:has-text("On beans")')
      await article.locator('.post-title').waitFor()
      assert.equal((await article.innerText()).split('On beans').length, 2, 'the title stands there once')
      await article.locator('.read-on a').click()
      await visitor.page.waitForURL(`**/@alice/${ids.article}`)
      await visitor.page.waitForSelector('.focused .post-title')
      assert.equal(await visitor.page.locator('.folded').count(), 0)
      visitor.calm()
    }
    await plain.context.close()
  })

  it('an event shows when and where, and takes an answer', async () => {
    const { page } = desk
    await desk.open(`/@alice/${ids.event}`)
    await page.waitForSelector('.event:has-text("The old mill")')
    await page.click('.event-answers button:has-text("I’m coming")')
    await page.waitForSelector('.event-answers [aria-pressed=true]:has-text("I’m coming")')
    assert.match(await page.innerText('.event'), /1 person comes/)
    await desk.accessible('an event')
    desk.calm()
  })

  it('reactions of others are seen, and what an edit changed', async () => {
    const { page } = desk
    await desk.open(`/@alice/${ids.edited}`)
    await page.waitForSelector('.reactions li:has-text("🎉")')
    await page.click('.post-facts a[href$="/history"]')
    await page.waitForSelector('.changes ins')
    assert.equal(await page.innerText('.changes del'), 'with')
    assert.equal(await page.innerText('.changes ins'), 'without')
    await desk.accessible('an edit')
    await page.uncheck('.history-choice input')
    await page.waitForSelector('.edit:has-text("Beans are up, without slugs.")')
    desk.calm()
  })

  it('pictures come nearer with keys and the wheel, and lead to the next one', async () => {
    const { page } = desk
    await desk.open(`/@alice/${ids.pictures}`)
    await page.click('.tile >> nth=0')
    await page.waitForSelector('.lightbox-count:has-text("1 of 2")')
    await page.keyboard.press('+')
    await page.waitForSelector('.lightbox-picture.zoomed')
    await page.keyboard.press('0')
    await page.waitForSelector('.lightbox-picture:not(.zoomed)')
    await page.hover('.lightbox-picture img')
    await page.mouse.wheel(0, -200)
    await page.waitForSelector('.lightbox-picture.zoomed')
    await page.keyboard.press('ArrowRight')
    await page.waitForSelector('.lightbox-words:has-text("The second")')
    assert.equal(await page.locator('.lightbox-picture.zoomed').count(), 0)
    await desk.accessible('pictures looked at closely')
    await page.keyboard.press('Escape')
    desk.calm()
  })

  it('a report says why and which posts', async () => {
    const { page } = desk
    await desk.open(`/@alice/${ids.edited}`)
    await page.click('.focused [aria-haspopup=menu]:has-text("More")')
    await page.click('[role=menuitem]:has-text("Report")')
    await page.check('input[name=category] >> nth=0')
    await page.check('.pick .check:has-text("Two pictures") input')
    await desk.accessible('a report')
    await page.fill('dialog textarea', 'far too many beans')
    await page.click('dialog .button:has-text("Send")')
    await page.waitForSelector('dialog', { state: 'detached' })
    await eventually(async () => {
      const rows = await stage.world.house.ctx.store.read.selectFrom('reports').selectAll().execute()
      return (
        rows.length === 1 && rows[0]?.category === 'spam' && rows[0].post_ids.includes(String(ids.pictures))
      )
    })
    desk.calm()
  })

  it('all of it fits a phone', async () => {
    const phone = await stage.visitor(PHONE)
    await phone.signIn(bob)
    for (const id of Object.values(ids)) {
      await phone.open(`/@alice/${id}`)
      await phone.page.waitForSelector('.focused')
      await phone.narrow(`the post ${id}`)
    }
    await phone.context.close()
  })
})
