// What a command speaks through: output, errors, input and the environment it was started in.

export interface Terminal {
  /** Results, for people and pipes. */
  out: (text: string) => void
  /** Progress, warnings and errors. */
  err: (text: string) => void
  /** Everything on standard input, at most 1 MiB. */
  input: () => Promise<string>
  env: Record<string, string | undefined>
  /** Where a `.env` is looked for and relative paths of arguments start. */
  directory: string
}

const LONGEST_INPUT = 1_048_576

/** The terminal of this process. */
export function processTerminal(): Terminal {
  // Whoever reads our output may leave early, as `head` does.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    async input() {
      let text = ''
      process.stdin.setEncoding('utf8')
      for await (const part of process.stdin) {
        text += String(part)
        if (text.length > LONGEST_INPUT) break
      }
      return text.slice(0, LONGEST_INPUT)
    },
    env: process.env,
    directory: process.cwd(),
  }
}

/** Writes each line with its newline. */
export function say(write: (text: string) => void, ...lines: string[]): void {
  for (const line of lines) write(`${line}\n`)
}
