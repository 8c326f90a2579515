// Promises about pictures inside the texts of other servers: they come from us, and nothing that we show makes a reader's browser go elsewhere.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { after, before, test } from 'node:test'
import { receivePost } from '../../src/domain/posts/receive-post.ts'
import { updateReceivedPost } from '../../src/domain/posts/update-received-post.ts'
import { deleteReceivedPost } from '../../src/domain/posts/delete-post.ts'
import type { IncomingPost } from '../../src/model/post.ts'
import { readActor } from '../../src/protocols/activitypub/read/actor.ts'
import { readNote } from '../../src/protocols/activitypub/read/note.ts'
import { receiveAccount } from '../../src/domain/accounts/receive-account.ts'
import { foreignFields, foreignLoads } from '../contract/foreign-loads.ts'
import { forEachEngine } from '../database.ts'
import { openEvents } from '../stream-reader.ts'
import { taggedJpeg } from '../unit/media/pictures.ts'
import { startWorld } from '../world.ts'
import type { Person, World } from '../world.ts'

const AUTHOR = 'https://far.test/users/dave'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

forEachEngine((engine) => {
  let world: World
  let alice: Person
  let remote: Server
  let far: string
  const asked: string[] = []
  before(async () => {
    const picture = await taggedJpeg()
    remote = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
    })
    await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve))
    far = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`
    world = await startWorld({ engine, config: { allowPrivate: ['127.0.0.0/8'] } })
    alice = await world.account('alice')
    const actor = readActor(hostileActor(far), { now: Date.now() })
    assert.ok(!('ignored' in actor))
    await receiveAccount(world.house.ctx, actor)
  })
  after(async () => {
    await world.stop()
    await new Promise((resolve) => remote.close(resolve))
  })

  const read = (object: object): IncomingPost => {
    const post = readNote(object, { now: Date.now() })
    assert.ok(!('ignored' in post), JSON.stringify(post))
    return post
  }
  const receive = async (object: object): Promise<number> => {
    const { postId } = await receivePost(world.house.ctx, read(object))
    await world.settle()
    return postId
  }
  const picturesOf = (html: string): string[] =>
    Array.from(html.matchAll(/<img src="([^"]+)"/g), (match) => (match[1] ?? '').replaceAll('&amp;', '&'))

  test('a picture in an article is shown from our own address, fetched when first looked at, and once', async () => {
    const id = await receive(article('one', `<p>see</p><img src="${far}/a.jpg?x=1&amp;y=%22" alt="a cat">`))
    const status = await alice.api.get(`/api/v1/statuses/${id}`)
    const [address = ''] = picturesOf(status.content)
    assert.ok(address.startsWith(`${world.origin}/media_proxy/posts/${id}/`), address)
    assert.match(status.content, /alt="a cat"/)
    assert.deepEqual(asked, [])
    const answers = await Promise.all(Array.from({ length: 6 }, () => fetch(address)))
    for (const answer of answers) {
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), 'image/jpeg')
    }
    assert.deepEqual(asked, ['/a.jpg?x=1&y=%22'])
    assert.equal((await alice.api.get(`/api/v1/statuses/${id}`)).media_attachments.length, 0)
  })

  test('nobody can have other things fetched, nor see pictures of a post that is gone', async () => {
    const id = await receive(article('two', `<p>x</p><img src="${far}/b.jpg">`))
    const [address = ''] = picturesOf((await alice.api.get(`/api/v1/statuses/${id}`)).content)
    asked.length = 0
    const other = await receive(article('three', `<p>x</p><img src="${far}/b.jpg">`))
    const seal = address.split('/').at(-1) ?? ''
    for (const path of [`${other}/${seal}`, `${id}/${seal.slice(1)}`, `${id}/${'A'.repeat(22)}`, `0/${seal}`])
      assert.equal((await fetch(`${world.origin}/media_proxy/posts/${path}`)).status, 404, path)
    assert.deepEqual(asked, [])
    assert.equal((await fetch(address)).status, 200)
    await deleteReceivedPost(world.house.ctx, 'https://far.test/two', await authorId())
    await world.settle()
    assert.equal((await fetch(address)).status, 404)
    const left = await world.house.ctx.store.read
      .selectFrom('media')
      .select('id')
      .where('inline_of', '=', id)
      .execute()
    assert.deepEqual(left, [])
  })

  test('an article that is changed shows its new pictures, and its history the old ones', async () => {
    const id = await receive(article('four', `<p>x</p><img src="${far}/old.jpg">`))
    const [old = ''] = picturesOf((await alice.api.get(`/api/v1/statuses/${id}`)).content)
    const changed = {
      ...article('four', `<p>y</p><img src="${far}/new.jpg">`),
      updated: new Date().toISOString(),
    }
    await updateReceivedPost(world.house.ctx, read(changed))
    await world.settle()
    const [first, last] = await alice.api.get(`/api/v1/statuses/${id}/history`)
    assert.deepEqual(picturesOf(first.content), [old])
    assert.match(first.content, /^<p><strong>Article four/)
    assert.equal((await fetch(old)).status, 200)
    const [fresh = ''] = picturesOf(last.content)
    assert.equal((await fetch(fresh)).status, 200)
    assert.ok(asked.includes('/new.jpg') && asked.includes('/old.jpg'))
  })

  const authorId = async (): Promise<number> => {
    const row = await world.house.ctx.store.read
      .selectFrom('accounts')
      .select('id')
      .where('uri', '=', AUTHOR)
      .executeTakeFirstOrThrow()
    return row.id
  }

  test('nothing that the API, the streams or the public pages say makes a browser load from another server', async () => {
    const dave = await authorId()
    await alice.api.post(`/api/v1/accounts/${dave}/follow`)
    await world.house.ctx.store.write((tx) =>
      tx.updateTable('follows').set({ accepted: 1 }).where('target_id', '=', dave).execute(),
    )
    const { reader } = await openEvents(world.origin, '/user', alice.token)
    const ids: number[] = []
    for (const type of ['Article', 'Page', 'Event', 'Note', 'Question', 'Video', 'Audio', 'Image'])
      ids.push(await receive(hostilePost(type, far, `${world.origin}/users/alice`)))
    for (const id of ids) {
      const seen = await reader.next('update', (status) => status.id === String(id))
      assert.deepEqual(foreignFields(seen, world.origin), [])
    }
    reader.close()
    const quote = await alice.api.post('/api/v1/statuses', { status: 'look at this' })
    await alice.api.post(`/api/v1/statuses/${ids[0]}/reblog`)
    await alice.api.post(`/api/v1/statuses/${ids[0]}/bookmark`)
    await alice.api.post(`/api/v1/statuses/${ids[0]}/favourite`)
    await world.settle()
    const paths = [
      '/api/v1/timelines/home?limit=40',
      '/api/v1/timelines/public?limit=40',
      '/api/v1/notifications?limit=40',
      '/api/v2/notifications?limit=40',
      '/api/v1/bookmarks',
      '/api/v1/favourites',
      '/api/v2/search?q=dave',
      `/api/v1/accounts/${dave}`,
      `/api/v1/accounts/${dave}/statuses?limit=40`,
      `/api/v1/accounts/${alice.id}/statuses`,
      '/api/v1/conversations',
      `/api/v1/statuses/${quote.id}/context`,
      ...ids.flatMap((id) => ['', '/context', '/history'].map((end) => `/api/v1/statuses/${id}${end}`)),
    ]
    let pictures = 0
    for (const path of paths) {
      const answer = await alice.api.get(path)
      assert.deepEqual([...foreignLoads(answer), ...foreignFields(answer, world.origin)], [], path)
      pictures += picturesOf(JSON.stringify(answer).replaceAll('\\"', '"')).length
    }
    assert.ok(pictures >= 10, `${pictures} pictures were shown`)
    for (const path of [`/@dave@far.test`, ...ids.map((id) => `/@dave@far.test/${id}`), '/', '/explore']) {
      const page = await fetch(world.origin + path, { headers: { accept: 'text/html' } })
      const html = await page.text()
      const loaded = foreignLoads(html).filter((one) => !one.includes(`="${world.origin}/`))
      assert.deepEqual(
        loaded.filter((one) => /https?:|\/\//.test(one)),
        [],
        path,
      )
      assert.ok(!html.includes(`${far}/`), path)
    }
  })
})

