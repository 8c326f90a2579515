// What a backup says of itself, and the names that its entries may have.
import { Refusal } from '../../../model/refusal.ts'

/** The last entry of a backup. */
export interface Manifest {
  format: 'folkmoot-backup'
  formatVersion: 1
  /** Of the program that wrote it. */
  version: string
  /** The public address of the server. */
  origin: string
  engine: string
  /** ISO 8601. */
  createdAt: string
  /** The steps that the database had been through. */
  migrations: string[]
  /** Rows by table. */
  tables: Record<string, number>
  files: { count: number; bytes: number }
  /** Whether copies of other servers' media are in it. */
  withCache: boolean
  /** Entries before the list of checksums. */
  entries: number
  /** Of the list of checksums. */
  sumsSha256: string
}

export const MANIFEST = 'manifest.json'
export const SUMS = 'SHA256SUMS'
export const MANIFEST_BYTES = 1_048_576
/** A part of a table is written at a quarter of this; one row may be large. */
export const PART_BYTES = 64 * 1_048_576

const TABLE = /^tables\/([a-z_]{1,60})\/\d{6}\.jsonl$/
const FILE = /^files\/((?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}\/){0,7}[A-Za-z0-9_-][A-Za-z0-9._-]{0,127})$/

export type EntryName =
  | { kind: 'table'; table: string }
  | { kind: 'file'; key: string }
  | { kind: 'sums' }
  | { kind: 'manifest' }

/** Reads the name of an entry; refuses every name that a backup does not have, such as one that leads elsewhere. */
export function readEntryName(name: string): EntryName {
  if (name === MANIFEST) return { kind: 'manifest' }
  if (name === SUMS) return { kind: 'sums' }
  const table = TABLE.exec(name)?.[1]
  if (table !== undefined) return { kind: 'table', table }
  const key = FILE.exec(name)?.[1]
  if (key !== undefined) return { kind: 'file', key }
  throw new Refusal('invalid', `This is no backup of Folkmoot: it holds an entry "${name.slice(0, 100)}"`)
}

export function partName(table: string, number: number): string {
  return `tables/${table}/${String(number).padStart(6, '0')}.jsonl`
}

/** Reads a manifest; refuses other formats. */
export function readManifest(text: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Refusal('invalid', 'The manifest of this backup cannot be read', error)
  }
  const manifest = value as Manifest | null
  if (manifest?.format !== 'folkmoot-backup' || !Array.isArray(manifest.migrations))
    throw new Refusal('invalid', 'This is no backup of Folkmoot')
  if (manifest.formatVersion !== 1)
    throw new Refusal(
      'unsupported',
      'This backup was made by a newer version of Folkmoot: restore it with that one',
    )
  return manifest
}
