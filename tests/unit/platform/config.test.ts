// Promises to operators about settings: defaults that work, wrong values explained, misspellings noticed.
import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  ConfigError,
  readConfig,
  readEnvFile,
  readEnvironment,
  settings,
} from '../../../src/platform/config.ts'
import type { Environment } from '../../../src/platform/config.ts'

const problemsOf = (env: Environment): readonly string[] => {
  try {
    readConfig(env)
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error))
    return error.problems
  }
  return []
}

test('an operator who sets nothing gets a closed local server on SQLite that trusts only loopback', () => {
  const config = readConfig({})
  assert.equal(config.origin, 'http://localhost:3000')
  assert.equal(config.domain, 'localhost:3000')
  assert.equal(config.registrations, 'closed')
  assert.deepEqual(config.database, { engine: 'sqlite', file: resolve('data/folkmoot.db') })
  assert.deepEqual(config.allowPrivate, [])
  assert.deepEqual(config.trustProxy, ['127.0.0.0/8', '::1/128'])
  assert.equal(config.smtpUrl, undefined)
  assert.equal(config.rateLimits, true)
  assert.match(config.version, /^\d+\.\d+\.\d+/)
})

test('an operator reads every setting back in the units the server works with', () => {
  const config = readConfig({
    PORT: '8080',
    FOLKMOOT_URL: 'https://Social.Example/',
    FOLKMOOT_DATA: '/var/lib/folkmoot',
    FOLKMOOT_ALLOW_PRIVATE: '10.0.0.0/8 fd00::/8,127.0.0.1',
    FOLKMOOT_TRUST_PROXY: 'none',
    FOLKMOOT_AUTHORIZED_FETCH: 'true',
    FOLKMOOT_UPLOAD_IMAGE_MB: '2',
    FOLKMOOT_MEDIA_CACHE_GB: '3',
    FOLKMOOT_REGISTRATIONS: 'Approval',
  })
  assert.equal(config.origin, 'https://social.example')
  assert.equal(config.domain, 'social.example')
  assert.equal(config.port, 8080)
  assert.deepEqual(config.database, { engine: 'sqlite', file: '/var/lib/folkmoot/folkmoot.db' })
  assert.deepEqual(config.allowPrivate, ['10.0.0.0/8', 'fd00::/8', '127.0.0.1'])
  assert.deepEqual(config.trustProxy, [])
  assert.equal(config.authorizedFetch, true)
  assert.equal(config.limits.imageBytes, 2 * 1024 ** 2)
  assert.equal(config.retention.mediaCacheBytes, 3 * 1024 ** 3)
  assert.equal(config.registrations, 'approval')
  assert.equal(config.mailFrom, 'no-reply@social.example')
})

test('an operator who writes wrong values is told about all of them at once and what to write', () => {
  const problems = problemsOf({
    PORT: '70000',
    FOLKMOOT_REGISTRATIONS: 'maybe',
    FOLKMOOT_URL: 'https://social.example/path',
    FOLKMOOT_ALLOW_PRIVATE: '10.0.0.0/40',
    FOLKMOOT_RATE_LIMITS: 'perhaps',
  })
  assert.deepEqual(problems, [
    'PORT is "70000": write a whole number from 0 to 65535.',
    'FOLKMOOT_URL is "https://social.example/path": write the address people see, without a path, such as https://social.example.',
    'FOLKMOOT_ALLOW_PRIVATE is "10.0.0.0/40": write IP addresses or ranges such as 10.0.0.0/8, fd00::/8, separated by commas or spaces, or none.',
    'FOLKMOOT_REGISTRATIONS is "maybe": write open, approval or closed.',
    'FOLKMOOT_RATE_LIMITS is "perhaps": write on or off.',
  ])
})

