// What discovery works with: the house's context and what the operator says of the server.
import type { Context } from '../../domain/context.ts'

export interface Site extends Context {
  readonly config: Context['config'] & { readonly version: string; readonly description: string }
}
