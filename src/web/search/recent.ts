// The last searches, kept in this browser only.

const KEY = 'folkmoot-searches'
const MAX = 8

export function recentSearches(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string').slice(0, MAX) : []
  } catch {
    return []
  }
}

export function noteSearch(query: string): void {
  try {
    const list = [query, ...recentSearches().filter((one) => one !== query)].slice(0, MAX)
    localStorage.setItem(KEY, JSON.stringify(list))
  } catch {
    // Without storage nothing is remembered.
  }
}

export function forgetSearches(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // Nothing was kept then.
  }
}
