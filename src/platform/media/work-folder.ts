// A private folder for the files of one job, which goes away with it.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that only this server may read. */
export interface WorkFolder {
  path: string
  /** Writes bytes under a name of ours and gives the full path. */
  keep(name: 'source', bytes: Uint8Array): Promise<string>
  remove(): Promise<void>
}

/** Makes a folder under `parent`, or under the system's folder for temporary files. */
export async function openWorkFolder(parent: string = tmpdir()): Promise<WorkFolder> {
  const path = await mkdtemp(join(parent, 'folkmoot-media-'))
  await chmod(path, 0o700)
  return {
    path,
    keep: async (name, bytes) => {
      const file = join(path, name)
      await writeFile(file, bytes, { mode: 0o600, flag: 'wx' })
      return file
    },
    remove: async () => {
      await rm(path, { recursive: true, force: true })
    },
  }
}
