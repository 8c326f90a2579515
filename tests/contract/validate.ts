// Checks what the client API answers against the catalogue: entities, whole exchanges, stream messages.
import { endpointFor } from './endpoint-for.ts'
import { fieldsOf, fieldTree, loadCatalog, type FieldNode } from './catalog.ts'
import { linkProblems, type Exchange } from './link-rules.ts'
import { scalarProblem } from './scalars.ts'
import { parseType, type TypeExpression } from './type-expression.ts'

export type { Exchange } from './link-rules.ts'

export const catalog = loadCatalog()

const trees = new Map<string, Map<string, FieldNode>>()
const types = new Map<string, TypeExpression>()

/**
 * Problems of a JSON value against an entity or any type expression ('Status', 'array<Status>', 'Status?'),
 * one sentence each, starting with the path. An empty list means that the value is exactly as promised.
 */
export function validateEntity(name: string, value: unknown): string[] {
  return typeProblems(typeOf(name), value, name)
}

/**
 * Problems of one request and its answer: known endpoint, promised success code and body, error shape, Link header.
 * `path` may carry the query; `body` is parsed JSON or the text of it.
 */
export function validateExchange(exchange: Exchange): string[] {
  const endpoint = endpointFor(catalog, exchange.method, exchange.path)
  if (!endpoint) return [`${exchange.method} ${exchange.path} is not an endpoint of the catalogue`]
  const at = `${exchange.method} ${endpoint.path}`
  const body = parsedBody(exchange.body)
  if (exchange.status >= 400) return errorProblems(body, at)
  const promised = endpoint.status ?? [200]
  if (!promised.includes(exchange.status))
    return [`${at} answered ${exchange.status}, promised is ${promised.join(' or ')}`]
  // Accepted and No Content may come without a body, whatever the finished answer will be.
  if ((exchange.status === 202 || exchange.status === 204) && isEmpty(body)) return []
  const problems =
    endpoint.returns === 'empty' ? emptyProblems(body, at) : typeProblems(typeOf(endpoint.returns), body, at)
  const type = new Headers(exchange.headers).get('content-type') ?? ''
  if (endpoint.returns !== 'empty' && !/^application\/(\w+\+)?json\b/.test(type))
    problems.push(`${at}: content-type is "${type}", not JSON`)
  return [...problems, ...linkProblems(endpoint, { ...exchange, body }, at)]
}

const eventPayloads: Record<string, string> = {
  update: 'Status',
  'status.update': 'Status',
  notification: 'Notification',
  conversation: 'Conversation',
  announcement: 'Announcement',
  'announcement.reaction': 'Reaction',
  delete: 'id',
  'announcement.delete': 'id',
}

/** Problems of one WebSocket message of the streaming API: { stream: [...], event, payload: a JSON text or a bare id }. */
export function validateStreamMessage(message: unknown): string[] {
  const shape = typeProblems(
    typeOf('{stream: array<string>, event: string, payload: string}'),
    message,
    'message',
  )
  if (shape.length) return shape
  const { event, payload } = message as { event: string; payload: string }
  if (event === 'filters_changed')
    return payload === 'null' ? [] : ['message: filters_changed carries something']
  if (event === 'notifications_merged') return payload === '1' ? [] : ['message: payload is not "1"']
  const type = eventPayloads[event]
  if (!type) return [`message: no event is called "${event}"`]
  return validateEntity(type, type === 'id' ? payload : parsedBody(payload))
}

function typeOf(expression: string): TypeExpression {
  let type = types.get(expression)
  if (!type) types.set(expression, (type = parseType(expression)))
  return type
}

function typeProblems(type: TypeExpression, value: unknown, at: string): string[] {
  switch (type.kind) {
    case 'name':
      return namedProblems(type.name, value, at)
    case 'optional':
      return value === null ? [] : typeProblems(type.of, value, at)
    case 'enum':
      return typeof value === 'string' && type.values.includes(value)
        ? []
        : [`${at}: ${show(value)} is none of ${type.values.join(', ')}`]
    case 'array':
      if (!Array.isArray(value)) return [`${at}: ${show(value)} is not an array`]
      return value.flatMap((item, index) => typeProblems(type.of, item, `${at}[${index}]`))
    case 'map':
      if (!isObject(value)) return [`${at}: ${show(value)} is not an object`]
      return Object.entries(value).flatMap(([key, item]) => typeProblems(type.of, item, `${at}[${key}]`))
    case 'union':
      return fewest(type.of.map((one) => typeProblems(one, value, at)))
    case 'shape':
      return shapeProblems(type.keys, value, at)
  }
}

function namedProblems(name: string, value: unknown, at: string): string[] {
  if (catalog.entities[name]) {
    let tree = trees.get(name)
    if (!tree) trees.set(name, (tree = fieldTree(fieldsOf(catalog, name))))
    return treeProblems(tree, value, at)
  }
  const problem = scalarProblem(name, value)
  return problem ? [`${at}: ${show(value)} ${problem}`] : []
}

function treeProblems(tree: Map<string, FieldNode>, value: unknown, at: string): string[] {
  if (!isObject(value)) return [`${at}: ${show(value)} is not an object`]
  const problems = unknownKeys(value, tree, at)
  for (const [key, { field, children }] of tree) {
    const path = `${at}.${key}`
    const item = value[key]
    if (!Object.hasOwn(value, key) || item === undefined) {
      if (!field.optional) problems.push(`${path} is missing`)
    } else if (item === null) {
      if (!field.nullable) problems.push(`${path} is null`)
    } else if (children.size) problems.push(...treeProblems(children, item, path))
    else problems.push(...typeProblems(typeOf(field.type), item, path))
  }
  return problems
}

function shapeProblems(keys: Map<string, TypeExpression>, value: unknown, at: string): string[] {
  if (!isObject(value)) return [`${at}: ${show(value)} is not an object`]
  const problems = unknownKeys(value, keys, at)
  for (const [key, type] of keys)
    problems.push(
      ...(Object.hasOwn(value, key)
        ? typeProblems(type, value[key], `${at}.${key}`)
        : [`${at}.${key} is missing`]),
    )
  return problems
}

function unknownKeys(value: object, known: Map<string, unknown>, at: string): string[] {
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => `${at}.${key} is not in the catalogue`)
}

function errorProblems(body: unknown, at: string): string[] {
  const shapes = ['Error', 'ValidationError', 'UnexpectedMentionsError', 'Admin::ExistingDomainBlockError']
  // Collections answer with the validation object inside of `error`.
  if (at.includes('/collections')) shapes.push('{error: ValidationError}')
  return fewest(shapes.map((shape) => typeProblems(typeOf(shape), body, `${at} (error)`)))
}

function emptyProblems(body: unknown, at: string): string[] {
  return isEmpty(body) ? [] : [`${at}: the body is not empty`]
}

const isEmpty = (body: unknown): boolean => body === undefined || body === null || body === ''

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsedBody(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return body
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

const fewest = (lists: string[][]): string[] =>
  lists.reduce((best, list) => (list.length < best.length ? list : best))

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
