// Who answers for a host name, as far as limits go: hosts below one registered name count as one.

const SHARED_SUFFIX = /^(?:com?|org|net|gov|ac|edu|or|ne|go)\.[a-z]{2}$/

/**
 * The name under which a host's requests are counted: its last two labels, three below suffixes such as `co.uk`. An owner of a name
 * can make any number of hosts below it, so limits per host alone would limit nobody.
 */
export function siteOf(url: string): string {
  const hostname = URL.parse(url)?.hostname ?? url
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return new URL(url).host
  const labels = hostname.split('.')
  const count = SHARED_SUFFIX.test(labels.slice(-2).join('.')) ? 3 : 2
  return labels.slice(-count).join('.')
}
