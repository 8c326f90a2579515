// Promises to operators who keep files in an S3-compatible store: media work as they do on the local disk.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import S3rver from 's3rver'
import type { S3Config } from '../../src/platform/config.ts'
import { taggedJpeg } from '../unit/media/pictures.ts'
import { recording } from '../unit/media/recordings.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-s3-'))
const s3rver = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: folder,
  configureBuckets: [{ name: 'files', configs: [] }],
})
let s3: S3Config

before(async () => {
  const address: AddressInfo = await s3rver.run()
  const endpoint = `http://127.0.0.1:${address.port}`
  s3 = { endpoint, bucket: 'files', region: 'us-east-1', accessKey: 'S3RVER', secretKey: 'S3RVER' }
})
after(async () => {
  await s3rver.close()
  rmSync(folder, { recursive: true, force: true })
})

const upload = async (world: World, bytes: Uint8Array) => {
  const { api } = await world.account('alice')
  const form = new FormData()
  form.append('file', new File([bytes as Uint8Array<ArrayBuffer>], 'x'))
  const { id } = await api.post('/api/v2/media', form)
  await world.settle()
  return api.get(`/api/v1/media/${id}`)
}

test('pictures and videos go into the bucket and come out whole and in parts', async () => {
  const world = await startWorld({ engine: 'sqlite', config: { s3 } })
  try {
    const picture = await upload(world, await taggedJpeg())
    const whole = Buffer.from(await (await fetch(picture.url)).arrayBuffer())
    const part = await fetch(picture.url, { headers: { range: 'bytes=5-9' } })
    assert.equal(part.status, 206)
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(5, 10))
    assert.equal((await fetch(picture.url, { headers: { range: `bytes=${whole.length}-` } })).status, 416)
    const video = await upload(world, await recording({ seconds: 1 }))
    assert.equal((await fetch(video.url)).headers.get('content-type'), 'video/mp4')
    const { api } = await world.account('alice')
    await api.delete(`/api/v1/media/${picture.id}`)
    assert.equal((await fetch(picture.url)).status, 404)
  } finally {
    await world.stop()
  }
})

test('readers are sent to the public address of the bucket where there is one', async () => {
  const world = await startWorld({
    engine: 'sqlite',
    config: { s3: { ...s3, publicUrl: 'https://files.test' } },
  })
  try {
    const { url } = await upload(world, await taggedJpeg())
    const response = await fetch(url, { redirect: 'manual' })
    assert.equal(response.status, 302)
    const key = url.slice(`${world.origin}/media/`.length)
    assert.equal(response.headers.get('location'), `https://files.test/${key}`)
    const hidden = await fetch(`${world.origin}/media/uploads/1-x-file`, { redirect: 'manual' })
    assert.equal(hidden.status, 404)
  } finally {
    await world.stop()
  }
})
