// The law of the house (ARCHITECTURE.md): every file obeys it, and the check catches whoever does not.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fileProblems, skippedTests } from './architecture/file-rules.ts'
import { doors, importProblems, type Problem } from './architecture/import-rules.ts'
import { readSources, type Source } from './architecture/sources.ts'

const say = (problems: Problem[]): string[] =>
  [...new Set(problems.map(({ rule, file, text }) => `${file}: ${text} [${rule}]`))].sort()

/** One file of an imagined house with the given lines below its first sentence. */
const file = (path: string, ...lines: string[]): Source => ({
  path,
  text: ['// Says what this file is for.', ...lines, ''].join('\n'),
})

describe('the house', () => {
  const sources = readSources('src')

  test('there are files to look at', () => assert.ok(sources.length > 50))
  test('imports flow down the floors, through the doors and in no circle', () =>
    assert.deepEqual(say(importProblems(sources)), []))
  test('files are named, opened and sized as agreed, and silence no check', () =>
    assert.deepEqual(say(sources.flatMap(fileProblems)), []))
  test('no test is skipped', () => assert.deepEqual(say(readSources('tests').flatMap(skippedTests)), []))
})

describe('the check of imports', () => {
  const broken: [string, string, string][] = [
    ['src/model/post.ts', `import { x } from '../lib/x.ts'`, '1 imports go down'],
    ['src/store/posts.ts', `import type { X } from '../domain/x.ts'`, '1 imports go down'],
    ['src/store/posts.ts', `type X = import('../domain/x.ts').X`, '1 imports go down'],
    ['src/store/posts.ts', `const x = await import('../platform/log.ts')`, '1 imports go down'],
    ['src/store/posts.ts', `export * from '../platform/log.ts'`, '1 imports go down'],
    ['src/store/posts.ts', `import '../platform/log.ts'`, '1 imports go down'],
    ['src/store/posts.ts', `import {\n  a,\n  b,\n} from '../platform/log.ts'`, '1 imports go down'],
    ['src/platform/jobs.ts', `import { x } from '../domain/x.ts'`, '1 imports go down'],
    ['src/domain/posts/publish.ts', `import { x } from '../../platform/log.ts'`, '1 imports go down'],
    ['src/web/app.tsx', `import type { Post } from '../model/post.ts'`, '1 imports go down'],
    ['src/contract/api.ts', `import type { Post } from '../model/post.ts'`, '1 imports go down'],
    ['src/protocols/mastodon/api.ts', `import { x } from '../../store/posts.ts'`, '1 imports go down'],
    ['src/cli/backup.ts', `import { x } from '../store/posts.ts'`, '1 imports go down'],
    ['src/lib/id.ts', `import { x } from '../../tests/world.ts'`, '1 imports go down'],
    ['src/attic/x.ts', `import { x } from '../lib/id.ts'`, '1 imports go down'],
    ['src/main.ts', `import { x } from './protocols/mastodon/api.ts'`, '1 imports go down'],
    ['src/domain/x.ts', `import { x } from '../house.ts'`, '1 imports go down'],
    ['src/cli/serve.ts', `import { x } from '../main.ts'`, '1 nothing imports main.ts'],
    ['src/protocols/mastodon/api.ts', `import { x } from '../activitypub/index.ts'`, '2 no protocol'],
    ['src/protocols/activitypub/read/note.ts', `import type { X } from '../../../domain/x.ts'`, '3 read/'],
    ['src/protocols/activitypub/write/note.ts', `import { readFile } from 'node:fs/promises'`, '3 read/'],
    ['src/domain/posts/publish.ts', `import { sql } from 'kysely'`, '4 one vendor'],
    ['src/store/posts.ts', `import { Hono } from 'hono/tiny'`, '4 one vendor'],
    ['src/platform/jobs.ts', `import { DatabaseSync } from 'node:sqlite'`, '4 one vendor'],
    ['src/lib/x.ts', `import x from '@scope/unheard-of/deep'`, '4 one vendor'],
  ]
  for (const [path, line, rule] of broken)
    test(`refuses ${line.replaceAll('\n', ' ')} in ${path}`, () => {
      const rules = importProblems([file(path, line)]).map((problem) => problem.rule)
      assert.ok(
        rules.some((one) => one.startsWith(rule)),
        `found ${rules.join() || 'nothing'}`,
      )
    })

  test('refuses a circle, type imports included, and shows the way round', () => {
    const round = [
      file('src/model/a.ts', `import { b } from './b.ts'`),
      file('src/model/b.ts', `import type { C } from './c.ts'`),
      file('src/model/c.ts', `export type { A } from './a.ts'`),
    ]
    assert.deepEqual(say(importProblems(round)), [
      'src/model/a.ts: src/model/a.ts -> src/model/b.ts -> src/model/c.ts -> src/model/a.ts [5 no circles]',
    ])
  })

  test('refuses Node in what the browser loads', () => {
    const loaded = [
      file('src/web/app.tsx', `import { x } from '../lib/x.ts'`),
      file('src/lib/x.ts', `import { y } from './y.ts'`),
      file('src/lib/y.ts', `import { createHash } from 'node:crypto'`),
    ]
    assert.deepEqual(say(importProblems(loaded)), [
      'src/lib/y.ts: is loaded by web and imports node:crypto [1 the browser has no Node]',
    ])
  })

  test('accepts what the law allows', () => {
    const fine = [
      file(
        'src/main.ts',
        `import m from './protocols/mastodon/index.ts'`,
        `import { x } from './store/open.ts'`,
      ),
      file(
        'src/cli/main.ts',
        `import { x } from '../house.ts'`,
        `import { x } from '../store/open.ts'`,
        `import { Command } from 'commander'`,
      ),
      file(
        'src/protocols/mastodon/index.ts',
        `import type { P } from '../protocol.ts'`,
        `import { Hono } from 'hono'`,
      ),
      file('src/domain/posts/publish.ts', `import { x } from '../../store/posts.ts'`),
      file(
        'src/store/posts.ts',
        `import { sql } from 'kysely'`,
        `import type { Post } from '../model/post.ts'`,
      ),
      file('src/lib/note.ts', `// import { x } from '../domain/x.ts'`, `const accept = 'image/*'`),
      file(
        'src/web/app.tsx',
        `import { h } from 'preact'`,
        `import type { S } from '../contract/entities.ts'`,
      ),
    ]
    assert.deepEqual(say(importProblems(fine)), [])
  })

  test('every vendor library of the package has a door', async () => {
    const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
    const homeless = Object.keys(manifest.dependencies).filter((name) => !(name in doors))
    assert.deepEqual(homeless, [])
  })
})

