// The server's own account can be read by other servers, whatever port stands in the public address.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readActor } from '../../../src/protocols/activitypub/read/actor.ts'
import { isIgnored } from '../../../src/protocols/activitypub/read/reading.ts'
import { engines } from '../../database.ts'
import { startWorld } from '../../world.ts'

const [engine = 'sqlite'] = engines

test('a server whose address has a port signs with an account that others can read and find', async () => {
  const config = { origin: 'http://localhost:4999', domain: 'localhost:4999' }
  const world = await startWorld({ engine, config })
  try {
    const headers = { accept: 'application/activity+json' }
    const local = `http://127.0.0.1:${world.port}`
    const actor = readActor(await (await fetch(`${local}/actor`, { headers })).json(), {
      raw: '{}',
      now: Date.now(),
    })
    assert.ok(!isIgnored(actor), JSON.stringify(actor))
    assert.deepEqual([actor.username, actor.domain], ['localhost', 'localhost:4999'])
    const found = await fetch(`${local}/.well-known/webfinger?resource=acct:localhost@localhost:4999`)
    const { subject, links } = (await found.json()) as {
      subject: string
      links: { rel: string; href?: string }[]
    }
    assert.equal(subject, 'acct:localhost@localhost:4999')
    assert.equal(links.find((link) => link.rel === 'self')?.href, 'http://localhost:4999/actor')
  } finally {
    await world.stop()
  }
})
