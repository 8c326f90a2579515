// The rules about single files: names, first line, length, forbidden escapes, skipped tests.
import type { Problem } from './import-rules.ts'
import { withoutComments, type Source } from './sources.ts'

const longest = 300
const mayBeLong = [
  /^src\/store\/schema\.ts$/,
  /^src\/store\/migrations\//,
  /\/wire\.ts$/,
  /^src\/contract\/entities\.ts$/,
]
/** A database handle of whatever schema has no other type. */
const mayUseAny = 'src/store/dialects/dialect.ts'
const emptyWords = /(^|-)(utils?|helpers?|common|misc|managers?|services?)$/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Everything wrong with one file under src/. */
export function fileProblems(source: Source): Problem[] {
  const rules: [string, (source: Source) => string | undefined][] = [
    ['kebab-case names', nameProblem],
    ['names that say something', emptyName],
    ['the first line says what the file is for', firstLineProblem],
    [`at most ${longest} lines`, lengthProblem],
    ['no any, no silenced checks', escapeProblem],
  ]
  return rules.flatMap(([rule, check]) => {
    const text = check(source)
    return text ? [{ rule, file: source.path, text }] : []
  })
}

/** Skipped, unfinished or lonely tests in a file under tests/. */
export function skippedTests({ path, text }: Source): Problem[] {
  const found =
    /\b(test|it|describe|suite)\.(skip|todo|only)\(|\b(skip|todo|only): *(true|['"`])|\bt\.(skip|todo)\(/.exec(
      withoutComments(text),
    )
  return found ? [{ rule: 'no skipped tests', file: path, text: `has ${found[0]}` }] : []
}

/** The folders and the base name of a path under src/, without endings such as .test.ts. */
const partsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replace(/\..*$/, ''))

function nameProblem({ path }: Source): string | undefined {
  const wrong = partsOf(path).find((part) => !kebab.test(part))
  return wrong === undefined ? undefined : `"${wrong}" is not kebab-case`
}

function emptyName({ path }: Source): string | undefined {
  const wrong = partsOf(path).find((part) => emptyWords.test(part))
  return wrong && `"${wrong}" says nothing about what is inside`
}

function firstLineProblem({ text }: Source): string | undefined {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  const sentence = lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join(' ')
    .trim()
  if (!sentence) return 'does not begin with a comment'
  if (!/^\P{Ll}/u.test(sentence) || !/[.?!:)]$/.test(sentence) || sentence.split(/\s+/).length < 3)
    return `begins with "${sentence.slice(0, 60)}", which is not a sentence`
  return undefined
}

function lengthProblem({ path, text }: Source): string | undefined {
  if (mayBeLong.some((pattern) => pattern.test(path))) return undefined
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines > longest ? `has ${lines} lines` : undefined
}

function escapeProblem({ path, text }: Source): string | undefined {
  const silenced = /@ts-(ignore|nocheck|expect-error)/.exec(text)
  if (silenced) return `has ${silenced[0]}`
  const code = withoutComments(text)
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/\s\/\/ .*$/gm, '')
  const any = /(?:[:<|&]\s*|\bas\s+|<[^<>()]*,\s*)any(?=\s*(?:[;,)>\]|&={}]|\[\]|$))/m.exec(code)
  return any && path !== mayUseAny ? `has the type any ("${any[0].trim()}")` : undefined
}
