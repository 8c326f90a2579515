// Walks through any number of account ids a bounded chunk at a time.

const CHUNK = 500

/** `page` gives ids in order after the one named; `work` gets each chunk. */
export async function eachChunk(
  page: (afterId: number, limit: number) => Promise<number[]>,
  work: (ids: number[]) => Promise<void>,
): Promise<void> {
  let afterId = 0
  while (true) {
    const ids = await page(afterId, CHUNK)
    if (ids.length > 0) await work(ids)
    const last = ids.at(-1)
    if (last === undefined || ids.length < CHUNK) return
    afterId = last
  }
}
