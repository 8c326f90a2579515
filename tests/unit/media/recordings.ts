// Videos and sounds for the media tests, made on the spot without any encoder.
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny'
import type { OutputFormat, VideoCodec } from 'mediabunny'

/** Writes the bit syntax of H.264. */
function bitWriter() {
  let bits = ''
  const writer = {
    u: (value: number, width: number) => {
      bits += value.toString(2).padStart(width, '0')
      return writer
    },
    ue: (value: number) => {
      const code = (value + 1).toString(2)
      bits += '0'.repeat(code.length - 1) + code
      return writer
    },
    align: () => {
      bits += '0'.repeat((8 - (bits.length % 8)) % 8)
      return writer
    },
    bytes: (values: Uint8Array) => {
      for (const value of values) bits += value.toString(2).padStart(8, '0')
      return writer
    },
    end: (): Buffer => {
      bits += '1'
      writer.align()
      return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
    },
  }
  return writer
}

/** Parameter sets and one uncompressed (I_PCM) key frame of 64 by 32 pixels. */
function plainH264(): { description: Buffer; frame: Buffer } {
  const spsBits = bitWriter().u(66, 8).u(0, 8).u(10, 8).ue(0).ue(0).ue(2).ue(0).u(0, 1).ue(3).ue(1)
  const sps = Buffer.concat([Buffer.from([0x67]), spsBits.u(1, 1).u(1, 1).u(0, 1).u(0, 1).end()])
  const ppsBits = bitWriter().ue(0).ue(0).u(0, 1).u(0, 1).ue(0).ue(0).ue(0).u(0, 3).ue(0).ue(0).ue(0)
  const pps = Buffer.concat([Buffer.from([0x68]), ppsBits.u(1, 1).u(0, 1).u(0, 1).end()])
  const slice = bitWriter().ue(0).ue(7).ue(0).u(0, 4).ue(0).u(0, 1).u(0, 1).ue(0).ue(1)
  for (let block = 0; block < 8; block += 1) {
    const luma = Buffer.alloc(256, 60 + block * 20)
    slice.ue(25).align().bytes(luma).bytes(Buffer.alloc(64, 90)).bytes(Buffer.alloc(64, 160))
  }
  const nal = Buffer.concat([Buffer.from([0x65]), slice.end()])
  const prefix = (part: Buffer, width: number): Buffer => {
    const length = Buffer.alloc(width)
    length.writeUIntBE(part.length, 0, width)
    return Buffer.concat([length, part])
  }
  const head = Buffer.from([1, 66, 0, 10, 0xff, 0xe1])
  return {
    description: Buffer.concat([head, prefix(sps, 2), Buffer.from([1]), prefix(pps, 2)]),
    frame: prefix(nal, 4),
  }
}

/** A decoder configuration of HEVC without any parameter sets. */
const emptyHevc = Buffer.from([
  1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 0,
])

/** What a recording holds. */
export interface Recording {
  container?: 'mp4' | 'mov' | 'webm'
  codec?: VideoCodec
  seconds?: number
  fps?: number
  sound?: 'compressed' | 'pcm' | 'none'
  rotation?: 0 | 90 | 180 | 270
}

const containers: Record<string, () => OutputFormat> = {
  mp4: () => new Mp4OutputFormat({ metadataFormat: 'udta' }),
  mov: () => new MovOutputFormat({ metadataFormat: 'udta' }),
  webm: () => new WebMOutputFormat(),
}

