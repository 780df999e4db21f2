/** Draws the demo's technical flats and keeps them as SVG: `node scripts/draw-demo.ts [name …]`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { flats } from './draw-flats.ts'
import { drawFlat } from './draw-kit.ts'

const folder = new URL('../server/demo/assets/flats/', import.meta.url)
mkdirSync(folder, { recursive: true })
const wanted = process.argv.slice(2)
for (const flat of flats) {
  if (wanted.length > 0 && !wanted.includes(flat.file)) continue
  const svg = drawFlat(flat)
  writeFileSync(new URL(`${flat.file}.svg`, folder), svg)
  process.stdout.write(`${flat.file}.svg ${Math.round(svg.length / 1024)} KB\n`)
}
