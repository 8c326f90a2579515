// How the page looks: kept in a cookie, so that the server writes it into the first byte and nothing flashes.

export type LookName = 'theme' | 'contrast' | 'motion' | 'text' | 'lang'

const COOKIE = 'folkmoot_look'
const YEAR_SECONDS = 365 * 86_400

function read(): URLSearchParams {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${COOKIE}=`))
  return new URLSearchParams(decodeURIComponent(cookie?.slice(COOKIE.length + 1) ?? ''))
}

/** What was chosen; '' where the system decides. */
export function lookOf(name: LookName): string {
  return read().get(name) ?? ''
}

export function setLook(name: LookName, value: string): void {
  const look = read()
  if (value === '') look.delete(name)
  else look.set(name, value)
  const secure = location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `${COOKIE}=${encodeURIComponent(look.toString())}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`
  if (name === 'lang') {
    location.reload()
    return
  }
  if (value === '') delete document.documentElement.dataset[name]
  else document.documentElement.dataset[name] = value
}
