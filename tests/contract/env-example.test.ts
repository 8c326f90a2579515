// The example of settings that operators copy lists exactly the settings that exist.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { envExample } from '../../scripts/generate-env-example.ts'

test('an operator finds every setting in .env.example, with its default', () => {
  const written = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  assert.equal(written, envExample(), 'run node scripts/generate-env-example.ts after changing a setting')
})
