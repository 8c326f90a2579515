// Builds a smallest valid sample of an entity from the catalogue, to prove the checks with.
import { fieldsOf, fieldTree, type Catalog, type FieldNode } from './catalog.ts'
import { parseType, type TypeExpression } from './type-expression.ts'

const scalars: Record<string, unknown> = {
  id: '1204',
  intstring: '7',
  string: 'text',
  bool: false,
  int: 3,
  float: 1.5,
  null: null,
  object: {},
  datetime: '2026-02-28T23:59:59.123Z',
  'datetime(0)': '2026-02-28T23:59:59Z',
  date: '2026-02-28',
  url: 'https://here.example/@alice',
  html: '<p>Hello</p>',
}

/** A value of an entity or type expression with every key; keys that may be null are null, arrays hold one item if shallow. */
export function sampleOf(catalog: Catalog, expression: string): unknown {
  return valueOf(catalog, parseType(expression), 0)
}

function valueOf(catalog: Catalog, type: TypeExpression, depth: number): unknown {
  switch (type.kind) {
    case 'name':
      if (!catalog.entities[type.name]) return scalars[type.name]
      return treeValue(catalog, fieldTree(fieldsOf(catalog, type.name)), depth)
    case 'array':
      return depth > 2 || (type.of.kind === 'name' && type.of.name === 'never')
        ? []
        : [valueOf(catalog, type.of, depth)]
    case 'map':
      return { key: valueOf(catalog, type.of, depth) }
    case 'enum':
      return type.values[0]
    case 'optional':
      return null
    case 'union':
      return valueOf(catalog, type.of[0] ?? type, depth)
    case 'shape':
      return Object.fromEntries([...type.keys].map(([key, of]) => [key, valueOf(catalog, of, depth)]))
  }
}

function treeValue(catalog: Catalog, tree: Map<string, FieldNode>, depth: number): unknown {
  const value: Record<string, unknown> = {}
  for (const [key, { field, children }] of tree) {
    if (field.nullable) value[key] = null
    else if (children.size) value[key] = treeValue(catalog, children, depth + 1)
    else if (!field.optional || depth < 2) value[key] = valueOf(catalog, parseType(field.type), depth + 1)
  }
  return value
}
