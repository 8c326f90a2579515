// The guides for operators tell of every command and every setting, and of none that does not exist.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { settings } from '../../../src/platform/config.ts'
import { operate } from './operator.ts'

const guide = (name: string): string =>
  readFileSync(new URL(`../../../docs/admin/${name}.md`, import.meta.url), 'utf8')

/** The commands that a help text lists, without their arguments. */
const listed = (help: string): string[] =>
  [...(help.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'help')

test('every command stands in the guide to the command line', async () => {
  const text = guide('cli')
  const top = listed((await operate({}, ['--help'])).out)
  assert.ok(top.length > 10)
  for (const name of top) {
    const below = listed((await operate({}, [name, '--help'])).out)
    for (const command of below.length === 0 ? [name] : below.map((one) => `${name} ${one}`))
      assert.ok(text.includes(`\`${command}`), `docs/admin/cli.md does not tell of "${command}"`)
  }
})

test('every setting stands in the guide to settings, with its sentence and its default', () => {
  const rows = guide('configuration')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  const byName = new Map(rows.map((cells) => [cells[1]?.replaceAll('`', ''), cells]))
  assert.deepEqual(new Set(byName.keys()), new Set(Object.keys(settings)))
  for (const [name, setting] of Object.entries(settings)) {
    const cells = byName.get(name) ?? []
    assert.ok(
      cells[4]?.startsWith(setting.description),
      `${name} is told of in other words than by the program`,
    )
    if (setting.default !== undefined)
      assert.equal(cells[3], `\`${setting.default}\``, `${name} has another default`)
  }
})
