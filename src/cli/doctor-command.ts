// The command that looks the whole installation over and says what to do about what is wrong.
import type { Command } from 'commander'
import type { Check, Finding, Patient } from './doctor/check.ts'
import { printable } from './table.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { readSettings, withContext } from './with-context.ts'

export function addDoctorCommand(program: Command, terminal: Terminal, fail: (code: number) => void): void {
  program
    .command('doctor')
    .description('look over settings, database, files, mail, and what other servers see of this one')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: true }) => doctor(terminal, options.json === true, fail))
}

async function doctor(terminal: Terminal, json: boolean, fail: (code: number) => void): Promise<void> {
  const tell = (finding: Finding): void => {
    if (finding.level === 'problem') fail(1)
    if (json) say(terminal.out, JSON.stringify(finding))
    else say(terminal.out, `${finding.level.padEnd(7)}  ${finding.check}: ${printable(finding.text)}`)
  }
  const [{ machineChecks }, { workChecks }, { publicChecks }] = await Promise.all([
    import('./doctor/machine-checks.ts'),
    import('./doctor/work-checks.ts'),
    import('./doctor/public-checks.ts'),
  ])
  const config = await readSettings(terminal)
  await each(machineChecks, { config, ctx: undefined }, tell)
  const rest = [...workChecks, ...publicChecks]
  let isOpen = false
  try {
    await withContext(terminal, async (ctx) => {
      isOpen = true
      await each(rest, { config, ctx }, tell)
    })
  } catch (error) {
    if (isOpen) throw error
    const { reasonOf } = await import('./doctor/check.ts')
    tell({ check: 'database', level: 'problem', text: `The database cannot be used: ${reasonOf(error)}.` })
    await each(rest, { config, ctx: undefined }, tell)
  }
}

async function each(
  checks: readonly Check[],
  patient: Patient,
  tell: (finding: Finding) => void,
): Promise<void> {
  const { examine } = await import('./doctor/check.ts')
  for (const check of checks) {
    const finding = await examine(check, patient)
    if (finding) tell(finding)
  }
}
