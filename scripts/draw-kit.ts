/** A small kit for technical flats: half a garment is drawn in its own millimetres, mirrored, scaled and put on A3. */
import svgpath from 'svgpath'

type Pair = readonly [number, number]
type Segment = { readonly op: 'M' | 'L' | 'C'; readonly n: readonly number[] }

export const round = (n: number): string => String(Math.round(n * 100) / 100)
export const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

const segmentsOf = (d: string): Segment[] => {
  const out: Segment[] = []
  svgpath(d)
    .abs()
    .unshort()
    .unarc()
    .iterate((segment, _i, x, y) => {
      const [op, ...n] = segment as [string, ...number[]]
      if (op === 'H') out.push({ op: 'L', n: [n[0]!, y] })
      else if (op === 'V') out.push({ op: 'L', n: [x, n[0]!] })
      else if (op === 'Q') {
        const [a, b, c, e] = n as [number, number, number, number]
        out.push({
          op: 'C',
          n: [x + (2 / 3) * (a - x), y + (2 / 3) * (b - y), c + (2 / 3) * (a - c), e + (2 / 3) * (b - e), c, e],
        })
      } else if (op === 'M' || op === 'L' || op === 'C') out.push({ op, n })
    })
  return out
}

const ink = (segments: readonly Segment[]): string =>
  segments.map(({ op, n }) => `${op}${n.map(round).join(' ')}`).join('')

/** The other half of the garment: x turned about the centre line. */
export const mirror = (d: string): string => svgpath(d).scale(-1, 1).round(2).toString()

/** A half outline from centre top to centre bottom, made whole and closed. */
export const whole = (half: string): string => {
  const go = segmentsOf(half)
  const ends = go.map(({ n }) => [n.at(-2)!, n.at(-1)!] as Pair)
  const back: Segment[] = [{ op: 'L', n: [-ends.at(-1)![0], ends.at(-1)![1]] }]
  for (let i = go.length - 1; i > 0; i--) {
    const { op, n } = go[i]!
    const [x, y] = ends[i - 1]!
    if (op === 'C') back.push({ op, n: [-n[2]!, n[3]!, -n[0]!, n[1]!, -x, y] })
    else back.push({ op: 'L', n: [-x, y] })
  }
  return `${ink([...go, ...back])}Z`
}

const flatten = (d: string): Pair[] => {
  const out: Pair[] = []
  for (const { op, n } of segmentsOf(d)) {
    const from = out.at(-1)
    if (op !== 'C' || !from) out.push([n.at(-2)!, n.at(-1)!])
    else
      for (let k = 1; k <= 14; k++) {
        const t = k / 14
        const u = 1 - t
        const at = (i: number): number =>
          u ** 3 * from[i]! + 3 * u * u * t * n[i]! + 3 * u * t * t * n[i + 2]! + t ** 3 * n[i + 4]!
        out.push([at(0), at(1)])
      }
  }
  return out
}

/** A line beside a line: where a needle runs at `by` mm from a seam, to its right when `by` is positive. */
export const beside = (d: string, by: number): string => {
  const line = flatten(d)
  const normals = line.slice(1).map(([x, y], i) => {
    const [a, b] = line[i]!
    const long = Math.hypot(x - a, y - b) || 1
    return [-(y - b) / long, (x - a) / long] as Pair
  })
  return line
    .map(([x, y], i) => {
      const p = normals[Math.max(0, i - 1)]!
      const q = normals[Math.min(normals.length - 1, i)]!
      // The corner's own bisector, so that parallel rows stay parallel round it; sharp corners are held back.
      const scale = 1 / Math.max(0.45, (1 + p[0] * q[0] + p[1] * q[1]) / 2)
      return `${i === 0 ? 'M' : 'L'}${round(x + ((p[0] + q[0]) / 2) * scale * by)} ${round(y + ((p[1] + q[1]) / 2) * scale * by)}`
    })
    .join('')
}

export interface View {
  /** One path as it is. */
  one(cls: string, ...ds: string[]): void
  /** A path and its mirror image. */
  both(cls: string, ...ds: string[]): void
  /** Rows of needle work beside a seam, at these distances; both halves. */
  rows(seam: string, ...by: number[]): void
  /** The same on one side alone. */
  rowsOne(seam: string, ...by: number[]): void
  button(x: number, y: number, r?: number): void
  /** A bartack: a short thick bar of thread. */
  tack(x: number, y: number, angle?: number, long?: number): void
  tacks(x: number, y: number, angle?: number, long?: number): void
  /** A number with a leader from a point of the garment; `dx`, `dy` in millimetres of paper. */
  note(n: number, x: number, y: number, dx: number, dy: number): void
}

export interface Flat {
  readonly file: string
  readonly title: string
  readonly model: string
  readonly cloth: string
  readonly scale: number
  readonly views: readonly {
    readonly name: string
    readonly x: number
    readonly y: number
    readonly draw: (view: View) => void
  }[]
  readonly notes: readonly string[]
  /** Paint: body, shade (inside and folds), thread. */
  readonly paint: { readonly body: string; readonly shade: string; readonly deep: string; readonly thread: string }
}

export const A3 = { width: 420, height: 297 } as const

