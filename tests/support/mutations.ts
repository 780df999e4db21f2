/** Files spoilt by chance: a small generator of its own, so that a seed tells the file again. */
const randomOf = (seed: number) => {
  let state = seed >>> 0
  return (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return state % below
  }
}

const ODD = ['0', '8', '10', '42', '70', '999', '-1', 'POLYLINE', 'VERTEX', 'SEQEND', 'INSERT', 'ENDBLK', 'BLOCK']
const VALUES = [
  '1e9',
  '-0',
  '0',
  '1,5',
  'nan',
  '',
  'SIZE: M',
  'Piece Name:',
  '# 4',
  '1',
  '84',
  '-3.5',
  '2',
  '14',
  '255',
]

/**
 * The lines of an ASCII DXF with some of them taken out, doubled, changed or swapped, its blocks in another order, or its end cut off.
 * The same seed gives the same file.
 */
export const spoilt = (text: string, seed: number): string => {
  const random = randomOf(seed)
  let lines = text.split(/\r\n|\r|\n/)
  const any = () => random(lines.length)
  if (random(4) === 0) {
    const starts = lines.flatMap((line, i) => (line.trim() === 'BLOCK' ? [i - 1] : []))
    const ends = lines.flatMap((line, i) => (line.trim() === 'ENDBLK' ? [i + 1] : []))
    if (starts.length > 1 && ends.length === starts.length) {
      const blocks = starts.map((from, i) => lines.slice(from, starts[i + 1] ?? ends[i]))
      for (let i = blocks.length - 1; i > 0; i--) {
        const j = random(i + 1)
        ;[blocks[i], blocks[j]] = [blocks[j]!, blocks[i]!]
      }
      lines = [...lines.slice(0, starts[0]), ...blocks.flat(), ...lines.slice(ends.at(-1))]
    }
  }
  for (let n = 1 + random(12); n > 0; n--) {
    const [at, other] = [any(), any()]
    switch (random(7)) {
      case 0:
        lines.splice(at, 1 + random(3))
        break
      case 1:
        lines.splice(at, 0, ...lines.slice(at, at + 1 + random(40)))
        break
      case 2:
        lines[at] = VALUES[random(VALUES.length)]!
        break
      case 3:
        lines[at] = ODD[random(ODD.length)]!
        break
      case 4:
        ;[lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? '']
        break
      case 5:
        lines.splice(at, 2 * (1 + random(30)))
        break
      default:
        if (random(6) === 0) lines = lines.slice(0, at)
        else lines.splice(at, 0, ...lines.slice(other, other + 2 * (1 + random(60))))
    }
    if (lines.length === 0) lines = ['0']
  }
  return lines.join('\n')
}

/**
 * How many entities such a file has, counted by a way of its own: pairs of lines, where a line that is no group code is passed over. Null
 * where a text in paragraphs makes more of one.
 */
export const entitiesIn = (text: string): number | null => {
  const lines = text.split('\n').map((line) => line.replace(/^[ \t]+|[ \t]+$/g, ''))
  if (lines.at(-1) === '') lines.pop()
  let [count, section, waits] = [0, '', false]
  for (let i = 0; i < lines.length; i++) {
    if (!/^-?\d{1,4}$/.test(lines[i]!)) continue
    const [code, value] = [Number(lines[i]), lines[++i]]
    if (value === undefined) break
    if (waits && code === 2) section = value.toUpperCase()
    waits = false
    if (code !== 0) continue
    const type = value.toUpperCase()
    if (value === 'EOF') break
    if (value === 'SECTION') waits = true
    else if (value === 'ENDSEC') section = 'between'
    else if (!['BLOCKS', 'ENTITIES', ''].includes(section)) continue
    else if (section === 'BLOCKS' && (value === 'BLOCK' || value === 'ENDBLK')) continue
    else if (/^(MTEXT|ATTRIB|ATTDEF)$/.test(type)) return null
    else if (type !== 'VERTEX' && type !== 'SEQEND') count++
  }
  return count
}
