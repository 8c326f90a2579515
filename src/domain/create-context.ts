// Puts together what verbs work with from the machines of one process.
import { createUrls } from '../model/urls.ts'
import type { Context } from './context.ts'

/** Everything of a context but the URLs, which follow from the configuration and the server's secret for them. */
export type ContextParts = Omit<Context, 'urls'>

/** Without the secret, addresses of other servers' media cannot be made: for tools that show none. */
export function createContext(parts: ContextParts, sealKey = ''): Context {
  return { ...parts, urls: createUrls(parts.config.origin, sealKey) }
}
