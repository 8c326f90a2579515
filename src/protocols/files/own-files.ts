// Answers /media/: the files that our own media, pictures and copies of other servers' media are kept in.
import type { Hono } from 'hono'
import { copiedMediaId, SERVED_FOLDERS } from '../../domain/media/media-keys.ts'
import { noteView } from '../../domain/media/note-views.ts'
import { Refusal } from '../../model/refusal.ts'
import { failed, missing } from './answers.ts'
import type { FilesParts } from './parts.ts'
import { serveFile } from './serve-file.ts'

export function addOwnFiles(server: Hono, parts: FilesParts): void {
  server.get('/media/*', async (c) => {
    const key = c.req.path.slice('/media/'.length)
    if (!SERVED_FOLDERS.some((folder) => key.startsWith(`${folder}/`))) return missing()
    try {
      const response = await serveFile(parts.blobs, c, key)
      if (!response) return missing()
      const copied = copiedMediaId(key)
      if (copied !== undefined) noteView(parts, copied)
      return response
    } catch (error) {
      // Not a possible name of a file.
      return error instanceof Refusal ? missing() : failed(parts, error)
    }
  })
}
