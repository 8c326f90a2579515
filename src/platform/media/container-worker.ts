// Runs in a thread of its own: reads the facts of one media container, or copies its tracks into a fresh one.
import { parentPort, workerData } from 'node:worker_threads'
import {
  ADTS,
  Conversion,
  FilePathSource,
  FilePathTarget,
  FLAC,
  FlacOutputFormat,
  Input,
  Logging,
  LogLevel,
  MP3,
  Mp3OutputFormat,
  MP4,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  Output,
  QTFF,
  WAVE,
  WavOutputFormat,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'
import type { InputFormat, InputVideoTrack, OutputFormat } from 'mediabunny'
import type { AvFacts, VideoTrack } from './av-engine.ts'
import type { MediaFormat } from './formats.ts'

/** What the thread is asked to do. */
export type ContainerTask =
  | { do: 'probe'; path: string; format: MediaFormat }
  | { do: 'cover'; path: string; format: MediaFormat }
  | { do: 'copy'; path: string; format: MediaFormat; to: { path: string; format: MediaFormat } }

/** What it answers: facts for a probe, the facts of the copy, a cover picture where there is one; or what went wrong. */
export type ContainerAnswer = { facts?: AvFacts; cover?: Uint8Array } | ContainerProblem

/** What went wrong; `isForeign` when the format itself is not known here. */
export interface ContainerProblem {
  problem: string
  isForeign?: boolean
}

const readers: Partial<Record<MediaFormat, InputFormat[]>> = {
  mp4: [MP4, QTFF],
  m4a: [MP4, QTFF],
  mov: [QTFF, MP4],
  webm: [WEBM],
  weba: [WEBM],
  ogg: [OGG],
  opus: [OGG],
  mp3: [MP3],
  flac: [FLAC],
  wav: [WAVE],
  aac: [ADTS],
}

Logging.level = LogLevel.Silent

parentPort?.postMessage(await answer(workerData as ContainerTask), [])

async function answer(task: ContainerTask): Promise<ContainerAnswer> {
  try {
    return await reading(task.path, task.format, async (input) => {
      if (task.do === 'probe') return { facts: await probe(input) }
      if (task.do === 'cover') return await cover(input)
      const { path, format } = task.to
      await copy(input, task.to)
      return { facts: await reading(path, format, probe) }
    })
  } catch (error) {
    return { problem: String(error), isForeign: !readers[task.format] }
  }
}

async function reading<T>(path: string, format: MediaFormat, work: (input: Input) => Promise<T>): Promise<T> {
  const formats = readers[format]
  if (!formats) throw new Error(`no reader for ${format}`)
  const input = new Input({ source: new FilePathSource(path), formats })
  try {
    return await work(input)
  } finally {
    input.dispose()
  }
}

async function probe(input: Input): Promise<AvFacts> {
  const [video, audio] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()])
  if (!video && !audio) throw new Error('neither picture nor sound')
  const duration = await input.computeDuration([video, audio].filter((track) => track !== null))
  return {
    duration,
    ...(video && { video: await videoFacts(video) }),
    ...(audio && { audio: { codec: shortCodec(await audio.getCodec()), index: 0 } }),
  }
}

async function videoFacts(track: InputVideoTrack): Promise<VideoTrack> {
  const [codec, parameters, width, height, rates] = await Promise.all([
    track.getCodec(),
    track.getCodecParameterString(),
    track.getDisplayWidth(),
    track.getDisplayHeight(),
    track.computeFrameRateMetrics(),
  ])
  return {
    codec: shortCodec(codec),
    width,
    height,
    fps: rates.bestGuessFrameRate,
    isPlain: isPlain(parameters ?? ''),
    index: 0,
  }
}

/** H.264 profiles above High (10 bits, 4:2:2, 4:4:4) play almost nowhere. */
function isPlain(parameters: string): boolean {
  const profile = /^avc[13]\.([0-9a-f]{2})/i.exec(parameters)?.[1]
  return profile === undefined || ['42', '4d', '58', '64'].includes(profile.toLowerCase())
}

function shortCodec(codec: string | null): string {
  if (codec === 'avc') return 'h264'
  return codec?.startsWith('pcm-') ? 'pcm' : (codec ?? 'unknown')
}

async function cover(input: Input): Promise<ContainerAnswer> {
  const { images = [] } = await input.getMetadataTags()
  const picture = images.find(({ kind }) => kind === 'coverFront') ?? images[0]
  return picture ? { cover: picture.data } : {}
}

async function copy(input: Input, to: { path: string; format: MediaFormat }): Promise<void> {
  const output = new Output({ format: writer(to.format), target: new FilePathTarget(to.path) })
  const conversion = await Conversion.init({
    input,
    output,
    tracks: 'primary',
    copy: { mode: 'forced', shiftTolerance: Infinity },
    tags: {},
    showWarnings: false,
  })
  if (!conversion.isValid || conversion.utilizedTracks.length === 0) {
    throw new Error(`cannot copy: ${conversion.discardedTracks.map(({ reason }) => reason).join()}`)
  }
  await conversion.execute()
}

function writer(format: MediaFormat): OutputFormat {
  if (format === 'mp4' || format === 'm4a') return new Mp4OutputFormat({ fastStart: 'in-memory' })
  if (format === 'webm' || format === 'weba') return new WebMOutputFormat()
  if (format === 'ogg' || format === 'opus') return new OggOutputFormat()
  if (format === 'mp3') return new Mp3OutputFormat()
  if (format === 'flac') return new FlacOutputFormat()
  if (format === 'wav') return new WavOutputFormat()
  throw new Error(`no writer for ${format}`)
}
