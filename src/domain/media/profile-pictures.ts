// Changes a profile together with the pictures that were sent for it.
import { Refusal, notFound } from '../../model/refusal.ts'
import { findAccount } from '../../store/accounts.ts'
import { updateProfile } from '../accounts/update-profile.ts'
import type { ProfileChange } from '../accounts/update-profile.ts'
import { dropFiles, keepPicture } from './keep-files.ts'
import type { KeptPicture } from './keep-files.ts'
import type { MediaContext } from './machines.ts'
import { pictureKeys } from './media-keys.ts'

const WHICH = ['avatar', 'header'] as const
type Which = (typeof WHICH)[number]

/** null takes a picture away. */
export type SentPictures = { [W in Which]?: Uint8Array | null }

/** A picture that was not taken, and which. */
export class PictureRefused extends Refusal {
  readonly which: Which

  constructor(which: Which, refusal: Refusal) {
    super(refusal.code, refusal.safeText, refusal)
    this.name = 'PictureRefused'
    this.which = which
  }
}

/** Throws PictureRefused for a picture that cannot be used, Refusal for words that are too long; nothing is changed then. */
export async function changeProfile(
  ctx: MediaContext,
  accountId: number,
  change: Omit<ProfileChange, Which> & { pictures: SentPictures },
): Promise<void> {
  const account = await findAccount(ctx.store.read, accountId)
  if (!account) throw notFound()
  const { pictures, ...words } = change
  const kept: { [W in Which]?: KeptPicture | null } = {}
  try {
    for (const which of WHICH) {
      const sent = pictures[which]
      if (sent !== undefined)
        kept[which] = sent && (await keepProfilePicture(ctx, { accountId, which }, sent))
    }
    await updateProfile(ctx, accountId, { ...words, ...kept })
  } catch (error) {
    await dropFiles(
      ctx,
      WHICH.flatMap((which) => [kept[which]?.key ?? null, kept[which]?.staticKey ?? null]),
    )
    throw error
  }
  const replaced = WHICH.filter((which) => kept[which] !== undefined)
  await dropFiles(
    ctx,
    replaced.flatMap((which) => [account[`${which}_key`], account[`${which}_static_key`]]),
  )
}

async function keepProfilePicture(
  ctx: MediaContext,
  { accountId, which }: { accountId: number; which: Which },
  bytes: Uint8Array,
): Promise<KeptPicture> {
  try {
    const made = await ctx.media.works[which](bytes)
    return await keepPicture(ctx, pictureKeys('accounts', `${accountId}-${which}`), made)
  } catch (error) {
    throw error instanceof Refusal && error.code !== 'unavailable' ? new PictureRefused(which, error) : error
  }
}
