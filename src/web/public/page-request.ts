// What the server gives to render a public page, and what it gets back.

/** An answer of the public API, as anybody without an account gets it. */
export interface Loaded {
  status: number
  body: unknown
}

/** Files that the page links to. */
export interface Assets {
  styles: readonly string[]
  scripts: readonly string[]
  /** Scripts that the first screen will ask for. */
  preloads?: readonly string[]
}

export interface PageRequest {
  /** The path, decoded by nobody yet, and the query without `?`. */
  path: string
  query: string
  /** The Accept-Language header. */
  languages: string
  origin: string
  /** Milliseconds since 1970. */
  now: number
  assets: Assets
  /** Asks the public API without a token. */
  load(path: string): Promise<Loaded>
}

export interface Page {
  status: number
  html: string
  language: string
  /** Set instead of html: the page is elsewhere. */
  location?: string
}

/** One screen of a page before its frame is put around it. */
export interface Screen {
  title: string
  status?: number
  /** For search engines and previews. */
  description?: string
  image?: string
  /** The address that counts when several show the same. */
  canonical?: string
  /** `article` or `profile`; `website` otherwise. */
  kind?: string
  noindex?: boolean
  /** The same thing as other programs read it. */
  alternates?: readonly { type: string; href: string; title?: string }[]
  author?: string
  content: preact.ComponentChild
}
