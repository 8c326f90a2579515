// The machine for video and sound on a server that has ffmpeg.
import { dirname } from 'node:path'
import { Refusal } from '../../model/refusal.ts'
import type { AvEngine, AvFacts, AvSource, AvTarget } from './av-engine.ts'
import { readProbe } from './av-ffprobe.ts'
import type { MediaFormat } from './formats.ts'
import type { MediaLimits } from './limits.ts'
import { findTool, runTool, ToolError } from './run-tool.ts'
import { fitArea } from './stored-file.ts'

/** The demuxer for each format. It is always named, so that no file can choose another one (playlist, concat, ...). */
const demuxers: Partial<Record<MediaFormat, string>> = {
  mp4: 'mov',
  mov: 'mov',
  m4a: 'mov',
  webm: 'matroska',
  weba: 'matroska',
  ogv: 'ogg',
  ogg: 'ogg',
  opus: 'ogg',
  mp3: 'mp3',
  flac: 'flac',
  wav: 'wav',
  aac: 'aac',
  gif: 'gif',
}

const muxers: Partial<Record<MediaFormat, string>> = {
  ...demuxers,
  mp4: 'mp4',
  m4a: 'ipod',
  webm: 'webm',
  weba: 'webm',
}

/** The only decoders which a file can reach. */
const decoders = [
  'h264,hevc,vp8,libvpx,vp9,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,h263,theora,mjpeg,png,gif,prores',
  'aac,aac_fixed,alac,mp3,mp3float,opus,libopus,vorbis,libvorbis,flac,speex,libspeex,amrnb,amrwb,adpcm_ima_wav',
  'pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_alaw,pcm_mulaw',
].join(',')

const fullHd = 1920 * 1080
const probeMs = 30_000
const tagless = [
  '-map_metadata',
  '-1',
  '-map_metadata:s',
  '-1',
  '-map_chapters',
  '-1',
  '-sn',
  '-dn',
  '-bitexact',
]

/** The machine, when ffmpeg and ffprobe are on PATH and can write H.264; undefined otherwise. */
export async function ffmpegEngine(limits: MediaLimits): Promise<AvEngine | undefined> {
  const [ffmpeg, ffprobe] = await Promise.all([findTool('ffmpeg'), findTool('ffprobe')])
  if (!ffmpeg || !ffprobe || !(await canWriteH264(ffmpeg))) return undefined

  const run = async (tool: string, args: string[], job: { path: string; ms: number }): Promise<string> => {
    try {
      const bounds = { ms: job.ms, fileBytes: limits.videoBytes * 4, cwd: dirname(job.path) }
      return await runTool(tool, ['-hide_banner', '-loglevel', 'error', ...args], bounds)
    } catch (error) {
      throw asRefusal(error)
    }
  }
  const write = async (args: string[], path: string): Promise<void> => {
    await run(ffmpeg, ['-nostdin', '-y', ...args, `file:${path}`], { path, ms: limits.convertMs })
  }

  const probe = async (source: AvSource): Promise<AvFacts> => {
    const show = ['-show_entries', probedEntries, '-of', 'json']
    return readProbe(
      await run(ffprobe, [...show, ...reading(source, limits)], { path: source.path, ms: probeMs }),
    )
  }
  const rewrite = async (
    source: AvSource,
    facts: AvFacts,
    how: string[],
    target: AvTarget,
  ): Promise<AvFacts> => {
    await write(
      [...reading(source, limits), ...mapping(facts), ...how, ...tagless, ...writing(target)],
      target.path,
    )
    return await probe(target)
  }

  return {
    name: 'ffmpeg',
    probe,
    copy: async (source, facts, target) => await rewrite(source, facts, ['-c', 'copy'], target),
    convert: async (source, facts, target) => await rewrite(source, facts, encoding(facts), target),
    poster: async (source, facts, path) => {
      const seek = facts.duration > 2 ? ['-ss', '1'] : []
      const frame = [
        '-map',
        `0:${facts.video?.index ?? 0}`,
        '-frames:v',
        '1',
        ...scaling(facts),
        '-c:v',
        'png',
      ]
      await write(
        [...seek, ...reading(source, limits), ...frame, ...tagless, '-update', '1', '-f', 'image2'],
        path,
      )
    },
  }
}

const probedEntries = [
  'format=duration',
  'stream=index,codec_type,codec_name,width,height,pix_fmt,avg_frame_rate,r_frame_rate,duration',
  'stream_disposition=attached_pic',
  'stream_side_data=rotation',
].join(':')

async function canWriteH264(ffmpeg: string): Promise<boolean> {
  try {
    const encoders = await runTool(ffmpeg, ['-hide_banner', '-encoders'], {
      ms: 10_000,
      fileBytes: 1,
      cwd: '/',
    })
    return encoders.includes(' libx264 ') && encoders.includes(' aac ')
  } catch {
    return false
  }
}

function reading(source: AvSource, limits: MediaLimits): string[] {
  const demuxer = demuxers[source.format.format]
  if (!demuxer) throw new Refusal('unsupported', 'This file is not a video or sound.')
  const bounds = ['-max_pixels', String(limits.imagePixels), '-codec_whitelist', decoders]
  return ['-protocol_whitelist', 'file,pipe', ...bounds, '-f', demuxer, '-i', `file:${source.path}`]
}

function mapping(facts: AvFacts): string[] {
  return [facts.video, facts.audio].flatMap((track) => (track ? ['-map', `0:${track.index}`] : []))
}

function encoding(facts: AvFacts): string[] {
  const sound = ['-c:a', 'aac', '-b:a', facts.video ? '128k' : '192k', '-ac', '2']
  if (!facts.video) return sound
  const rate = ['-crf', '23', '-maxrate', '4M', '-bufsize', '8M', '-fpsmax', '60']
  const picture = ['-c:v', 'libx264', '-preset', 'veryfast', '-threads', '2', '-pix_fmt', 'yuv420p', ...rate]
  return [...picture, ...scaling(facts), ...sound]
}

/** H.264 wants even sides. */
function scaling({ video }: AvFacts): string[] {
  if (!video) return []
  const { width, height } = fitArea(video, fullHd)
  const even = [width, height].map((side) => Math.max(2, side - (side % 2)))
  return ['-vf', `scale=${even.join(':')},setsar=1`]
}

function writing({ format }: AvTarget): string[] {
  const muxer = muxers[format.format]
  if (!muxer) throw new Refusal('unsupported', 'This file is not a video or sound.')
  const isMp4 = format.format === 'mp4' || format.format === 'm4a'
  return [...(isMp4 ? ['-movflags', '+faststart'] : []), '-f', muxer]
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof ToolError)) return error
  if (error.isTimeout) return new Refusal('too-large', 'This file takes too long to convert.', error)
  return new Refusal('invalid', 'This file is damaged and cannot be read.', error)
}
