// The entrance: `serve` runs the server, every other word is a command of the operator's tool.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Node strips the types of a few hundred files at every start; what it made of them is kept beside the packages.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'folkmoot'))

const [command = 'serve', ...rest] = process.argv.slice(2)
if (command === 'serve' && !rest.includes('--help')) {
  const { serve } = await import('./serve.ts')
  process.exitCode = await serve()
} else {
  const { runCommand } = await import('./cli/main.ts')
  process.exitCode = await runCommand(process.argv.slice(2))
}
