// A promise to apps: everything of the client API that popular apps call is answered; what is left out is named here.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'
import { loadCatalog } from './catalog.ts'

/** Left out on purpose: nothing of `configuration` or `api_versions` says that it is there. */
const LEFT_OUT = [/async_refreshes/, /email_subscriptions/, /translate$/]

describe('the client API', () => {
  let world: World
  before(async () => {
    world = await startWorld({ engine: 'sqlite' })
  })
  after(() => world.stop())

  function missing(tier: number): string[] {
    const { routes } = world.house.app
    const isAnswered = (method: string, path: string): boolean => {
      const asked = path.replaceAll(/:\w+/g, '1')
      return routes.some(
        (route) =>
          route.method === method &&
          !route.path.includes('*') &&
          new RegExp(
            `^${route.path.replaceAll('.', '\\.').replaceAll(/:\w+(\{[^}]*\})?\??/g, '[^/]+')}$`,
          ).test(asked),
      )
    }
    return loadCatalog()
      .endpoints.filter((one) => one.tier === tier && !LEFT_OUT.some((pattern) => pattern.test(one.path)))
      .filter((one) => !isAnswered(one.method, one.path))
      .map((one) => `${one.method} ${one.path}`)
  }

  test('everything that popular apps need is answered', () => assert.deepEqual(missing(1), []))

  test('everything that some apps use is answered', () => {
    assert.deepEqual(missing(2), [])
  })

  test('what no known app uses is answered as well', () => assert.deepEqual(missing(3), []))
})
