// Turns the values that the code hands to SQL into what both engines store alike.

/** What may be handed to a statement. Dates travel as milliseconds, JSON as text. */
export type Bindable = string | number | bigint | boolean | null | Uint8Array

/**
 * Booleans become 0 and 1; a NUL inside a text becomes U+FFFD, since PostgreSQL cannot hold it. Throws TypeError for
 * anything that would not read back as it was written (NaN, undefined, dates, objects).
 */
export function bindable(value: unknown): string | number | bigint | null | Uint8Array {
  switch (typeof value) {
    case 'string':
      return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
    case 'number':
      if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value
      break
    case 'boolean':
      return value ? 1 : 0
    case 'bigint':
      return value
    case 'object':
      if (value === null || value instanceof Uint8Array) return value
      break
    default:
  }
  const shown = typeof value === 'number' ? String(value) : value instanceof Date ? 'a Date' : typeof value
  throw new TypeError(
    `${shown} cannot be stored: write times as milliseconds and lists or objects as JSON text`,
  )
}
