// The entrance: `serve` runs the server, every other word is a command of the operator's tool.
import { enableCompileCache } from 'node:module'

// Loading the code takes most of the time of a short command; a compiled copy halves it.
enableCompileCache()

const [command = 'serve', ...rest] = process.argv.slice(2)
if (command === 'serve' && !rest.includes('--help')) {
  const { serve } = await import('./serve.ts')
  process.exitCode = await serve()
} else {
  const { runCommand } = await import('./cli/main.ts')
  process.exitCode = await runCommand(process.argv.slice(2))
}
