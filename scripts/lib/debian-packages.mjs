// Installs packages of Debian for the tests where that is allowed: as root, with apt-get.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether one of the commands is on the PATH. */
export function isOnPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.some((name) => folders.some((folder) => folder && existsSync(join(folder, name))))
}

/** Installs the packages and says why on the way; false where that is not allowed or did not work. */
export function installPackages(packages, purpose) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.log(`  installing ${packages.join(' ')} for ${purpose} ...`)
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  spawnSync('apt-get', ['update', '-qq'], quiet)
  const { status } = spawnSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    quiet,
  )
  return status === 0
}

/** Brings ffmpeg, so that conversion is tested as well; without it the tests look at the other way only. */
export function ensureFfmpeg() {
  if (isOnPath('ffmpeg') || installPackages(['ffmpeg'], 'video and sound')) return
  console.log('  ffmpeg is not there: how video and sound are converted is not tested')
}
