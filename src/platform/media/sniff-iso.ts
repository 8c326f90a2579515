// Tells the many users of the ISO base media container (MP4, QuickTime, M4A, AVIF, HEIC) apart by their brands.

const videoBrands =
  /^(?:isom|iso[2-9]|mp4[12]|avc1|dash|m4v |m4vh|m4vp|msnv|mmp4|f4v |3g[2pr].|cmfc|ndsc|xavc)$/i
const soundBrands = new Set(['M4A ', 'M4B ', 'M4P '])
const heicBrands = new Set([
  'heic',
  'heix',
  'hevc',
  'hevx',
  'heim',
  'heis',
  'hevm',
  'hevs',
  'mif1',
  'msf1',
  'mif2',
])
const bareQuickTime = new Set(['moov', 'mdat', 'wide', 'pnot'])

/** The format that the `ftyp` box announces; undefined when there is none, or none that we know. */
export function sniffIsoBrand(head: Buffer): 'mp4' | 'mov' | 'm4a' | 'avif' | 'heic' | undefined {
  if (head.length < 12) return undefined
  const box = head.toString('latin1', 4, 8)
  if (box !== 'ftyp') return bareQuickTime.has(box) && head.readUInt32BE(0) !== 0 ? 'mov' : undefined
  const brands = readBrands(head)
  const major = brands[0] ?? ''
  if (brands.includes('avif') || brands.includes('avis')) return 'avif'
  if (heicBrands.has(major)) return 'heic'
  if (major === 'qt  ') return 'mov'
  if (soundBrands.has(major)) return 'm4a'
  return brands.some((brand) => videoBrands.test(brand)) ? 'mp4' : undefined
}

function readBrands(head: Buffer): string[] {
  const end = Math.min(head.readUInt32BE(0), head.length, 256)
  const brands = [head.toString('latin1', 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  return brands
}
