// An operator at a terminal in memory: runs commands as `folkmoot` would and keeps what they print.
import { runCommand } from '../../../src/cli/main.ts'
import type { DatabaseSettings } from '../../../src/store/open.ts'

export interface Outcome {
  code: number
  out: string
  err: string
}

/** The settings of a server as environment variables. */
export function environmentOf(server: {
  database: DatabaseSettings
  origin: string
  dataDirectory: string
}): Record<string, string> {
  const { database, origin, dataDirectory } = server
  return {
    FOLKMOOT_DATABASE: database.engine === 'sqlite' ? `sqlite:${database.file}` : database.url,
    FOLKMOOT_URL: origin,
    FOLKMOOT_DATA: dataDirectory,
    ...(URL.canParse(origin) && new URL(origin).port !== '' ? { PORT: new URL(origin).port } : {}),
  }
}

/** Runs one command; `input` is what stands on standard input. */
export async function operate(
  env: Record<string, string>,
  argv: string[],
  { input = '', directory = '/nowhere' }: { input?: string; directory?: string } = {},
): Promise<Outcome> {
  const outcome = { out: '', err: '' }
  const code = await runCommand(argv, {
    out: (text) => void (outcome.out += text),
    err: (text) => void (outcome.err += text),
    input: () => Promise.resolve(input),
    env,
    directory,
  })
  return { code, ...outcome }
}
