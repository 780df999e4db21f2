/** Pieces that no FreeSewing design has, drafted with its core: a pleated school skirt and the small pieces of jeans. */
import type { Shorthand } from '@freesewing/core'

type Pair = readonly [number, number]

interface Outline {
  readonly name: string
  /** Corners in order; four pairs `[control, control, end]` in a row make a curve. */
  readonly outline: (measurements: Record<string, number>) => readonly (Pair | readonly [Pair, Pair, Pair])[]
  readonly grain: (measurements: Record<string, number>) => readonly [Pair, Pair]
  readonly fold?: boolean
  readonly inner?: (
    measurements: Record<string, number>,
  ) => readonly { readonly points: readonly Pair[]; readonly cls: string; readonly label?: string }[]
  readonly notches?: (measurements: Record<string, number>) => readonly Pair[]
}

const isCurve = (step: Pair | readonly [Pair, Pair, Pair]): step is readonly [Pair, Pair, Pair] => step.length === 3

const piece = (spec: Outline): object => ({
  name: spec.name,
  measurements: ['waist'],
  optionalMeasurements: ['hips', 'skirtLength'],
  draft: ({ Point, Path, Snippet, points, paths, snippets, measurements, sa, macro, part }: Shorthand) => {
    const at = ([x, y]: Pair): unknown => new Point(x, y)
    const [first, ...rest] = spec.outline(measurements)
    let seam = new Path().move(at(first as Pair))
    for (const step of rest)
      seam = isCurve(step) ? seam.curve(at(step[0]), at(step[1]), at(step[2])) : seam.line(at(step))
    paths.seam = seam.close().attr('class', 'fabric')
    paths.sa = paths.seam.offset(sa).attr('class', 'fabric sa')
    for (const [i, line] of (spec.inner?.(measurements) ?? []).entries()) {
      let path = new Path().move(at(line.points[0]!))
      for (const p of line.points.slice(1)) path = path.line(at(p))
      paths[`inner${i}`] = path.attr('class', line.cls)
    }
    for (const [i, p] of (spec.notches?.(measurements) ?? []).entries()) snippets[`n${i}`] = new Snippet('notch', at(p))
    const [from, to] = spec.grain(measurements)
    points.from = at(from)
    points.to = at(to)
    macro('grainline', { from: points.from, to: points.to })
    return part
  },
})

/** Box pleats of 6 cm with 3 cm folded under on either side: what the panel carries three times its finished width. */
const PLEATS = 6
const skirtPanel = (m: Record<string, number>): { width: number; pitch: number; length: number } => {
  const visible = m.waist! / 2 / PLEATS
  return { width: visible * 3 * PLEATS, pitch: visible * 3, length: m.skirtLength! }
}

export const skirtParts: readonly object[] = [
  piece({
    name: 'panel',
    outline: (m) => {
      const { width, length } = skirtPanel(m)
      return [
        [0, 0],
        [0, length + 50],
        [width, length + 50],
        [width, 0],
      ]
    },
    grain: (m) => {
      const { pitch, length } = skirtPanel(m)
      return [
        [pitch * 1.5, 60],
        [pitch * 1.5, length - 60],
      ]
    },
    inner: (m) => {
      const { pitch, length, width } = skirtPanel(m)
      const lines: { points: readonly Pair[]; cls: string }[] = [
        {
          points: [
            [0, length],
            [width, length],
          ],
          cls: 'dashed',
        },
      ]
      for (let i = 0; i < PLEATS; i++) {
        const visible = pitch / 3
        for (const x of [i * pitch + visible / 2, i * pitch + pitch - visible / 2])
          lines.push({
            points: [
              [x, 0],
              [x, length + 50],
            ],
            cls: 'mark',
          })
        lines.push({
          points: [
            [i * pitch + pitch / 2, 0],
            [i * pitch + pitch / 2, length + 50],
          ],
          cls: 'help',
        })
        // Where each pleat is stitched down from the waist.
        lines.push({
          points: [
            [i * pitch + visible / 2 + 4, 110],
            [i * pitch + visible / 2 + 14, 110],
          ],
          cls: 'mark',
        })
        lines.push({
          points: [
            [i * pitch + pitch - visible / 2 - 14, 110],
            [i * pitch + pitch - visible / 2 - 4, 110],
          ],
          cls: 'mark',
        })
      }
      return lines
    },
    notches: (m) => {
      const { pitch } = skirtPanel(m)
      return Array.from(
        { length: PLEATS },
        (_, i) =>
          [
            [i * pitch + pitch / 6, 0],
            [i * pitch + (5 * pitch) / 6, 0],
            [i * pitch + pitch / 2, 0],
          ] as Pair[],
      ).flat()
    },
  }),
  piece({
    name: 'waistband',
    outline: (m) => [
      [0, 0],
      [0, 70],
      [m.waist! + 40, 70],
      [m.waist! + 40, 0],
    ],
    grain: (m) => [
      [m.waist! * 0.55, 52],
      [m.waist! * 0.95, 52],
    ],
    inner: (m) => [
      {
        points: [
          [0, 35],
          [m.waist! + 40, 35],
        ],
        cls: 'help',
      },
      {
        points: [
          [m.waist!, 0],
          [m.waist!, 70],
        ],
        cls: 'dashed',
      },
    ],
    notches: (m) => [
      [m.waist! / 4, 70],
      [m.waist! / 2, 70],
      [(3 * m.waist!) / 4, 70],
    ],
  }),
]

