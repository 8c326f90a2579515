// Checks of the machine: Node, settings, the data directory, room on the disk, tools, the place for files.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createBlobs } from '../../platform/blobs.ts'
import { ok, problem, reasonOf, warning } from './check.ts'
import type { Check } from './check.ts'

const run = promisify(execFile)
const NODE = 26
const GIGABYTE = 1024 ** 3

const node: Check = {
  name: 'Node',
  run() {
    const major = Number(process.versions.node.split('.')[0])
    return Promise.resolve(
      major >= NODE
        ? ok(`Node ${process.versions.node}.`)
        : problem(`This is Node ${process.versions.node}: run "npm ci", which brings Node ${NODE}.`),
    )
  },
}

const settings: Check = {
  name: 'settings',
  run: ({ config }) =>
    Promise.resolve(
      config.warnings.length === 0
        ? ok(`The settings are understood; people see ${config.origin}.`)
        : warning(config.warnings.join(' ')),
    ),
}

const dataDirectory: Check = {
  name: 'data directory',
  async run({ config }) {
    const path = config.dataDirectory
    const trial = join(path, `.doctor-${randomBytes(6).toString('hex')}`)
    try {
      await mkdir(path, { recursive: true })
      await writeFile(trial, 'x')
      await rm(trial)
    } catch (error) {
      return problem(
        `${path} cannot be written (${reasonOf(error)}): give it to the user that runs Folkmoot.`,
      )
    }
    const { bavail, bsize } = await statfs(path)
    const free = (bavail * bsize) / GIGABYTE
    const text = `${path} is writable and has ${free.toFixed(1)} GB free`
    if (free < 0.5) return problem(`${text}: make room at once, or writing will fail.`)
    return free < 5 ? warning(`${text}: make room, or lower FOLKMOOT_MEDIA_CACHE_GB.`) : ok(`${text}.`)
  },
}

const ffmpeg: Check = {
  name: 'ffmpeg',
  async run() {
    try {
      const { stdout } = await run('ffmpeg', ['-version'], { timeout: 10_000 })
      await run('ffprobe', ['-version'], { timeout: 10_000 })
      return ok(`${stdout.split('\n')[0]?.split(' ').slice(0, 3).join(' ') ?? 'ffmpeg'}.`)
    } catch {
      return warning(
        'There is no ffmpeg: videos are taken only in forms that browsers play; install it to have others converted.',
      )
    }
  },
}

const fileStore: Check = {
  name: 'file store',
  longestMs: 60_000,
  async run({ config }) {
    const where = config.s3 ? `the bucket ${config.s3.bucket}` : 'the data directory'
    const blobs = createBlobs(config)
    const key = `uploads/doctor-${randomBytes(6).toString('hex')}`
    const sent = randomBytes(1000)
    try {
      await blobs.put(key, sent, { contentType: 'application/octet-stream' })
      const stored = await blobs.read(key)
      const parts: Buffer[] = []
      for await (const part of stored?.stream ?? []) parts.push(part as Buffer)
      await blobs.delete([key])
      if (!Buffer.concat(parts).equals(sent)) return problem(`A file put into ${where} comes back changed.`)
      return ok(`Files can be written to ${where}, read and deleted.`)
    } catch (error) {
      const advice = config.s3 ? 'check the FOLKMOOT_S3_ settings' : 'check the rights of the directory'
      return problem(`Files cannot be kept in ${where} (${reasonOf(error)}): ${advice}.`)
    }
  },
}

export const machineChecks: readonly Check[] = [node, settings, dataDirectory, fileStore, ffmpeg]
