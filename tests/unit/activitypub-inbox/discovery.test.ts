// Programs find out who is here, what this server speaks, and where.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { deleteAccount } from '../../../src/domain/accounts/delete-account.ts'
import { forEachEngine } from '../../database.ts'
import type { Json } from './peer.ts'
import { openStage } from './stage.ts'
import type { Stage } from './stage.ts'

forEachEngine((engine) => {
  describe('discovery', () => {
    let stage: Stage
    before(async () => {
      stage = await openStage(engine)
    })
    after(() => stage.close())
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${stage.port}${path}`, { headers, redirect: 'manual' })
    const finger = (resource: string, more = '') =>
      get(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}${more}`)

    it('finds a person by handle, profile and id, in any case', async () => {
      for (const resource of [
        'acct:alice@here.test',
        'acct:ALICE@HERE.TEST',
        'alice@here.test',
        'http://here.test/@alice',
        'http://here.test/users/alice',
      ]) {
        const answer = await finger(resource)
        assert.equal(answer.status, 200, resource)
        assert.match(answer.headers.get('content-type') ?? '', /^application\/jrd\+json/)
        assert.equal(answer.headers.get('access-control-allow-origin'), '*')
        const { subject, links } = (await answer.json()) as { subject: string; links: Json[] }
        assert.equal(subject, 'acct:alice@here.test')
        const self = links.find(
          (link) => link['rel'] === 'self' && link['type'] === 'application/activity+json',
        )
        assert.equal(self?.['href'], 'http://here.test/users/alice')
        const subscribe = links.find((link) => link['rel'] === 'http://ostatus.org/schema/1.0/subscribe')
        assert.equal(subscribe?.['template'], 'http://here.test/authorize_interaction?uri={uri}')
      }
    })

    it('gives only the links that are asked for', async () => {
      const answer = (await (await finger('acct:alice@here.test', '&rel=self')).json()) as { links: Json[] }
      assert.ok(answer.links.length > 0 && answer.links.every((link) => link['rel'] === 'self'))
    })

    it('knows the account of the server itself', async () => {
      const { instanceAccountId } = await import('../../../src/domain/accounts/instance-account.ts')
      await instanceAccountId(stage.ctx)
      const answer = (await (await finger('acct:here.test@here.test')).json()) as { links: Json[] }
      assert.ok(answer.links.some((link) => link['href'] === 'http://here.test/actor'))
    })

    it('says what is malformed, absent or gone', async () => {
      assert.equal((await get('/.well-known/webfinger')).status, 400)
      assert.equal((await finger('acct:alice')).status, 400)
      assert.equal((await finger('acct:nobody@here.test')).status, 404)
      assert.equal((await finger('acct:alice@elsewhere.test')).status, 404)
      assert.equal((await finger('http://elsewhere.test/@alice')).status, 404)
      await deleteAccount(stage.ctx, stage.bob)
      assert.equal((await finger('acct:bob@here.test')).status, 410)
    })

    it('answers the older ways to WebFinger', async () => {
      const xml = await (await get('/.well-known/host-meta')).text()
      assert.ok(xml.includes('template="http://here.test/.well-known/webfinger?resource={uri}"'))
      const json = (await (await get('/.well-known/host-meta.json')).json()) as { links: Json[] }
      assert.equal(json.links[0]?.['rel'], 'lrdd')
    })

    it('describes the server in both versions of NodeInfo', async () => {
      const { links } = (await (await get('/.well-known/nodeinfo')).json()) as {
        links: { rel: string; href: string }[]
      }
      assert.deepEqual(
        links.map((link) => link.rel.split('/').at(-1)),
        ['2.0', '2.1'],
      )
      for (const { href, rel } of links) {
        const answer = await get(new URL(href).pathname)
        assert.ok(answer.headers.get('content-type')?.includes(`${rel}#`))
        const info = (await answer.json()) as Json
        assert.deepEqual(info['protocols'], ['activitypub'])
        assert.equal((info['software'] as Json)['name'], 'folkmoot')
        const { users, localPosts } = info['usage'] as { users: Json; localPosts: number }
        assert.deepEqual(Object.keys(users), ['total', 'activeMonth', 'activeHalfyear'])
        assert.equal(typeof localPosts, 'number')
      }
    })

    it('leads to where a password is changed', async () => {
      const answer = await get('/.well-known/change-password')
      assert.equal(answer.status, 302)
    })
  })
})
