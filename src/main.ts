// The entrance: `serve` runs the server, every other word is a command of the operator's tool.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// What Node makes of the sources (or V8 of the built server) is kept for the next start.
const isSource = import.meta.url.endsWith('/src/main.ts')
enableCompileCache(join(import.meta.dirname, isSource ? '../node_modules/.cache/folkmoot' : '.compiled'))

const [command = 'serve', ...rest] = process.argv.slice(2)
if (command === 'serve' && !rest.includes('--help')) {
  const { serve } = await import('./serve.ts')
  process.exitCode = await serve()
} else {
  const { runCommand } = await import('./cli/main.ts')
  process.exitCode = await runCommand(process.argv.slice(2))
}
