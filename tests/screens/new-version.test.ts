// What an open page goes through when the server gets a newer version, and what reaches the composer before a worker runs.
import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { Person } from '../world.ts'
import { PASSWORD, picture, startStage } from './stage.ts'
import type { Stage } from './stage.ts'

interface Front {
  origin: string
  /** From now on there is another service worker, and a screen's script of the version before is gone. */
  update(): void
  stop(): void
}

/** Stands before the server as a newer version of it would: everything else is passed on. */
async function openFront(stage: Stage): Promise<Front> {
  const worker = await (await fetch(`${stage.world.origin}/sw.js`)).text()
  const gone = /(\/web\/settings-screen-[\w-]+\.js),/.exec(worker)
  const version = /["'`]([0-9a-f]{12})["'`]/.exec(worker)
  assert.ok(gone?.[1] && version?.[1], 'the worker names its files and its version')
  const newer = worker.replace(gone[0], '').replaceAll(version[1], 'ffffffffffff')
  let isNew = false
  const server: Server = createServer((incoming, outgoing) => {
    if (isNew && incoming.url === gone[1]) return void outgoing.writeHead(404).end()
    if (isNew && incoming.url === '/sw.js')
      return void outgoing.writeHead(200, { 'content-type': 'text/javascript' }).end(newer)
    const { headers, method, url } = incoming
    const { host } = new URL(stage.world.origin)
    const own = { ...headers, host, ...(headers.origin ? { origin: stage.world.origin } : {}) }
    const call = request(`${stage.world.origin}${url}`, { method, headers: own }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    call.on('error', () => outgoing.destroy())
    incoming.pipe(call)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    update: () => void (isNew = true),
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

describe('a newer version', () => {
  let stage: Stage
  let alice: Person
  let front: Front | undefined

  before(async () => {
    stage = await startStage()
    alice = await stage.world.account('alice', { password: PASSWORD })
    front = await openFront(stage)
  })
  after(async () => {
    front?.stop()
    await stage.stop()
  })

  it('takes over from the running one while the open page goes on as it is', async () => {
    const visitor = await stage.visitor({ serviceWorkers: 'allow', baseURL: front?.origin ?? '' })
    const { page } = visitor
    await visitor.signIn(alice)
    await visitor.kept()
    let loads = 0
    page.on('domcontentloaded', () => void (loads += 1))
    await page.keyboard.press('n')
    await page.fill('.composer textarea', 'Half a thought')
    // The page's policy forbids to look at conditions in text; a promise can be waited for.
    await page.evaluate(`void (window.changed = new Promise((done) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => done(true), { once: true })
    }))`)

    front?.update()
    // Browsers look by themselves on each visit and once a day.
    await page.evaluate('navigator.serviceWorker.ready.then((found) => found.update())')
    assert.equal(await page.evaluate('window.changed'), true)
    const stores = await page.evaluate<string[]>('caches.keys()')
    assert.ok(stores.includes('folkmoot-code-ffffffffffff'))
    assert.equal(await page.inputValue('.composer textarea'), 'Half a thought')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.composer', { state: 'detached' })
    // A screen that this page has not needed so far, whose script the server does not have any more.
    await page.click('a[href^="/settings"]')
    await page.waitForSelector('h1:has-text("Settings")')
    assert.equal(loads, 0)

    // Opened anew it is of the new version, once: nothing makes it load again.
    await page.goto('/home')
    await page.waitForSelector('.rail')
    assert.equal(
      await page.evaluate(`navigator.serviceWorker.ready.then((found) =>
        [!found.waiting, !found.installing, navigator.serviceWorker.controller === found.active].join())`),
      'true,true,true',
    )
    await page.click('a[href="/notifications"]')
    await page.waitForSelector('h1:has-text("Notifications")')
    assert.equal(loads, 1)
    await visitor.context.close()
  })

  it('what is shared before any worker runs keeps its words, and says that files have to be added again', async () => {
    const visitor = await stage.visitor()
    const { page } = visitor
    await visitor.signIn(alice)
    const bytes = (await picture()).toString('base64')
    await page.evaluate(`(() => {
      const form = document.createElement('form')
      Object.assign(form, { action: '/share', method: 'POST', enctype: 'multipart/form-data' })
      form.innerHTML = '<input name="text"><input name="files" type="file">'
      form.elements.text.value = 'Look at this'
      const files = new DataTransfer()
      const bytes = Uint8Array.from(atob(${JSON.stringify(bytes)}), (sign) => sign.charCodeAt(0))
      files.items.add(new File([bytes], 'sky.png', { type: 'image/png' }))
      form.elements.files.files = files.files
      document.body.append(form)
      form.submit()
    })()`)
    await page.waitForSelector('.toast:has-text("add the files again")')
    await page.waitForSelector('.composer textarea')
    assert.equal(await page.inputValue('.composer textarea'), 'Look at this')
    visitor.calm()
    await visitor.context.close()
  })
})