function article(name: string, content: string): object {
  return {
    id: `https://far.test/${name}`,
    type: 'Article',
    name: `Article ${name}`,
    attributedTo: AUTHOR,
    to: [PUBLIC],
    published: new Date().toISOString(),
    content,
  }
}

/** HTML that tries every way to have something loaded. */
function hostileHtml(far: string): string {
  return `<p style="background:url(${far}/s.png)">x</p><img src="${far}/1.jpg" srcset="${far}/2.jpg 2x" alt="<img src=${far}/3.jpg>">
    <figure><img title='" src="${far}/4.jpg' src='${far}/5.jpg'></figure><table background="${far}/6.jpg"><tr><td><img src="${far}/7.jpg"></td></tr></table>
    <video poster="${far}/8.jpg" src="${far}/9.mp4"></video><picture><source srcset="${far}/10.jpg"><img src="${far}/11.jpg"></picture>
    <svg><image href="${far}/12.svg"/></svg><input type=image src="${far}/13.png"><object data="${far}/14"></object><iframe src="${far}/15"></iframe>
    <link rel=stylesheet href="${far}/16.css"><img src="//127.0.0.1/17.jpg"><img src="data:image/png;base64,AA"><details><summary><img src="${far}/18.jpg"></summary></details>`
}

function hostilePost(type: string, far: string, reader: string): object {
  const html = hostileHtml(far)
  return {
    ...article(`hostile-${type}`, html),
    type,
    name: `${type} <img src="${far}/name.jpg">`,
    cc: [reader],
    summary: `<img src="${far}/summary.jpg">a warning`,
    sensitive: true,
    startTime: new Date().toISOString(),
    location: {
      type: 'Place',
      name: `<img src="${far}/place.jpg">`,
      address: `<img src="${far}/address.jpg">`,
    },
    tag: [
      { type: 'Mention', href: reader, name: `@alice<img src="${far}/mention.jpg">` },
      { type: 'Emoji', name: ':cat:', icon: { type: 'Image', url: `${far}/emoji.png` } },
    ],
    attachment: [
      {
        type: 'Document',
        mediaType: 'image/jpeg',
        url: `${far}/attached.jpg`,
        name: `<img src="${far}/alt.jpg">`,
      },
    ],
    url: [{ type: 'Link', mediaType: 'video/mp4', href: `${far}/v.mp4`, height: 480 }],
    oneOf: ['one', 'two'].map((name) => ({
      type: 'Note',
      name: `${name} <img src="${far}/option.jpg">`,
      replies: { type: 'Collection', totalItems: 1 },
    })),
    endTime: new Date(Date.now() + 86_400_000).toISOString(),
  }
}

function hostileActor(far: string): object {
  return {
    id: AUTHOR,
    type: 'Person',
    preferredUsername: 'dave',
    name: `Dave <img src="${far}/dave.jpg">`,
    summary: hostileHtml(far),
    inbox: `${AUTHOR}/inbox`,
    icon: { type: 'Image', url: `${far}/avatar.jpg` },
    image: { type: 'Image', url: `${far}/header.jpg` },
    attachment: [{ type: 'PropertyValue', name: `<img src="${far}/n.jpg">`, value: hostileHtml(far) }],
  }
}
