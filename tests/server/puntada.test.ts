import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { convertIn, type Terminal } from '../../scripts/puntada/convert.ts'
import { importFile } from '../../server/pattern/importFile.ts'

const SVG = (size: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${size}><g id="Delantero"><path d="M 10,10 h 300 v 400 h -300 z"/></g></svg>`
const MM = 'width="400mm" height="500mm" viewBox="0 0 400 500"'

let folder = ''
const folders: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puntada-convert-'))
  folders.push(folder)
})
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true })
})

const run = async (...args: string[]) => {
  const out: string[] = []
  const err: string[] = []
  const terminal: Terminal = {
    cwd: folder,
    language: 'es',
    now: new Date(2026, 2, 7, 9, 5),
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
  }
  return { code: await convertIn(args, terminal), out, err }
}
const written = (name: string) => readFileSync(join(folder, 'listo', name))

it('turns a drawing into files for the cutter, the printer and other programs', async () => {
  writeFileSync(join(folder, 'blusa.svg'), SVG(MM))
  const all = ['--to', 'aama,astm', '--to', 'svg', '--to', 'pdf', '--allowance', 'included:10', '--out', 'listo']
  const { code, out, err } = await run('blusa.svg', ...all)
  expect([code, err]).toEqual([0, []])
  expect(readdirSync(join(folder, 'listo')).sort()).toEqual([
    'blusa-U.svg',
    'blusa-a4.pdf',
    'blusa-aama.dxf',
    'blusa-astm.dxf',
  ])
  expect(out.length).toBe(4)
  const again = importFile(written('blusa-astm.dxf'))
  expect(
    again.ok &&
      again.pattern.pieces.map(({ name, ring, edges }) => [name, ring, edges.map(({ allowance }) => allowance)]),
  ).toEqual([['Delantero', 'cut', [10, 10, 10, 10]]])
  expect(written('blusa-aama.dxf').toString()).toContain('Creation Date: 07-03-2026')
  expect(written('blusa-a4.pdf').subarray(0, 5).toString()).toBe('%PDF-')
})

it('asks what a file does not say, and takes the answer', async () => {
  writeFileSync(join(folder, 'x.svg'), SVG('viewBox="0 0 400 500"'))
  const first = await run('x.svg', '--to', 'svg', '--out', 'listo')
  expect(first.code).toBe(1)
  expect(first.err.join()).toMatch(/--units/)
  expect(readdirSync(folder)).toEqual(['x.svg'])
  const second = await run('x.svg', '--to', 'svg', '--out', 'listo', '--units', 'mm')
  expect(second.code).toBe(0)
  // Whether the seam allowance is included changes nothing in the line itself: it is said, and written.
  expect(second.err.join()).toMatch(/--allowance/)
  expect(written('x-U.svg').toString()).toContain('width="360mm"')
})

it.each([
  [['nada.svg', '--to', 'svg'], /No se puede abrir/],
  [['blusa.svg'], /--to quiere aama, astm, svg, pdf/],
  [['blusa.svg', '--to', 'plt'], /no «plt»/],
  [['blusa.svg', '--to', 'pdf', '--paper', 'b5'], /--paper quiere a4, letter, a0/],
  [['blusa.svg', '--to', 'pdf', '--size', 'XL'], /No hay talla «XL»; hay U/],
  [['blusa.svg', '--to', 'pdf', '--units', '0'], /--units quiere/],
  [['blusa.svg', '--to', 'pdf', '--date', 'ayer'], /--date quiere/],
  [['blusa.svg', '--to', 'pdf', '--allowance', 'mucho'], /--allowance quiere/],
  [['blusa.svg', '--to', 'pdf', '--colour'], /No se entiende la orden/],
  [['basura.dxf', '--to', 'pdf'], /^basura\.dxf: No es un DXF ni un SVG\. Exporta/],
])('says in a sentence what is wrong with %j', async (args, sentence) => {
  writeFileSync(join(folder, 'blusa.svg'), SVG(MM))
  writeFileSync(join(folder, 'basura.dxf'), 'hola\n')
  const { code, err } = await run(...args, '--out', 'listo')
  expect(code).toBe(args[0] === 'basura.dxf' ? 1 : 2)
  expect(err.at(-1)).toMatch(sentence)
  expect(readdirSync(folder).sort()).toEqual(['basura.dxf', 'blusa.svg'])
})
