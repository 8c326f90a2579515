// A browser as far as signing in needs one: it keeps cookies, follows no redirect by itself and sends forms.

export interface Page {
  status: number
  headers: Headers
  text: string
  location: string | undefined
  /** The value of a hidden field. */
  field(name: string): string
}

export interface Browser {
  open(path: string): Promise<Page>
  send(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Page>
  cookies: Map<string, string>
}

export function createBrowser(origin: string): Browser {
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit): Promise<Page> => {
    const headers = new Headers(init.headers)
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const url = path.startsWith('http') ? path : origin + path
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      location: response.headers.get('location') ?? undefined,
      field: (name) => unescape(new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''),
    }
  }
  return {
    cookies,
    open: (path) => ask(path, {}),
    send: (path, form, headers = {}) =>
      ask(path, { method: 'POST', headers: { origin, ...headers }, body: new URLSearchParams(form) }),
  }
}

const unescape = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