describe('the check of files', () => {
  const broken: [Source, string][] = [
    [file('src/model/myPost.ts'), 'kebab-case'],
    [file('src/Model/post.ts'), 'kebab-case'],
    [file('src/lib/utils.ts'), 'names that say'],
    [file('src/lib/text-helpers.ts'), 'names that say'],
    [file('src/services/post.ts'), 'names that say'],
    [{ path: 'src/lib/x.ts', text: `import { a } from './a.ts'\n` }, 'the first line'],
    [{ path: 'src/lib/x.ts', text: '// post\nexport {}\n' }, 'the first line'],
    [{ path: 'src/lib/x.ts', text: '\n// Says what it is for.\n' }, 'the first line'],
    [file('src/lib/x.ts', 'const a = 1\n'.repeat(300)), 'at most'],
    [file('src/lib/x.ts', 'function f(a: any) {}'), 'no any'],
    [file('src/lib/x.ts', 'const a = b as any'), 'no any'],
    [file('src/lib/x.ts', 'const a: Record<string, any> = {}'), 'no any'],
    [file('src/lib/x.ts', 'let a: any[]'), 'no any'],
    [file('src/lib/x.ts', '// @ts-expect-error later'), 'no any'],
  ]
  for (const [source, rule] of broken)
    test(`refuses ${source.path} with ${JSON.stringify(source.text.slice(-40))}`, () => {
      const rules = fileProblems(source).map((problem) => problem.rule)
      assert.ok(
        rules.some((one) => one.startsWith(rule)),
        `found ${rules.join() || 'nothing'}`,
      )
    })

  test('accepts well-made files, and long ones where they may be', () => {
    const fine = [
      file(
        'src/lib/text/find-links.ts',
        `const a = 'x: any'`,
        '// any of them',
        'const many: Company[] = []',
      ),
      file('src/web/service-worker.ts'),
      file('src/store/migrations/0001-accounts.ts', 'x()\n'.repeat(400)),
      file('src/protocols/activitypub/wire.ts', 'x()\n'.repeat(400)),
    ]
    assert.deepEqual(say(fine.flatMap(fileProblems)), [])
  })

  test('refuses skipped, unfinished and lonely tests', () => {
    // The tilde keeps this file itself free of what it looks for.
    for (const line of [
      `test~skip('x', f)`,
      `it~todo('x')`,
      `describe~only('x', f)`,
      `test('x', { skip~ true }, f)`,
      `t~skip('later')`,
    ].map((text) => text.replace('p~', 'p:').replace('~', '.')))
      assert.equal(skippedTests(file('tests/unit/x.test.ts', line)).length, 1, line)
    assert.deepEqual(skippedTests(file('tests/unit/x.test.ts', `test('a skip is told', f)`)), [])
  })
})