export const jeansParts: readonly object[] = [
  piece({
    name: 'backPocket',
    outline: () => [
      [0, 0],
      [8, 128],
      [76, 160],
      [144, 128],
      [152, 0],
    ],
    grain: () => [
      [118, 30],
      [118, 112],
    ],
    inner: () => [
      {
        points: [
          [0.8, 12],
          [151.2, 12],
        ],
        cls: 'dashed',
      },
      {
        points: [
          [5.5, 88],
          [30, 70],
          [53, 98],
          [76, 70],
          [99, 98],
          [122, 70],
          [146.5, 88],
        ],
        cls: 'dashed',
      },
    ],
    notches: () => [[76, 160]],
  }),
  piece({
    name: 'yoke',
    outline: (m) => [
      [0, 0],
      [6, 78],
      [
        [90, 70],
        [170, 52],
        [m.hips! / 4 - 6, 36],
      ],
      [m.hips! / 4 - 14, 2],
      [
        [150, 10],
        [80, 10],
        [0, 0],
      ],
    ],
    grain: () => [
      [150, 22],
      [158, 56],
    ],
    notches: (m) => [[m.hips! / 8 - 4, 60.5]],
  }),
  piece({
    name: 'coinPocket',
    outline: () => [
      [0, 0],
      [0, 92],
      [72, 92],
      [72, 0],
    ],
    grain: () => [
      [56, 20],
      [56, 76],
    ],
    inner: () => [
      {
        points: [
          [0, 12],
          [72, 12],
        ],
        cls: 'dashed',
      },
    ],
  }),
  piece({
    name: 'pocketFacing',
    outline: () => [
      [0, 0],
      [0, 128],
      [
        [30, 128],
        [92, 124],
        [116, 96],
      ],
      [122, 0],
    ],
    grain: () => [
      [92, 18],
      [92, 84],
    ],
    inner: () => [
      {
        points: [
          [12, 0],
          [18, 40],
          [40, 72],
          [86, 92],
          [116, 96],
        ],
        cls: 'help',
      },
    ],
  }),
  piece({
    name: 'pocketBag',
    outline: () => [
      [0, 0],
      [0, 250],
      [
        [40, 268],
        [120, 268],
        [160, 240],
      ],
      [166, 96],
      [122, 0],
    ],
    grain: () => [
      [128, 120],
      [128, 220],
    ],
    notches: () => [[163, 168]],
  }),
  piece({
    name: 'fly',
    outline: () => [
      [0, 0],
      [0, 170],
      [
        [20, 180],
        [52, 178],
        [66, 150],
      ],
      [72, 0],
    ],
    grain: () => [
      [48, 80],
      [48, 140],
    ],
  }),
  piece({
    name: 'waistband',
    outline: (m) => [
      [0, 0],
      [0, 84],
      [m.waist! + 35, 84],
      [m.waist! + 35, 0],
    ],
    grain: (m) => [
      [m.waist! * 0.5, 63],
      [m.waist! * 0.9, 63],
    ],
    inner: (m) => [
      {
        points: [
          [0, 42],
          [m.waist! + 35, 42],
        ],
        cls: 'help',
      },
      {
        points: [
          [m.waist!, 0],
          [m.waist!, 84],
        ],
        cls: 'dashed',
      },
    ],
    notches: (m) => [
      [m.waist! / 4, 84],
      [m.waist! / 2, 84],
      [(3 * m.waist!) / 4, 84],
    ],
  }),
  piece({
    name: 'loop',
    outline: () => [
      [0, 0],
      [0, 32],
      [520, 32],
      [520, 0],
    ],
    grain: () => [
      [250, 16],
      [480, 16],
    ],
    inner: () => [
      {
        points: [
          [0, 10],
          [520, 10],
        ],
        cls: 'help',
      },
      {
        points: [
          [0, 22],
          [520, 22],
        ],
        cls: 'help',
      },
    ],
  }),
]