/** A recording that also tells its title and the place where it was made. */
export async function recording(wish: Recording = {}): Promise<Buffer> {
  const { container = 'mp4', codec = 'avc', seconds = 2, fps = 10, sound: wanted = 'compressed' } = wish
  const makeFormat = containers[container]
  if (!makeFormat) throw new Error(`no container ${container}`)
  const output = new Output({ format: makeFormat(), target: new BufferTarget() })
  const video = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(video, { rotation: wish.rotation ?? 0 })
  const sound = new EncodedAudioPacketSource(
    wanted === 'pcm' ? 'pcm-s16' : container === 'webm' ? 'opus' : 'aac',
  )
  if (wanted !== 'none') output.addAudioTrack(sound)
  output.setMetadataTags({
    title: 'At home with Alice',
    comment: 'secret',
    raw: { '©xyz': '+52.5170+013.3889/' },
  })
  await output.start()
  const { description, frame } = plainH264()
  const config = { codec: codecString(codec), codedWidth: 64, codedHeight: 32 }
  const described = { avc: description, hevc: emptyHevc }[codec as string]
  const decoderConfig = described ? { ...config, description: described } : config
  const data = codec === 'avc' ? frame : Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 64, 0, 32, 0, 0, 0])
  for (let at = 0; at < seconds * fps; at += 1) {
    await video.add(
      new EncodedPacket(data, 'key', at / fps, 1 / fps),
      at === 0 ? { decoderConfig } : undefined,
    )
  }
  if (wanted === 'pcm') await addNoise(sound, seconds)
  if (wanted === 'compressed') await addSilence(sound, seconds, container === 'webm')
  await output.finalize()
  return Buffer.from(output.target.buffer ?? new ArrayBuffer(0))
}

function codecString(codec: VideoCodec): string {
  if (codec === 'avc') return 'avc1.42000a'
  return codec === 'vp8' ? 'vp8' : 'hev1.1.6.L93.B0'
}

async function addSilence(sound: EncodedAudioPacketSource, seconds: number, isOpus: boolean): Promise<void> {
  const silence = isOpus ? Buffer.from([0xf8, 0xff, 0xfe]) : Buffer.from([0, 0xc8, 0, 0x80, 0x23, 0x80])
  const sampleRate = 48_000
  const length = isOpus ? 0.02 : 1024 / sampleRate
  const common = { sampleRate, numberOfChannels: 1 }
  const decoderConfig = isOpus
    ? { ...common, codec: 'opus' }
    : { ...common, codec: 'mp4a.40.2', description: Buffer.from([0x11, 0x88]) }
  for (let at = 0; at * length < seconds; at += 1) {
    await sound.add(
      new EncodedPacket(silence, 'key', at * length, length),
      at === 0 ? { decoderConfig } : undefined,
    )
  }
}

async function addNoise(sound: EncodedAudioPacketSource, seconds: number): Promise<void> {
  const decoderConfig = { codec: 'pcm-s16', sampleRate: 8000, numberOfChannels: 1 }
  for (let at = 0; at < seconds * 10; at += 1) {
    const packet = new EncodedPacket(Buffer.alloc(1600, at * 3), 'key', at / 10, 0.1)
    await sound.add(packet, at === 0 ? { decoderConfig } : undefined)
  }
}

/** A tone as WAV, with a title that tells a secret. */
export function tone(seconds = 1): Buffer {
  const rate = 8000
  const samples = Buffer.alloc(rate * seconds * 2)
  for (let at = 0; at < rate * seconds; at += 1)
    samples.writeInt16LE(Math.round(8000 * Math.sin(at / 5)), at * 2)
  const format = Buffer.alloc(16)
  format.writeUInt16LE(1, 0)
  format.writeUInt16LE(1, 2)
  format.writeUInt32LE(rate, 4)
  format.writeUInt32LE(rate * 2, 8)
  format.writeUInt16LE(2, 12)
  format.writeUInt16LE(16, 14)
  const title = Buffer.concat([
    Buffer.from('INFO', 'latin1'),
    riff('INAM', Buffer.from('At home with Alice')),
  ])
  return riff(
    'RIFF',
    Buffer.concat([Buffer.from('WAVE'), riff('fmt ', format), riff('LIST', title), riff('data', samples)]),
  )
}

function riff(name: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from(name, 'latin1'), length, body, Buffer.alloc(body.length % 2)])
}
