// Reads settings from a `.env` file, for operators who keep them in one.
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/** What environment variables look like. */
export type Environment = Record<string, string | undefined>

/** Reads `NAME=value` lines of a file; a file that does not exist holds no settings. Other read errors are thrown. */
export const readEnvFile = (path: string): Environment => {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

/** The settings of a file under those of the real environment, which win. */
export const readEnvironment = (path: string, env: Environment): Environment => ({
  ...readEnvFile(path),
  ...env,
})
