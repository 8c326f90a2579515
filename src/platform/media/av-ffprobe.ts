// Reads what ffprobe says of a file.
import { Refusal } from '../../model/refusal.ts'
import type { AvFacts, VideoTrack } from './av-engine.ts'

interface ProbedStream {
  index?: number
  codec_type?: string
  codec_name?: string
  width?: number
  height?: number
  pix_fmt?: string
  avg_frame_rate?: string
  r_frame_rate?: string
  duration?: string
  disposition?: { attached_pic?: number }
  side_data_list?: { rotation?: number }[]
}

interface Probed {
  format?: { duration?: string }
  streams?: ProbedStream[]
}

/** The facts in ffprobe's JSON; cover pictures do not count as video. Throws Refusal('invalid') without any track. */
export function readProbe(json: string): AvFacts {
  const probed = JSON.parse(json) as Probed
  const streams = probed.streams ?? []
  const video = streams.find(
    (stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1,
  )
  const audio = streams.find((stream) => stream.codec_type === 'audio')
  if (!video && !audio) throw new Refusal('invalid', 'This file holds neither picture nor sound.')
  return {
    duration: seconds(probed.format?.duration) || seconds(video?.duration) || seconds(audio?.duration),
    ...(video && { video: videoTrack(video) }),
    ...(audio && { audio: { codec: shortCodec(audio.codec_name), index: audio.index ?? 0 } }),
  }
}

function videoTrack(stream: ProbedStream): VideoTrack {
  const { width = 0, height = 0 } = stream
  const rotation = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0
  const isTurned = Math.abs(rotation) % 180 === 90
  return {
    codec: shortCodec(stream.codec_name),
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    fps: rate(stream.avg_frame_rate) || rate(stream.r_frame_rate),
    isPlain: stream.pix_fmt === 'yuv420p' || stream.pix_fmt === 'yuvj420p',
    index: stream.index ?? 0,
  }
}

function shortCodec(name: string | undefined): string {
  return name?.startsWith('pcm_') ? 'pcm' : (name ?? 'unknown')
}

function seconds(text: string | undefined): number {
  const value = Number(text)
  return Number.isFinite(value) && value > 0 ? value : 0
}

function rate(text: string | undefined): number {
  const [over, under] = (text ?? '').split('/').map(Number)
  return over && under ? over / under : 0
}
