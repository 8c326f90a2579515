// Reads the catalogue's type expressions (array<Status>, map<k,v>, enum(a|b), Status?, A | B) into a small tree.

export type TypeExpression =
  | { kind: 'name'; name: string }
  | { kind: 'array'; of: TypeExpression }
  | { kind: 'map'; of: TypeExpression }
  | { kind: 'enum'; values: string[] }
  | { kind: 'optional'; of: TypeExpression }
  | { kind: 'union'; of: TypeExpression[] }
  | { kind: 'shape'; keys: Map<string, TypeExpression> }

/** Parses one type expression; throws a sentence that quotes the expression when it makes no sense. */
export function parseType(text: string): TypeExpression {
  const source = text.trim()
  const parts = splitTop(source, '|')
  if (parts.length > 1) return { kind: 'union', of: parts.map(parseType) }
  if (source.endsWith('?')) return { kind: 'optional', of: parseType(source.slice(0, -1)) }
  const array = /^array<(.+)>$/s.exec(source)
  if (array?.[1]) return { kind: 'array', of: parseType(array[1]) }
  const map = /^map<\s*string\s*,(.+)>$/s.exec(source)
  if (map?.[1]) return { kind: 'map', of: parseType(map[1]) }
  const values = /^enum\((.+)\)$/s.exec(source)
  if (values?.[1]) return { kind: 'enum', values: values[1].split('|') }
  const shape = /^\{(.*)\}$/s.exec(source)
  if (shape) return { kind: 'shape', keys: parseKeys(shape[1] ?? '') }
  if (!/^[A-Za-z][\w:]*(\(0\))?$/.test(source)) throw new Error(`"${text}" is not a type expression`)
  return { kind: 'name', name: source }
}

function parseKeys(text: string): Map<string, TypeExpression> {
  const keys = new Map<string, TypeExpression>()
  for (const part of splitTop(text, ',')) {
    const [, name, type] = /^\s*([\w:@.]+?)\s*:\s+(.+)$/s.exec(part) ?? []
    if (!name || !type) throw new Error(`"${part}" is not a key with a type`)
    keys.set(name, parseType(type))
  }
  return keys
}

/** Splits at a separator outside of any bracket. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const letter of text) {
    if ('<({'.includes(letter)) depth++
    if ('>)}'.includes(letter)) depth--
    if (letter === separator && depth === 0) {
      parts.push(part)
      part = ''
    } else part += letter
  }
  if (part.trim()) parts.push(part)
  return parts
}
