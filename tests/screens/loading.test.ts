// What a browser really fetches before people can read, compressed as it travels.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Request } from 'playwright-core'
import type { Status } from '../../src/contract/entities.ts'
import type { Person } from '../world.ts'
import { PASSWORD, startStage } from './stage.ts'
import type { Stage, Visitor } from './stage.ts'

interface Fetched {
  scripts: number
  bytes: number
  /** Bytes of files that came without compression. */
  plain: number
}

describe('what is loaded', () => {
  let stage: Stage
  let alice: Person
  let post: Status

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    post = await alice.api.post<Status>('/api/v1/statuses', { status: 'Read me. #quick' })
    await stage.world.settle()
  })
  after(() => stage.stop())

  const measure = async ({ page }: Visitor, path: string): Promise<Fetched> => {
    const found: Fetched = { scripts: 0, bytes: 0, plain: 0 }
    const jobs: Promise<void>[] = []
    const note = (request: Request): void => {
      if (!/\.(js|css)$/.test(new URL(request.url()).pathname)) return
      jobs.push(
        (async () => {
          const answer = await request.response()
          const { responseBodySize } = await request.sizes()
          if (request.url().endsWith('.js')) found.scripts += responseBodySize
          found.bytes += responseBodySize
          if (answer?.headers()['content-encoding'] === undefined) found.plain += responseBodySize
        })(),
      )
    }
    page.on('requestfinished', note)
    await page.goto(path, { waitUntil: 'load' })
    await page.waitForSelector('article .content')
    page.off('requestfinished', note)
    await Promise.all(jobs)
    return found
  }

  it('for a visitor who reads a post is at most 15 kB of JavaScript', async () => {
    const visitor = await stage.visitor()
    const { scripts, bytes, plain } = await measure(visitor, `/@alice/${post.id}`)
    assert.ok(scripts <= 15_000, `${scripts} bytes of JavaScript`)
    assert.ok(bytes > 0 && bytes <= 40_000, `${bytes} bytes in all`)
    assert.equal(plain, 0)
    visitor.calm()
    await visitor.context.close()
  })

  it('for home is at most 80 kB of JavaScript, and nothing the second time', async () => {
    const visitor = await stage.visitor()
    await visitor.signIn(alice)
    const again = await stage.visitor()
    await again.context.addCookies(await visitor.context.cookies())
    const first = await measure(again, '/home')
    await again.page.waitForSelector('.feed article')
    assert.ok(first.scripts > 0 && first.scripts <= 80_000, `${first.scripts} bytes of JavaScript`)
    assert.equal(first.plain, 0)
    const second = await again.page.evaluate<number>(`(async () => {
      const names = performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.js'))
      const answers = await Promise.all(names.map((name) => fetch(name, { cache: 'only-if-cached', mode: 'same-origin' })))
      return answers.filter((answer) => !answer.ok).length
    })()`)
    assert.equal(second, 0)
    again.calm()
    await visitor.context.close()
    await again.context.close()
  })
})
