// Promises to whoever runs the server from its command line, while it runs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forEachEngine } from '../database.ts'
import { environmentOf, operate } from '../unit/cli/operator.ts'
import type { Outcome } from '../unit/cli/operator.ts'
import { eventually, startWorld } from '../world.ts'
import type { World } from '../world.ts'

forEachEngine((engine) => {
  let world: World
  let env: Record<string, string>
  before(async () => {
    world = await startWorld({ engine })
    const { database, dataDirectory } = world.house.config
    env = environmentOf({ database, dataDirectory, origin: world.origin })
  })
  after(() => world.stop())

  const run = (...argv: string[]): Promise<Outcome> => operate(env, argv)
  const done = async (...argv: string[]): Promise<string> => {
    const outcome = await run(...argv)
    assert.equal(outcome.code, 0, `${argv.join(' ')}: ${outcome.err}`)
    return outcome.out
  }
  const make = (name: string, ...more: string[]) =>
    done('account', 'create', name, '--email', `${name}@people.test`, '--confirmed', ...more)
  const token = async (name: string): Promise<string> =>
    (await done('token', 'create', name, '--scopes', 'read write follow push')).trim()

  test('an account and a token made on the command line work at once', async () => {
    await make('ada', '--password', 'correct horse', '--role', 'admin')
    const secret = await token('ada')
    assert.match(secret, /^[\w-]{43}$/, 'the token stands alone on standard output')
    const me = await world.client(secret).get('/api/v1/accounts/verify_credentials')
    assert.equal(me.username, 'ada')
    assert.equal(me.role.name.toLowerCase(), 'admin')
    const post = await world.client(secret).post('/api/v1/statuses', { status: 'From a script' })
    assert.equal(post.content, '<p>From a script</p>')
  })

  test('a made-up password is printed once and lets the person in', async () => {
    const printed = await make('bea')
    const password = /^Password: (.+)$/m.exec(printed)?.[1]
    assert.ok(password)
    const { checkCredentials } = await import('../../src/domain/sign-in/sign-in.ts')
    const { account } = await checkCredentials(world.house.ctx, 'bea', password)
    assert.equal(account.username, 'bea')
  })

  test('a password can come over standard input, so that nobody sees it in the list of processes', async () => {
    const argv = ['account', 'create', 'cleo', '--email', 'cleo@people.test', '--password-stdin']
    const outcome = await operate(env, argv, { input: 'quiet as a mouse\n' })
    assert.equal(outcome.code, 0, outcome.err)
    assert.equal(outcome.out.includes('mouse'), false)
    const { checkCredentials } = await import('../../src/domain/sign-in/sign-in.ts')
    await checkCredentials(world.house.ctx, 'cleo', 'quiet as a mouse')
  })

  test('a new password ends every session and token', async () => {
    await make('dora', '--password', 'first password')
    const secret = await token('dora')
    await done('account', 'reset-password', 'dora', '--password', 'second password')
    assert.equal(await world.client(secret).status('GET', '/api/v1/accounts/verify_credentials'), 401)
  })

  test('a second factor that its owner lost is switched off', async () => {
    await make('fritz', '--password', 'four words and more')
    const users = () =>
      world.house.ctx.store.read.selectFrom('users').where('email', '=', 'fritz@people.test')
    const on = { otp_secret: 'MFRGGZDFMZTWQ2LK', otp_enabled_at: Date.now() }
    await world.house.ctx.store.write((tx) =>
      tx.updateTable('users').set(on).where('email', '=', 'fritz@people.test').execute(),
    )
    await done('account', 'drop-second-factor', 'fritz')
    const left = await users().select(['otp_secret', 'otp_enabled_at']).executeTakeFirst()
    assert.deepEqual(left, { otp_secret: null, otp_enabled_at: null })
    assert.equal((await run('account', 'drop-second-factor', 'fritz')).code, 1)
  })

  test('tokens are listed without their secrets and taken back one by one', async () => {
    await make('eva')
    const [first, second] = [await token('eva'), await token('eva')]
    const listed = await done('token', 'list', 'eva')
    assert.equal(listed.includes(first), false)
    const ids = [...listed.matchAll(/^(\d+) /gm)].map((match) => match[1] ?? '')
    assert.equal(ids.length, 2)
    await done('token', 'revoke', 'eva', ids[0] ?? '')
    const works = async (secret: string) =>
      (await world.client(secret).status('GET', '/api/v1/accounts/verify_credentials')) === 200
    assert.deepEqual([await works(first), await works(second)], [true, false])
    await done('token', 'revoke', 'eva')
    assert.equal(await works(first), false)
  })

  test('a suspended person is out until the suspension ends', async () => {
    await make('fay')
    const before = await token('fay')
    await done('account', 'suspend', 'fay')
    assert.notEqual(await world.client(before).status('GET', '/api/v1/accounts/verify_credentials'), 200)
    await done('account', 'unsuspend', 'fay')
    const after = await token('fay')
    assert.equal(await world.client(after).status('GET', '/api/v1/accounts/verify_credentials'), 200)
  })

  test('an unconfirmed account is told of, and confirmed', async () => {
    await done('account', 'create', 'gil', '--email', 'gil@people.test')
    const outcome = await run('token', 'create', 'gil', '--scopes', 'read')
    assert.match(outcome.err, /folkmoot account confirm gil/)
    const secret = outcome.out.trim()
    assert.equal(await world.client(secret).status('GET', '/api/v1/accounts/verify_credentials'), 403)
    await done('account', 'confirm', 'gil')
    assert.equal(await world.client(secret).status('GET', '/api/v1/accounts/verify_credentials'), 200)
  })

  test('the list of accounts shows roles and can be read by programs', async () => {
    await make('hal', '--role', 'moderator')
    const lines = (await done('account', 'list', '--role', 'moderator', '--json')).trim().split('\n')
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { username: string }).username),
      ['hal'],
    )
    await done('account', 'set-role', 'hal', 'user')
    assert.doesNotMatch(await done('account', 'list', '--role', 'moderator'), /hal/)
  })

  test('the running server does what a command puts off, within seconds', async () => {
    await make('ida')
    const waiting = async () => {
      const rows = await world.house.ctx.store.read.selectFrom('jobs').select(['kind', 'payload']).execute()
      return rows.filter((row) => row.kind === 'account-created').length
    }
    await eventually(async () => (await waiting()) === 0)
    const found = await world.client(await token('ida')).get('/api/v1/accounts/search?q=ida')
    assert.deepEqual(
      found.map((one: { username: string }) => one.username),
      ['ida'],
    )
  })

  test('a deleted account is gone for everybody, and its name stays taken', async () => {
    await make('jan')
    await done('account', 'delete', 'jan', '--yes')
    assert.equal((await run('token', 'create', 'jan', '--scopes', 'read')).code, 1)
    const again = await run('account', 'create', 'jan', '--email', 'jan@people.test')
    assert.equal(again.code, 1)
    assert.match(again.err, /taken/)
  })

  test('deleting needs the name typed once more, or --yes', async () => {
    await make('kim')
    const refused = await operate(env, ['account', 'delete', 'kim'], { input: 'kin\n' })
    assert.equal(refused.code, 1)
    assert.match(await done('account', 'list'), /^kim/m)
    const agreed = await operate(env, ['account', 'delete', 'kim'], { input: 'kim\n' })
    assert.equal(agreed.code, 0)
    assert.doesNotMatch(await done('account', 'list'), /^kim/m)
  })

  test('what is decided about a domain holds in the running server', async () => {
    const { policyFor } = await import('../../src/domain/moderation/policy-cache.ts')
    const isSuspended = async () => (await policyFor(world.house.ctx, 'sub.bad.example')).suspended
    assert.equal(await isSuspended(), false)
    await done('domain', 'block', 'bad.example', '--public-comment', 'spam, "lots" of it')
    await eventually(isSuspended)
    const csv = await done('domain', 'export', '-')
    assert.match(csv, /^#domain,#severity,/)
    assert.match(csv, /^bad\.example,suspend,False,False,"spam, ""lots"" of it",False$/m)
    await done('domain', 'remove', 'bad.example')
    const trial = await operate(env, ['domain', 'import', '-', '--dry-run'], { input: csv })
    assert.match(trial.out, /^bad\.example: block$/m)
    const flawed = await operate(env, ['domain', 'import', '-', '--dry-run'], {
      input: `${csv}not a domain,suspend\n`,
    })
    assert.match(flawed.err, /^Line \d+: "not a domain" is not a domain$/m)
    assert.match(flawed.out, /^Would write 1 decisions/m)
    assert.doesNotMatch(await done('domain', 'list'), /bad\.example/)
    const imported = await operate(env, ['domain', 'import', '-'], { input: csv })
    assert.equal(imported.code, 0)
    assert.match(await done('domain', 'list'), /^bad\.example +blocked +spam/m)
  })

  test('a doctor finds a running server well, and says what to do where it is not', async () => {
    const lines = (await run('doctor', '--json')).out.trim().split('\n')
    const findings = lines.map((line) => JSON.parse(line) as { check: string; level: string; text: string })
    const levelOf = (check: string) => findings.find((one) => one.check === check)?.level
    for (const check of [
      'Node',
      'data directory',
      'file store',
      'database',
      'public address',
      'WebFinger',
      'NodeInfo',
    ])
      assert.equal(levelOf(check), 'ok', `${check}: ${findings.find((one) => one.check === check)?.text}`)
    assert.equal(levelOf('reverse proxy'), 'ok')
    const lost = await operate({ ...env, FOLKMOOT_URL: 'http://localhost:1', PORT: '1' }, ['doctor'])
    assert.equal(lost.code, 1)
    assert.match(lost.out, /^problem +NodeInfo: Nobody answers at /m)
  })

  test('mistakes end in one sentence: 1 for a refusal, 2 for a command that is not understood', async () => {
    const refused = await run('account', 'create', 'no one', '--email', 'x@people.test')
    assert.deepEqual([refused.code, refused.out, refused.err.trim().split('\n').length], [1, '', 1])
    assert.match(refused.err, /\.\n$/)
    for (const argv of [
      ['acount'],
      ['account', 'create'],
      ['account', 'create', 'a', '--emale', 'x'],
      ['token', 'create', 'ada'],
    ]) {
      const outcome = await run(...argv)
      assert.equal(outcome.code, 2, argv.join(' '))
      assert.notEqual(outcome.err, '')
    }
    const wrong = await operate({ ...env, FOLKMOOT_REGISTRATIONS: 'maybe' }, ['account', 'list'])
    assert.equal(wrong.code, 1)
    assert.match(wrong.err, /FOLKMOOT_REGISTRATIONS is "maybe"/)
  })

  test('settings are printed with their sentences and without secrets', async () => {
    const { out } = await operate({ ...env, FOLKMOOT_SMTP_URL: 'smtp://me:hush@mail.test' }, ['config'])
    assert.match(out, /^FOLKMOOT_SMTP_URL=\(hidden\)\n {2}The mail server/m)
    assert.equal(out.includes('hush'), false)
    assert.match(out, /^FOLKMOOT_REGISTRATIONS=closed {2}\(default\)$/m)
  })

  test('housekeeping can be done at any time and says what it removed', async () => {
    const out = await done('janitor', 'run')
    assert.match(out, /^expired sessions: 0 removed$/m)
    assert.match(await done('media', 'prune'), /^copies of media by age: 0 removed$/m)
  })

  test('work that was given up is shown and tried anew', async () => {
    const { ctx } = world.house
    const job = {
      id: ctx.ids.next(),
      queue: 'nobody',
      kind: 'odd',
      payload: '{}',
      attempts: 3,
      created_at: 1,
      run_at: 1,
    }
    await ctx.store.write((tx) =>
      tx
        .insertInto('dead_jobs')
        .values({ ...job, last_error: 'It broke', failed_at: 1 })
        .execute(),
    )
    assert.match(await done('jobs', 'dead'), /odd .*It broke/)
    assert.equal(await done('jobs', 'retry', String(job.id)), 'Put 1 job back into its queue.\n')
    assert.match(await done('jobs', 'list'), /^nobody +1 +1 /m)
  })
})
