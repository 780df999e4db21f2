/** DXF files by hand, as the programs of the trade write them: pairs of a group code and a value. */
export type Pair = readonly [code: number, value: string | number]
export type Entity = readonly Pair[]
export type Point = readonly [x: number, y: number]

export const text = (layer: number | string, words: string, at: Point = [0, 0]): Entity => [
  [0, 'TEXT'],
  [8, layer],
  [10, at[0]],
  [20, at[1]],
  [40, 0.25],
  [1, words],
  [7, 'STANDARD'],
]

/** A polyline as R12 has it; `closed` sets its flag and doesn't repeat the first point. Points may carry a bulge. */
export const polyline = (
  layer: number | string,
  points: readonly (Point | readonly [number, number, number])[],
  closed = false,
): Entity => [
  [0, 'POLYLINE'],
  [8, layer],
  [66, 1],
  [70, closed ? 1 : 0],
  ...points.flatMap(([x, y, bulge]): Pair[] => [
    [0, 'VERTEX'],
    [8, layer],
    [10, x],
    [20, y],
    ...(bulge === undefined ? [] : [[42, bulge] as Pair]),
  ]),
  [0, 'SEQEND'],
  [8, layer],
]

export const lwpolyline = (
  layer: number | string,
  points: readonly (Point | readonly [number, number, number])[],
  closed = true,
): Entity => [
  [0, 'LWPOLYLINE'],
  [5, '1F'],
  [100, 'AcDbEntity'],
  [8, layer],
  [100, 'AcDbPolyline'],
  [90, points.length],
  [70, closed ? 1 : 0],
  [43, 0],
  ...points.flatMap(([x, y, bulge]): Pair[] => [
    [10, x],
    [20, y],
    ...(bulge === undefined ? [] : [[42, bulge] as Pair]),
  ]),
]

export const line = (layer: number | string, from: Point, to: Point): Entity => [
  [0, 'LINE'],
  [8, layer],
  [10, from[0]],
  [20, from[1]],
  [11, to[0]],
  [21, to[1]],
]

export const point = (layer: number | string, at: Point, more: readonly Pair[] = []): Entity => [
  [0, 'POINT'],
  [8, layer],
  [10, at[0]],
  [20, at[1]],
  ...more,
]

export const insert = (name: string, at: Point = [0, 0], more: readonly Pair[] = []): Entity => [
  [0, 'INSERT'],
  [8, 1],
  [2, name],
  [10, at[0]],
  [20, at[1]],
  ...more,
]

export interface BlockText {
  readonly name: string
  readonly base?: Point
  readonly entities: readonly Entity[]
}
export interface FileText {
  /** Variables of the header with their pairs: `$INSUNITS` and `[70, 4]`. */
  readonly header?: Readonly<Record<string, Pair>>
  /** A section of tables, as AutoCAD and ezdxf write one. */
  readonly tables?: boolean
  readonly blocks?: readonly BlockText[]
  readonly entities?: readonly Entity[]
  readonly end?: boolean
  readonly newline?: string
}

/** Every block is inserted once at the origin, unless entities are given. */
export const dxf = ({ header, tables, blocks = [], entities, end = true, newline = '\r\n' }: FileText): string => {
  const pairs: Pair[] = [
    [0, 'SECTION'],
    [2, 'HEADER'],
  ]
  for (const [name, value] of Object.entries(header ?? {})) pairs.push([9, name], value)
  pairs.push([0, 'ENDSEC'])
  if (tables) {
    pairs.push([0, 'SECTION'], [2, 'TABLES'], [0, 'TABLE'], [2, 'LAYER'], [70, 1])
    pairs.push([0, 'LAYER'], [2, '1'], [70, 0], [62, 7], [6, 'CONTINUOUS'], [0, 'ENDTAB'], [0, 'ENDSEC'])
  }
  if (blocks.length > 0) {
    pairs.push([0, 'SECTION'], [2, 'BLOCKS'])
    for (const { name, base = [0, 0], entities: own } of blocks) {
      pairs.push([0, 'BLOCK'], [8, 0], [2, name], [70, 64], [10, base[0]], [20, base[1]])
      for (const entity of own) for (const pair of entity) pairs.push(pair)
      pairs.push([0, 'ENDBLK'], [8, 0])
    }
    pairs.push([0, 'ENDSEC'])
  }
  pairs.push([0, 'SECTION'], [2, 'ENTITIES'])
  for (const entity of entities ?? blocks.map(({ name }) => insert(name))) for (const pair of entity) pairs.push(pair)
  pairs.push([0, 'ENDSEC'])
  if (end) pairs.push([0, 'EOF'])
  return `${pairs.map(([code, value]) => `${String(code).padStart(3)}${newline}${value}`).join(newline)}${newline}`
}

export const bytesOf = (file: FileText | string): Uint8Array =>
  new TextEncoder().encode(typeof file === 'string' ? file : dxf(file))

/** Texts of a style and of a piece as AAMA writes them. */
export const style = (more: Readonly<Record<string, string>> = {}): Entity[] =>
  Object.entries({ 'Style Name': 'BLUSA', Author: 'TALLER', 'Sample Size': 'M', Units: 'METRIC', ...more }).map(
    ([key, value]) => text(1, `${key}: ${value}`),
  )
export const named = (name: string, size: string, more: Readonly<Record<string, string>> = {}): Entity[] =>
  Object.entries({ 'Piece Name': name, Size: size, ...more }).map(([key, value]) => text(1, `${key}: ${value}`))

/** A rectangle from the origin, counter-clockwise. */
export const rectangle = (width: number, height: number, at: Point = [0, 0]): Point[] => [
  [at[0], at[1]],
  [at[0] + width, at[1]],
  [at[0] + width, at[1] + height],
  [at[0], at[1] + height],
]

/** A file of ours without its comments, as every other program reads it. */
export const withoutComments = (text: string): string => text.replace(/\r\n999\r\n[^\r]*(?=\r\n)/g, '')