export const drawFlat = (flat: Flat): string => {
  const out: string[] = []
  const marks: string[] = []
  const k = 1 / flat.scale
  for (const { name, x: cx, y: cy, draw } of flat.views) {
    const place = (d: string): string => svgpath(d).scale(k).translate(cx, cy).round(2).toString()
    // A shade is painted over half of the outline's stroke, so the outlines it lies on are inked once more above it.
    let outlines: string[] = []
    let last = ''
    const one = (cls: string, ...ds: string[]): void => {
      const placed = ds.map(place)
      if (cls === 'o') outlines = last === 'o' ? [...outlines, ...placed] : placed
      last = cls
      for (const d of placed) out.push(`<path class="${cls}" d="${d}"/>`)
      if (cls === 'f') for (const d of outlines) out.push(`<path class="w" d="${d}"/>`)
    }
    const both = (cls: string, ...ds: string[]): void => one(cls, ...ds.flatMap((d) => [d, mirror(d)]))
    const tack = (x: number, y: number, angle = 0, long = 11): void => {
      const a = (angle * Math.PI) / 180
      const [dx, dy] = [(Math.cos(a) * long) / 2, (Math.sin(a) * long) / 2]
      one('k', `M${x - dx} ${y - dy}L${x + dx} ${y + dy}`)
    }
    draw({
      one,
      both,
      rows: (seam, ...by) => {
        for (const b of by) both('t', beside(seam, b))
      },
      rowsOne: (seam, ...by) => {
        for (const b of by) one('t', beside(seam, b))
      },
      button: (x, y, r = 8) => {
        const [px, py] = [cx + x * k, cy + y * k]
        out.push(
          `<circle class="b" cx="${round(px)}" cy="${round(py)}" r="${round(r * k)}"/>`,
          `<circle class="d" cx="${round(px)}" cy="${round(py)}" r="${round(r * k * 0.55)}"/>`,
        )
      },
      tack,
      tacks: (x, y, angle = 0, long = 11) => {
        tack(x, y, angle, long)
        tack(-x, y, 180 - angle, long)
      },
      note: (n, x, y, dx, dy) => {
        const [px, py] = [cx + x * k, cy + y * k]
        const long = Math.hypot(dx, dy)
        const [ex, ey] = [px + dx - (dx / long) * 3.2, py + dy - (dy / long) * 3.2]
        marks.push(
          `<path class="l" d="M${round(px)} ${round(py)}L${round(ex)} ${round(ey)}"/>`,
          `<circle class="q" cx="${round(px)}" cy="${round(py)}" r=".7"/>`,
          `<circle class="r" cx="${round(px + dx)}" cy="${round(py + dy)}" r="3.2"/>`,
          `<text class="num" x="${round(px + dx)}" y="${round(py + dy + 1.35)}">${n}</text>`,
        )
      },
    })
    marks.push(`<text class="view" x="${cx}" y="254">${xml(name)}</text>`)
  }
  const columns = [14, 150, 286]
  const each = Math.ceil(flat.notes.length / columns.length)
  const legend = flat.notes.map((words, i) => {
    const x = columns[Math.floor(i / each)]!
    const y = 268 + (i % each) * 7.6
    return `<circle class="r" cx="${x + 3}" cy="${y - 1.4}" r="2.6"/><text class="num s" x="${x + 3}" y="${round(y - 0.3)}">${i + 1}</text><text class="leg" x="${x + 8}" y="${y}">${xml(words)}</text>`
  })
  const { body, shade, deep, thread } = flat.paint
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${A3.width}mm" height="${A3.height}mm" viewBox="0 0 ${A3.width} ${A3.height}">
<title>${xml(flat.title)}</title>
<style>
path,circle{fill:none;stroke:#1d2733;stroke-linecap:round;stroke-linejoin:round}
.o{fill:${body};stroke-width:.65}
.i{fill:${deep};stroke-width:.5}
.p{fill:${body};stroke-width:.42}
.f{fill:${shade};stroke:none}
.w{stroke-width:.65}
.s{stroke-width:.42}
.d{stroke-width:.22}
.e{stroke-width:.22;stroke:#5d6b7a}
.t{stroke-width:.3;stroke:${thread};stroke-dasharray:1.15 .75;stroke-linecap:butt}
.k{stroke-width:.95;stroke:${thread};stroke-linecap:butt}
.b{fill:#fff;stroke-width:.35}
.l{stroke-width:.22;stroke:#a2472f}
.q{fill:#a2472f;stroke:none}
.r{fill:#fff;stroke:#a2472f;stroke-width:.3}
text{font-family:sans-serif;fill:#1d2733}
.num{font-size:3.8px;font-weight:700;text-anchor:middle;fill:#a2472f}
.num.s{font-size:3.2px}
.leg{font-size:4px}
.view{font-size:4.2px;text-anchor:middle;fill:#5d6b7a}
.head{font-size:7.5px;font-weight:700}
.sub{font-size:4.2px;fill:#5d6b7a}
</style>
<text class="head" x="14" y="19">${xml(flat.title)}</text>
<text class="sub" x="14" y="26">${xml(`Modelo ${flat.model} · ${flat.cloth} · dibujo a escala 1:${flat.scale}`)}</text>
<path class="e" d="M14 30H406M14 259H406"/>
${[...out, ...marks, ...legend].join('\n')}
</svg>
`
}
