// Promises about the built server, which npm start and npx folkmoot run: it finds its files and all that it loads later.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createTestDatabase, forEachEngine } from '../database.ts'
import type { TestDatabase } from '../database.ts'
import { freePort, until } from '../two-worlds.ts'
import { recording } from '../unit/media/recordings.ts'
import { quartered } from '../unit/media/pictures.ts'

const program = join(import.meta.dirname, '../..')
const command = join(program, 'bin/folkmoot.mjs')

forEachEngine((engine) => {
  let place: TestDatabase
  let directory: string
  let server: ChildProcess | undefined
  let origin: string
  let token: string
  let env: Record<string, string>

  const folkmoot = (...words: string[]): { stdout: string; stderr: string; status: number | null } =>
    spawnSync(process.execPath, [command, ...words], { cwd: directory, env, encoding: 'utf8' })

  before(async () => {
    place = await createTestDatabase(engine, { empty: true })
    directory = mkdtempSync(join(tmpdir(), 'folkmoot-built-'))
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    env = {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      FOLKMOOT_BIND: '127.0.0.1',
      FOLKMOOT_URL: `http://localhost:${port}`,
      FOLKMOOT_DATA: directory,
      FOLKMOOT_DATABASE:
        place.database.engine === 'sqlite' ? `sqlite:${place.database.file}` : place.database.url,
      FOLKMOOT_LOG_LEVEL: 'error',
    }
    // The pages need the web client as well, as after npm start.
    const web = `import { ensureWebBuilt } from './scripts/lib/builds.mjs'; process.exit(ensureWebBuilt() ? 0 : 1)`
    spawnSync(process.execPath, ['--input-type=module', '-e', web], { cwd: program, stdio: 'inherit' })
    const made = folkmoot(
      'account',
      'create',
      'anna',
      '--email',
      'anna@mail.test',
      '--password',
      'correct horse',
      '--confirmed',
    )
    assert.equal(made.status, 0, made.stderr)
    token = folkmoot('token', 'create', 'anna', '--scopes', 'read write').stdout.trim()
    server = spawn(process.execPath, [command, 'serve'], { cwd: directory, env, stdio: 'ignore' })
    const started = server
    await until(
      'the server answers',
      async () => {
        assert.equal(started.exitCode, null, 'the server started')
        return (await fetch(`${origin}/health`).catch(() => undefined))?.ok === true
      },
      60,
    )
  })

  after(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    await place.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  const call = (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> =>
    fetch(origin + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })

  async function upload(bytes: Uint8Array, name: string): Promise<Record<string, unknown>> {
    const form = new FormData()
    form.append('file', new Blob([Uint8Array.from(bytes)]), name)
    const answer = await call('/api/v2/media', { method: 'POST', body: form })
    assert.ok(answer.ok, `${name}: ${answer.status} ${await answer.clone().text()}`)
    return (await answer.json()) as Record<string, unknown>
  }

  test(
    'one program runs, without another beside it that only watches',
    { skip: process.platform !== 'linux' },
    () => {
      const words = readFileSync(`/proc/${server?.pid}/cmdline`, 'utf8').split('\0')
      assert.ok(words.includes(join(program, 'dist/server/main.js')), words.join(' '))
    },
  )

  test('pages and pictures that come with the program are found', async () => {
    for (const path of ['/', '/about', '/assets/missing-avatar.png', '/favicon.ico']) {
      const answer = await fetch(origin + path)
      assert.equal(answer.status, 200, path)
      assert.ok((await answer.arrayBuffer()).byteLength > 100, path)
    }
  })

  test('posts are written in Markdown, found by their words and shown at home', async () => {
    const body = JSON.stringify({
      status: 'A **bold** word about herons: https://example.org/',
      content_type: 'text/markdown',
    })
    const posted = await call('/api/v1/statuses', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    const { id, content } = (await posted.json()) as { id: string; content: string }
    assert.match(content, /<strong>bold<\/strong>/)
    await until('it stands at home', async () => {
      const home = (await (await call('/api/v1/timelines/home')).json()) as { id: string }[]
      return home.some((post) => post.id === id)
    })
  })

  test('pictures and recordings are read, with the libraries that are loaded for them', async () => {
    const picture = await upload(await quartered(), 'quarters.png')
    assert.equal(picture['type'], 'image')
    assert.ok(picture['blurhash'])
    const { id } = await upload(await recording(), 'tune.mp4')
    const found = await until('the recording is read', async () => {
      const answer = await call(`/api/v1/media/${String(id)}`)
      assert.ok(answer.ok, `${answer.status}`)
      return answer.status === 200 ? ((await answer.json()) as { meta: { length?: string } }) : undefined
    })
    assert.ok(found.meta)
  })

  test('the doctor proves the database sound', () => {
    const { stdout, stderr } = folkmoot('doctor')
    assert.match(stdout + stderr, /sound|ok/i)
    assert.doesNotMatch(stdout + stderr, /cannot be read|Cannot find/)
  })

  test('a second start builds nothing', () => {
    assert.equal(folkmoot('--help').stderr, '')
  })
})
