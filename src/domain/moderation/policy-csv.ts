// Lists of domain policies as CSV, in the columns that Mastodon and shared block lists use.
import { Refusal } from '../../model/refusal.ts'
import type { Context } from '../context.ts'
import { canonicalDomain, listPolicies } from './domain-policies.ts'
import type { DomainPolicy, PolicyWish, Severity } from './domain-policies.ts'

const COLUMNS = [
  'domain',
  'severity',
  'reject_media',
  'reject_reports',
  'public_comment',
  'obfuscate',
] as const
const SEVERITIES: Record<string, Severity> = {
  suspend: 'suspend',
  silence: 'limit',
  limit: 'limit',
  noop: 'none',
  none: 'none',
  '': 'suspend',
}
const WIRE: Record<Severity, string> = { suspend: 'suspend', limit: 'silence', none: 'noop' }
const MAX_TEXT = 10_000_000
const MAX_ROWS = 100_000

/** Every policy, with a heading. */
export async function exportPolicies(ctx: Context): Promise<string> {
  const lines = (await listPolicies(ctx)).map(writeLine)
  return `${[COLUMNS.map((name) => `#${name}`).join(','), ...lines].join('\n')}\n`
}

function writeLine(policy: DomainPolicy): string {
  const values = [
    policy.domain,
    WIRE[policy.severity],
    titled(policy.rejectMedia),
    titled(policy.rejectReports),
    policy.publicComment,
    titled(policy.obfuscate),
  ]
  return values.map(quoted).join(',')
}

const titled = (value: boolean): string => (value ? 'True' : 'False')

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** A line that was passed over. */
export interface SkippedLine {
  line: number
  reason: string
}

export type ListedPolicy = PolicyWish & { line: number }

/** What an import would set, each with its line; changes nothing. */
export function readPolicies(csv: string): {
  wishes: ListedPolicy[]
  skipped: SkippedLine[]
} {
  if (csv.length > MAX_TEXT) throw new Refusal('too-large', 'This list is too long')
  const rows = parseCsv(csv)
  const heading = rows[0]?.map((name) => name.trim().replace(/^#/, '').toLowerCase()) ?? []
  const hasHeading = heading.includes('domain')
  const wishes: ListedPolicy[] = []
  const skipped: SkippedLine[] = []
  for (const [index, row] of rows.entries()) {
    if ((hasHeading && index === 0) || row.every((cell) => cell.trim() === '')) continue
    try {
      wishes.push({ ...readRow(row, hasHeading ? heading : ['domain']), line: index + 1 })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      skipped.push({ line: index + 1, reason: error.safeText })
    }
  }
  return { wishes, skipped }
}

function readRow(row: string[], heading: string[]): PolicyWish {
  const cell = (name: string): string => row[heading.indexOf(name)]?.trim() ?? ''
  const severity = SEVERITIES[cell('severity').toLowerCase()]
  if (severity === undefined)
    throw new Refusal('invalid', `The severity ${cell('severity').slice(0, 40)} is not known`)
  return {
    domain: canonicalDomain(cell('domain')),
    severity,
    rejectMedia: isYes(cell('reject_media')),
    rejectReports: isYes(cell('reject_reports')),
    obfuscate: isYes(cell('obfuscate')),
    publicComment: cell('public_comment'),
  }
}

const isYes = (text: string): boolean => /^(?:true|1|yes|t)$/i.test(text)

/** RFC 4180: quotes double inside quotes; lines end in LF or CRLF. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/g
  const source = text.replace(/^\uFEFF/, '')
  for (let match = cells.exec(source); match && rows.length < MAX_ROWS; match = cells.exec(source)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] !== ',') {
      rows.push(row)
      row = []
    }
    if (cells.lastIndex >= source.length) break
    if (match[0] === '') cells.lastIndex += 1
  }
  if (row.length > 0) rows.push(row)
  return rows
}
