// Loads the catalogue of the client API (entities, endpoints) together with the documented extensions of ours.
import { readFileSync } from 'node:fs'

export interface CatalogField {
  name: string
  type: string
  nullable: boolean
  optional: boolean
  note?: string
}

export interface CatalogEntity {
  extends?: string
  fields: CatalogField[]
}

export interface CatalogEndpoint {
  method: string
  path: string
  /** Other verbs that mean the same. */
  also?: string[]
  /** Other paths that mean the same. */
  aliases?: string[]
  params: { name: string; type: string; default?: unknown; max?: number }[]
  /** A type expression. */
  returns: string
  /** Success codes; 200 alone when absent. */
  status?: number[]
  paginated: boolean
  pagination?: { prev_param: string; next_sent: string }
  tier: number
  group: string
  notes?: string
}

export interface Catalog {
  entities: Record<string, CatalogEntity>
  endpoints: CatalogEndpoint[]
  limits: Record<string, number>
}

/** A field with the fields that are written under its name with a dot. */
export interface FieldNode {
  field: CatalogField
  children: Map<string, FieldNode>
}

interface Extensions {
  fields: Record<string, Partial<CatalogField>[]>
  entities: Record<string, { extends?: string; fields: Partial<CatalogField>[] }>
  endpoints: Partial<CatalogEndpoint>[]
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

/**
 * The catalogue with extensions.json merged in: a field there adds to its entity, or replaces the field of the
 * same name. Throws when an extension names an entity that does not exist.
 */
export function loadCatalog(): Catalog {
  const catalog = read('./catalog.json') as Catalog
  const extensions = read('./extensions.json') as Extensions
  const entities: Record<string, CatalogEntity> = { ...catalog.entities }
  for (const [name, entity] of Object.entries(extensions.entities))
    entities[name] = { ...entity, fields: entity.fields.map(completeField) }
  for (const [name, fields] of Object.entries(extensions.fields)) {
    const entity = entities[name]
    if (!entity) throw new Error(`extensions.json extends "${name}", which is not an entity`)
    const added = fields.map(completeField)
    const names = new Set(added.map((field) => field.name))
    entities[name] = { ...entity, fields: [...entity.fields.filter((f) => !names.has(f.name)), ...added] }
  }
  const endpoints = [...extensions.endpoints.map(completeEndpoint), ...catalog.endpoints]
  return { ...catalog, entities, endpoints }
}

/** Every field of an entity with those it inherits, its own last and winning. */
export function fieldsOf(catalog: Catalog, name: string): CatalogField[] {
  const entity = catalog.entities[name]
  if (!entity) throw new Error(`the catalogue has no entity "${name}"`)
  if (!entity.extends) return entity.fields
  const own = new Set(entity.fields.map((field) => field.name))
  return [...fieldsOf(catalog, entity.extends).filter((field) => !own.has(field.name)), ...entity.fields]
}

/** Turns dotted names (source, source.note) into nested nodes by key. */
export function fieldTree(fields: CatalogField[]): Map<string, FieldNode> {
  const root = new Map<string, FieldNode>()
  for (const field of fields) {
    let level = root
    const path = field.name.split('.')
    for (const key of path.slice(0, -1)) {
      const parent = level.get(key)
      if (!parent) throw new Error(`${field.name} has no parent in the catalogue`)
      level = parent.children
    }
    level.set(path.at(-1) ?? field.name, { field, children: new Map() })
  }
  return root
}

function completeField(field: Partial<CatalogField>): CatalogField {
  if (!field.name || !field.type) throw new Error('a field of extensions.json needs a name and a type')
  return { nullable: false, optional: false, ...field, name: field.name, type: field.type }
}

function completeEndpoint(endpoint: Partial<CatalogEndpoint>): CatalogEndpoint {
  const { method, path, returns } = endpoint
  if (!method || !path || !returns)
    throw new Error('an endpoint of extensions.json needs method, path and returns')
  return { params: [], paginated: false, tier: 1, group: 'extension', ...endpoint, method, path, returns }
}
