// Administrators change how the server presents itself and whom it lets in: all of it, or nothing when a part is refused.
import type { Context } from '../context.ts'
import type { Actor } from '../moderation/actor.ts'
import { requirePermission } from '../moderation/actor.ts'
import { writeFederationMode } from '../moderation/domain-policies.ts'
import type { FederationMode } from '../moderation/domain-policies.ts'
import { changeChoices } from './choices.ts'
import type { Choices } from './choices.ts'
import { writeTerms, writeText } from './texts.ts'

/** What is left out stays as it was. */
export interface ServerChange {
  choices: Partial<Choices>
  mode?: FederationMode | undefined
  description?: string | undefined
  privacy?: string | undefined
  terms?: { source: string; from: string } | undefined
}

export async function changeServer(ctx: Context, actor: Actor, change: ServerChange): Promise<void> {
  requirePermission(actor, 'manage-settings')
  const { choices, mode, description, privacy, terms } = change
  await ctx.store.write(async (tx) => {
    if (Object.keys(choices).length > 0) await changeChoices(ctx, tx, actor, choices)
    if (mode) await writeFederationMode(ctx, tx, mode, actor)
    if (description !== undefined)
      await writeText(ctx, tx, { kind: 'description', source: description, actor })
    if (privacy !== undefined) await writeText(ctx, tx, { kind: 'privacy', source: privacy, actor })
    if (terms) await writeTerms(ctx, tx, { ...terms, actor })
  })
}
