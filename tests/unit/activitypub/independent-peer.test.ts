// An implementation that is not ours reads what we deliver and serve, and believes its signatures.
import assert from 'node:assert/strict'
import { verifyJsonLd, verifyObject } from '@fedify/fedify'
import { Create, Hashtag, Mention, Note, Person } from '@fedify/vocab'
import { preloadedContexts } from '@fedify/vocab-runtime'
import { Hono } from 'hono'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { addRoutes } from '../../../src/protocols/activitypub/routes.ts'
import { draft } from '../../cast.ts'
import { sceneTest } from './scene.ts'
import type { Scene } from './scene.ts'

const ALICE = 'https://here.test/users/alice'

/** Serves contexts from the peer's own stock and our documents from our own routes; nothing else exists. */
async function openWorld(scene: Scene) {
  await scene.ctx.store.write((tx) => tx.updateTable('users').set({ approved_at: 1 }).execute())
  const app = new Hono()
  addRoutes(app, scene.ctx, () => Promise.resolve(undefined))
  const documentLoader = async (url: string) => {
    const known = preloadedContexts[url]
    if (known !== undefined) return { contextUrl: null, documentUrl: url, document: known }
    const answer = await app.request(url.replace(/#.*$/, '').replace('https://here.test', ''), {
      headers: { accept: 'application/activity+json' },
    })
    if (answer.status !== 200) throw new Error(`not served: ${url}`)
    return { contextUrl: null, documentUrl: url, document: (await answer.json()) as unknown }
  }
  return { documentLoader, contextLoader: documentLoader }
}

sceneTest('sqlite', 'a delivered post is understood and its signatures hold', async (scene) => {
  const options = await openWorld(scene)
  const peer = await scene.peer()
  const fay = await scene.personAt(peer, 'fay')
  await scene.follow(fay, scene.alice)
  await publishPost(
    scene.ctx,
    scene.alice,
    draft('Hello #World and @dave@far.test', { spoilerText: 'Bread' }),
  )
  await scene.deliver()
  const json: Record<string, unknown> = peer.received[0]?.json ?? {}
  assert.equal(await verifyJsonLd(json, options), true)
  const forged = { ...json, object: { ...(json['object'] as object), content: 'forged' } }
  assert.equal(await verifyJsonLd(forged, options), false)
  const { signature: _, ...unsigned } = json
  const create = await verifyObject(Create, unsigned, options)
  assert.ok(create)
  assert.equal(create.actorId?.href, ALICE)
  const note = await create.getObject(options)
  assert.ok(note instanceof Note)
  assert.equal(note.attributionId?.href, ALICE)
  assert.equal(String(note.summary), 'Bread')
  const tags = []
  for await (const tag of note.getTags(options)) tags.push(tag)
  assert.ok(tags.some((tag) => tag instanceof Hashtag && String(tag.name) === '#World'))
  assert.ok(tags.some((tag) => tag instanceof Mention && tag.href?.href === 'https://far.test/users/dave'))
})

sceneTest('sqlite', 'a person is understood, with keys and addresses', async (scene) => {
  const options = await openWorld(scene)
  const { document } = await options.documentLoader(ALICE)
  const person = await Person.fromJsonLd(document, options)
  assert.equal(person.preferredUsername, 'alice')
  assert.equal(person.inboxId?.href, `${ALICE}/inbox`)
  assert.equal(person.endpoints?.sharedInbox?.href, 'https://here.test/inbox')
  const key = await person.getPublicKey(options)
  assert.equal(key?.ownerId?.href, ALICE)
  const methods = []
  for await (const method of person.getAssertionMethods(options)) methods.push(method)
  assert.equal(methods[0]?.controllerId?.href, ALICE)
})
