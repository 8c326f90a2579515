// Writes .env.example from the table of settings, so that the example always lists every one of them.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { settings, type Setting } from '../src/platform/config.ts'

const header = `# The settings of Folkmoot. Copy this file to .env, take the # off the lines you change, and restart.
# Lines left as they are mean the default. Variables of the environment win over this file.

# Only for compose.yaml: the password of the PostgreSQL that it starts. Make one with: openssl rand -hex 24
POSTGRES_PASSWORD=
`

/** The text of .env.example. */
export function envExample(): string {
  const rows = Object.entries<Setting<unknown>>(settings).map(([name, setting]) => {
    const value = setting.default ?? ''
    const fallback = setting.defaultText ? ` Default: ${setting.defaultText}.` : ''
    return `# ${setting.description}${fallback}\n# (${setting.type})\n# ${name}=${quoted(value)}\n`
  })
  return `${header}\n${rows.join('\n')}`
}

const quoted = (value: string): string => (/[\s#'"]/.test(value) ? `"${value}"` : value)

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../.env.example', import.meta.url)), envExample())
