// Turns uploaded sound into a playable file, with its cover as preview where it brings one.
import { Refusal } from '../../model/refusal.ts'
import type { AvFacts, AvSource } from './av-engine.ts'
import { conform } from './conform.ts'
import type { AvJob } from './conform.ts'
import { askContainer } from './container.ts'
import { previewPicture } from './preview.ts'
import type { Preview } from './preview.ts'
import { describe } from './video.ts'
import type { ProcessedAv } from './video.ts'

const coverMs = 10_000

/** Processes sound whose facts are known. Throws Refusal. */
export async function processAudio(source: AvSource, facts: AvFacts, job: AvJob): Promise<ProcessedAv> {
  const playable = await conform(source, facts, job)
  const preview = job.thumbnail ? await previewPicture(job.thumbnail, job.limits) : await coverOf(source, job)
  const processed = await describe(playable, preview)
  return preview ? { ...processed, meta: { ...processed.meta, colors: preview.colours } } : processed
}

/** A cover that cannot be read is no reason to refuse the sound. */
async function coverOf(source: AvSource, job: AvJob): Promise<Preview | undefined> {
  try {
    const { cover } = await askContainer(
      { do: 'cover', path: source.path, format: source.format.format },
      coverMs,
    )
    if (!cover || cover.byteLength > job.limits.imageBytes) return undefined
    return await previewPicture(cover, job.limits)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
