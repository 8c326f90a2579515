// Parameters of a request as Mastodon's clients send them: JSON, forms, multipart and queries, nested as Rails nests them.
import { parseId } from '../../../lib/id.ts'
import { Refusal, notFound } from '../../../model/refusal.ts'

export type ParamValue = string | number | boolean | null | File | ParamValue[] | ParamTree
export interface ParamTree {
  [name: string]: ParamValue
}

const MAX_DEPTH = 8
const MAX_PAIRS = 2000
const FALSE_WORDS = new Set(['false', '0', 'f', 'F', 'FALSE', 'off', 'OFF'])

function emptyTree(): ParamTree {
  return Object.create(null) as ParamTree
}

function isTree(value: ParamValue | undefined): value is ParamTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof File)
}

/** Splits `a[b][][c]` into its steps; a name that is not well-formed stays one step. */
function stepsOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0 || !name.endsWith(']')) return [name]
  const inner = name.slice(open + 1, -1).split('][')
  return inner.length >= MAX_DEPTH ? [name] : [name.slice(0, open), ...inner]
}

function putInto(tree: ParamTree, steps: string[], value: ParamValue): void {
  const [step, next, ...rest] = steps as [string, string | undefined, ...string[]]
  if (next === undefined) {
    tree[step] = value
    return
  }
  if (next === '') {
    const list = Array.isArray(tree[step]) ? tree[step] : []
    tree[step] = list
    if (rest.length === 0) {
      list.push(value)
      return
    }
    // `a[][b]=1&a[][c]=2`: a new element begins when the name is already taken in the last one.
    const last = list.at(-1)
    const key = rest[0] as string
    if (isTree(last) && !(key in last && rest.length === 1)) putInto(last, rest, value)
    else {
      const element = emptyTree()
      list.push(element)
      putInto(element, rest, value)
    }
    return
  }
  const existing = tree[step]
  const child = isTree(existing) ? existing : emptyTree()
  tree[step] = child
  putInto(child, [next, ...rest], value)
}

/** Builds the nested tree from pairs of a query string or a form; later values win as in Rails. */
export function nestPairs(pairs: Iterable<[string, string | File]>): ParamTree {
  const tree = emptyTree()
  let count = 0
  for (const [name, value] of pairs) {
    if (++count > MAX_PAIRS) throw new Refusal('invalid', 'The request has too many parameters')
    if (name !== '') putInto(tree, stepsOf(name), value)
  }
  return tree
}

/** Copies parsed JSON into a tree without prototypes; refuses what is nested too deeply. */
export function treeFromJson(json: unknown, depth = 0): ParamTree {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return emptyTree()
  const tree = emptyTree()
  for (const [name, value] of Object.entries(json)) tree[name] = fromJson(value, depth + 1)
  return tree
}

function fromJson(value: unknown, depth: number): ParamValue {
  if (depth > MAX_DEPTH) throw new Refusal('invalid', 'The parameters are nested too deeply')
  if (Array.isArray(value)) {
    if (value.length > MAX_PAIRS) throw new Refusal('invalid', 'A list in the parameters is too long')
    return value.map((item) => fromJson(item, depth + 1))
  }
  if (typeof value === 'object' && value !== null) return treeFromJson(value, depth)
  return value as string | number | boolean | null
}

/** A number-keyed hash is a list in Rails: `a[0]=x&a[1]=y`. */
function asList(value: ParamValue | undefined): ParamValue[] | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (Array.isArray(value)) return value
  if (isTree(value)) {
    const keys = Object.keys(value)
    return keys.every((key) => /^\d+$/.test(key)) ? keys.map((key) => value[key] as ParamValue) : undefined
  }
  return [value]
}

export interface Params {
  readonly tree: ParamTree
  has(name: string): boolean
  /** Text, undefined when absent; '' stays ''. Lists and hashes count as absent. */
  text(name: string, maxLength?: number): string | undefined
  /** Text that must be there and not be blank; otherwise the field's answer for a missing parameter. */
  required(name: string, maxLength?: number): string
  /** Rails' cast: false words are false, '' is undefined, all else is true. */
  flag(name: string): boolean | undefined
  integer(name: string): number | undefined
  /** One of our ids; something that can't be one refuses as "not found". */
  id(name: string): number | undefined
  ids(name: string, max?: number): number[] | undefined
  texts(name: string, max?: number, maxLength?: number): string[] | undefined
  child(name: string): Params | undefined
  children(name: string, max?: number): Params[] | undefined
  file(name: string): File | undefined
}

function textOf(value: ParamValue | undefined): string | undefined {
  if (typeof value === 'string') return value.replaceAll('\u0000', '')
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function tooLong(name: string, max: number): Refusal {
  return new Refusal('invalid', `Validation failed: ${name} is too long (maximum is ${max} characters)`)
}

/** Reads typed values from a tree. Methods never throw anything but Refusal. */
export function readParams(tree: ParamTree): Params {
  const text = (name: string, max = 100_000): string | undefined => {
    const value = textOf(tree[name])
    if (value !== undefined && value.length > max) throw tooLong(name, max)
    return value
  }
  const list = (name: string, max: number): ParamValue[] | undefined => {
    const items = asList(tree[name])
    if (items && items.length > max)
      throw new Refusal('invalid', `Validation failed: ${name} has more than ${max} items`)
    return items
  }
  return {
    tree,
    has: (name) => tree[name] !== undefined,
    text,
    required(name, max) {
      const value = text(name, max)
      if (value === undefined || value.trim() === '') throw new MissingParam(name)
      return value
    },
    flag(name) {
      const value = tree[name]
      if (typeof value === 'boolean') return value
      const word = textOf(value)
      return word === undefined || word === '' ? undefined : !FALSE_WORDS.has(word)
    },
    integer(name) {
      const value = textOf(tree[name])
      return value !== undefined && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined
    },
    id(name) {
      const value = textOf(tree[name])
      if (value === undefined || value === '') return undefined
      const id = parseId(value)
      if (id === undefined) throw notFound()
      return id
    },
    ids: (name, max = 200) => list(name, max)?.map((item) => parseId(textOf(item)) ?? 0),
    texts: (name, max = 200, maxLength = 10_000) =>
      list(name, max)?.flatMap((item) => {
        const value = textOf(item)
        if (value !== undefined && value.length > maxLength) throw tooLong(name, maxLength)
        return value === undefined ? [] : [value]
      }),
    child(name) {
      const value = tree[name]
      return isTree(value) ? readParams(value) : undefined
    },
    children: (name, max = 100) => list(name, max)?.filter(isTree).map(readParams),
    file(name) {
      const value = tree[name]
      return value instanceof File ? value : undefined
    },
  }
}

/** A parameter that makes no sense: clients get 400. */
export class BadParam extends Refusal {
  constructor(text: string) {
    super('invalid', text)
    this.name = 'BadParam'
  }
}

/** A required parameter is absent: clients get 400 with Rails' words. */
export class MissingParam extends BadParam {
  constructor(name: string) {
    super(`param is missing or the value is empty or invalid: ${name}`)
    this.name = 'MissingParam'
  }
}