test('data below /proc or /sys are refused with a sentence, where making a folder would never end', () => {
  for (const place of ['/proc', '/proc/self/data', '/sys/x', '/tmp/../proc/1'])
    assert.match(
      problemsOf({ FOLKMOOT_DATA: place })[0] ?? '',
      /^FOLKMOOT_DATA leads to .*: write a place on a disk/,
    )
  assert.match(
    problemsOf({ FOLKMOOT_DATABASE: 'sqlite:/proc/x.db' })[0] ?? '',
    /^FOLKMOOT_DATABASE leads to /,
  )
  assert.deepEqual(readConfig({ FOLKMOOT_DATA: '/process' }).dataDirectory, '/process')
})

test('a wrong setting that holds a password is never repeated in the message', () => {
  const problems = problemsOf({ FOLKMOOT_DATABASE: 'mysql://me:hunter2@db', FOLKMOOT_SMTP_URL: 'hunter2' })
  assert.equal(problems.length, 2)
  assert.doesNotMatch(problems.join(' '), /hunter2/)
})

test('a half-written object store is refused with the names that are missing', () => {
  const problems = problemsOf({ FOLKMOOT_S3_ENDPOINT: 'https://s3.example/', FOLKMOOT_S3_BUCKET: 'files' })
  assert.deepEqual(
    problems.map((problem) => problem.split(' ')[0]),
    ['FOLKMOOT_S3_ACCESS_KEY', 'FOLKMOOT_S3_SECRET_KEY'],
  )
  const config = readConfig({
    FOLKMOOT_S3_ENDPOINT: 'https://s3.example/',
    FOLKMOOT_S3_BUCKET: 'files',
    FOLKMOOT_S3_ACCESS_KEY: 'a',
    FOLKMOOT_S3_SECRET_KEY: 'b',
  })
  assert.equal(config.s3?.endpoint, 'https://s3.example')
  assert.equal(config.s3?.region, 'us-east-1')
})

test('a misspelt setting is pointed out with the name that was meant', () => {
  const { warnings } = readConfig({
    FOLKMOOT_REGISTRATION: 'open',
    FOLKMOOT_XYZZY_PLUGH_NOTHING: '1',
    HOME: '/',
  })
  assert.equal(warnings.length, 2)
  assert.match(warnings[0] ?? '', /did you mean FOLKMOOT_REGISTRATIONS\?/)
  assert.match(warnings[1] ?? '', /is ignored\.$/)
})

test('an operator whose address is plain http is warned that the internet will not talk to it', () => {
  assert.match(readConfig({ FOLKMOOT_URL: 'http://a.test' }).warnings.join(), /FOLKMOOT_URL is not https/)
  assert.deepEqual(readConfig({ FOLKMOOT_URL: 'https://a.test' }).warnings, [])
  assert.deepEqual(readConfig({}).warnings, [])
})

test('a .env file gives settings, the real environment wins, and no file is no settings', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'folkmoot-env-')), '.env')
  writeFileSync(file, '# note\nPORT=4000\nFOLKMOOT_TITLE="The Green"\n')
  assert.deepEqual({ ...readEnvFile(file) }, { PORT: '4000', FOLKMOOT_TITLE: 'The Green' })
  const config = readConfig(readEnvironment(file, { PORT: '5000' }))
  assert.equal(config.port, 5000)
  assert.equal(config.title, 'The Green')
  assert.deepEqual(readEnvFile(`${file}.missing`), {})
})

test('an empty setting counts as not written', () => {
  assert.equal(readConfig({ PORT: '', FOLKMOOT_SMTP_URL: ' ' }).port, 3000)
})

test('every setting is documented with a sentence, and its default is a value it accepts', () => {
  for (const [name, setting] of Object.entries(settings)) {
    assert.match(setting.description, /^[A-Z].*\.$/, name)
    if (setting.default !== undefined) assert.ok(setting.kind.schema.safeParse(setting.default).success, name)
  }
})

test('whatever an environment holds, settings are read or explained, never a crash', () => {
  const names = Object.keys(settings)
  const environments = fc.dictionary(
    fc.constantFrom(...names),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  )
  fc.assert(
    fc.property(environments, (env) => {
      for (const problem of problemsOf(env)) assert.match(problem, /^[A-Z0-9_]+ .*: write .*\.$/su)
    }),
  )
})
