// Puts together what verbs work with from the machines of one process.
import { createUrls } from '../model/urls.ts'
import type { Context } from './context.ts'

/** Everything of a context but the URLs, which follow from the configuration. */
export type ContextParts = Omit<Context, 'urls'>

export function createContext(parts: ContextParts): Context {
  return { ...parts, urls: createUrls(parts.config.origin) }
}
