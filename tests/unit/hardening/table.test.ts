// The promise that the list of known flaws is whole, and that every test it names exists.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const ROOT = new URL('../../../', import.meta.url)
const table = readFileSync(new URL('docs/hardening.md', ROOT), 'utf8')

test('all ninety flaws are listed, each with a proof or the reason why it has none', () => {
  const rows = [...table.matchAll(/^\| *(\d+) *\| ([^|]+) \| ([^|]+) \| (.+) \|$/gm)]
  assert.deepEqual(
    rows.map((row) => Number(row[1])),
    Array.from({ length: 90 }, (_, index) => index + 1),
  )
  for (const [, number, , tried = '', proof = ''] of rows)
    assert.ok(proof.includes('`tests/') !== tried.startsWith('Not there: '), `${number}`)
})

test('every test that proves something exists under its name', () => {
  const proofs = [...table.matchAll(/`(tests\/[\w./-]+)`: “([^”]+)”/g)]
  assert.ok(proofs.length > 130)
  for (const [, path = '', name = ''] of proofs) {
    const code = readFileSync(new URL(path, ROOT), 'utf8')
    assert.ok(code.includes(name) || code.includes(name.replaceAll("'", String.raw`\'`)), `${path}: ${name}`)
  }
})
