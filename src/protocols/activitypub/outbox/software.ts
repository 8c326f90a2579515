// Name and address of this program, as our documents give them.
import type { Context } from '../../../domain/context.ts'

export function softwareOf(ctx: Context): { name: string; url: string } {
  return { name: 'Folkmoot', url: ctx.urls.origin }
}
