// Draws the pictures that come with the program: `node scripts/make-assets.ts` writes them anew.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const FOLDER = fileURLToPath(new URL('../src/protocols/files/assets/', import.meta.url))
const GREEN = '#2f5d50'
const DEEP = '#234940'
const PAPER = '#f6f4ef'
const STONE = '#e6e1d6'
const SAGE = '#a9bfae'
const OCHRE = '#d9a441'

/** People in a ring, seen from above, leaning towards the fire in their middle; 100 by 100 around (0, 0). */
function ring(options: { people: number; colour: string; one: string; fire: string }): string {
  const people = Array.from({ length: options.people }, (_, at) => {
    const turn = (360 / options.people) * at
    const colour = at === 0 ? options.one : options.colour
    return `<g transform="rotate(${turn})" fill="${colour}">
      <circle cx="0" cy="-27.6" r="6.4"/>
      <path d="M-14 -43.4 Q0 -51.6 14 -43.4 Q16.2 -41.8 14.6 -39.6 Q9 -35.4 0 -35.4 Q-9 -35.4 -14.6 -39.6 Q-16.2 -41.8 -14 -43.4Z"/>
    </g>`
  }).join('')
  return `${people}<g transform="scale(1.3)">${flame(options.fire)}</g>`
}

/** The fire: a leaf of oak standing upright. */
function flame(colour: string): string {
  return `<path fill="${colour}" d="M0 13.5 C-1.1 11.4 -1.4 9.9 -1.5 8.3 C-4.9 9.3 -8 7.6 -7.6 4.6 C-7.4 3.4 -6.7 2.6 -5.9 2.2
    C-9.2 1.5 -10 -2.2 -7.6 -4 C-6.8 -4.6 -5.9 -4.7 -5.1 -4.5 C-7.2 -6.6 -6.3 -9.8 -3.7 -10.3 C-3 -10.4 -2.5 -10.3 -2 -10
    C-2 -12.3 -1.1 -14 0 -14.8 C1.1 -14 2 -12.3 2 -10 C2.5 -10.3 3 -10.4 3.7 -10.3 C6.3 -9.8 7.2 -6.6 5.1 -4.5
    C5.9 -4.7 6.8 -4.6 7.6 -4 C10 -2.2 9.2 1.5 5.9 2.2 C6.7 2.6 7.4 3.4 7.6 4.6 C8 7.6 4.9 9.3 1.5 8.3 C1.4 9.9 1.1 11.4 0 13.5Z"/>`
}

function svg(width: number, height: number, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inside}</svg>`
}

/** The mark on a tile; `round` is the radius of its corners, `scale` the size of the ring. */
function tile(round: number, scale: number): string {
  const mark = ring({ people: 7, colour: PAPER, one: OCHRE, fire: OCHRE })
  return svg(
    512,
    512,
    `<rect width="512" height="512" rx="${round}" fill="${GREEN}"/><g transform="translate(256 256) scale(${scale})">${mark}</g>`,
  )
}

/** Somebody without a picture: head and shoulders in a calm light. */
function avatar(): string {
  return svg(
    400,
    400,
    `<rect width="400" height="400" fill="${STONE}"/>
    <circle cx="200" cy="228" r="236" fill="${PAPER}" opacity="0.55"/>
    <path fill="${SAGE}" d="M48 424 C48 314 114 254 200 254 C286 254 352 314 352 424Z"/>
    <circle cx="200" cy="162" r="72" fill="${SAGE}"/>
    <g transform="translate(200 338) scale(2.6)">${flame(PAPER)}</g>`,
  )
}

/** Hills one behind the other, a low sun, and the ring far off on a hilltop. */
function header(): string {
  return svg(
    1500,
    500,
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${PAPER}"/><stop offset="1" stop-color="#e9e6d8"/></linearGradient></defs>
    <rect width="1500" height="500" fill="url(#sky)"/>
    <circle cx="1085" cy="205" r="74" fill="${OCHRE}" opacity="0.55"/>
    <path fill="#d3ddd0" d="M0 300 C220 220 420 250 640 290 C900 338 1100 210 1500 268 V500 H0Z"/>
    <path fill="${SAGE}" d="M0 368 C260 286 520 330 760 372 C1020 416 1240 318 1500 352 V500 H0Z"/>
    <path fill="#5f8676" d="M0 430 C300 372 560 392 860 440 C1120 480 1320 424 1500 416 V500 H0Z"/>
    <path fill="${GREEN}" d="M0 482 C360 446 720 452 1040 482 C1240 500 1400 486 1500 470 V500 H0Z"/>`,
  )
}

/** The picture of a server that chose none: mark and name on paper. */
function thumbnail(): string {
  return svg(
    1200,
    630,
    `<rect width="1200" height="630" fill="${PAPER}"/>
    <path fill="#e9ebe1" d="M0 470 C220 400 420 420 640 455 C900 496 1040 400 1200 420 V630 H0Z"/>
    <path fill="#d7e0d5" d="M0 540 C260 480 520 500 760 540 C960 572 1080 520 1200 524 V630 H0Z"/>
    <g transform="translate(600 285) scale(4.8)">${ring({ people: 7, colour: GREEN, one: OCHRE, fire: DEEP })}</g>`,
  )
}

/** An .ico file that holds PNG pictures. */
function ico(pictures: { side: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [at, { side, png }] of pictures.entries()) {
    const entry = 6 + 16 * at
    head.writeUInt8(side % 256, entry)
    head.writeUInt8(side % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

function draw(source: string, width: number, palette = true): Promise<Buffer> {
  return sharp(Buffer.from(source), { density: 144 })
    .resize({ width })
    .png({ compressionLevel: 9, palette, colours: 128 })
    .toBuffer()
}

mkdirSync(FOLDER, { recursive: true })
const keep = (name: string, data: Buffer | string): void => writeFileSync(`${FOLDER}${name}`, data)
const icon = tile(112, 4.4)
keep('mark.svg', `${icon.replaceAll(/\s*\n\s*/g, ' ')}\n`)
keep('missing-avatar.png', await draw(avatar(), 400))
keep('missing-header.png', await draw(header(), 1500))
keep('thumbnail.png', await draw(thumbnail(), 1200))
keep('icon-180.png', await draw(tile(0, 4.2), 180))
keep('icon-192.png', await draw(icon, 192))
keep('icon-512.png', await draw(icon, 512))
keep('icon-maskable-512.png', await draw(tile(0, 3.5), 512))
const sides = [16, 32, 48]
keep(
  'favicon.ico',
  ico(await Promise.all(sides.map(async (side) => ({ side, png: await draw(icon, side, false) })))),
)
