// The rules for the catalogue's plain types: ids, times, URLs, numbers, HTML.

const rules: Record<string, [(value: unknown) => boolean, string]> = {
  id: [(v) => matches(v, /^(0|[1-9]\d{0,18})$/), 'is not an id (a string of decimal digits)'],
  intstring: [(v) => matches(v, /^-?\d+$/), 'is not an integer written as a string'],
  string: [(v) => typeof v === 'string', 'is not a string'],
  bool: [(v) => typeof v === 'boolean', 'is not true or false'],
  int: [(v) => Number.isSafeInteger(v), 'is not an integer'],
  float: [(v) => Number.isFinite(v), 'is not a number'],
  null: [(v) => v === null, 'is not null'],
  never: [() => false, 'should not be there'],
  object: [(v) => typeof v === 'object' && v !== null && !Array.isArray(v), 'is not an object'],
  datetime: [
    (v) => matches(v, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) && isTime(v),
    'is not a time in UTC with three fractional digits and Z',
  ],
  'datetime(0)': [
    (v) => matches(v, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) && isTime(v),
    'is not a time in UTC with whole seconds and Z',
  ],
  date: [(v) => matches(v, /^\d{4}-\d\d-\d\d$/) && isTime(v), 'is not a date (YYYY-MM-DD)'],
  url: [isAbsolute, 'is not an absolute URL'],
  html: [(v) => typeof v === 'string' && !unsafe.test(v), 'is not clean HTML'],
}

const unsafe = /<script\b|<style\b|<[^>]*\son\w+\s*=|(href|src)\s*=\s*["']?\s*javascript:/i

/** What is wrong with a value of a plain type, as the end of a sentence; undefined when it fits. */
export function scalarProblem(type: string, value: unknown): string | undefined {
  const rule = rules[type]
  if (!rule) throw new Error(`the catalogue has no type "${type}"`)
  const [fits, problem] = rule
  return fits(value) ? undefined : problem
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

function isTime(value: string): boolean {
  const time = new Date(value)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value.slice(0, 10))
}

function isAbsolute(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  // Old posts of other servers carry tag: URIs as their only address.
  return ['http:', 'https:', 'ws:', 'wss:', 'tag:'].includes(new URL(value).protocol)
}
