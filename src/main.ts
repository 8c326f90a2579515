// The entrance: `serve` runs the server, every other word is a command of the operator's tool.
import { serve } from './serve.ts'

const [command = 'serve', ...rest] = process.argv.slice(2)
if (command === 'serve' && !rest.includes('--help')) process.exitCode = await serve()
else {
  const { runCommand } = await import('./cli/main.ts')
  process.exitCode = await runCommand(process.argv.slice(2))
}
