import type { Group, Say } from './group.ts'
import type { Raw } from './raw.ts'

/** The label of a file that names no size. */
const ONE_SIZE = 'U'

const sameGeometry = (a: Raw, b: Raw): boolean =>
  a.outline.length === b.outline.length &&
  a.outline.every(({ points }, i) => {
    const other = b.outline[i]!.points
    return points.length === other.length && points.every((p, k) => p.x === other[k]!.x && p.y === other[k]!.y)
  })

const nameOf = (raw: Raw): string => raw.says.get('piecename')?.value || raw.says.get('piece')?.value || ''
const sizeOf = (raw: Raw): string => raw.says.get('size')?.value || raw.says.get('sizename')?.value || ''
/** `FRONT_M`, `FRONT-38`: what follows the name of its piece in the name of a block. */
const sizeInBlock = (block: string, name: string): string =>
  name !== '' && block.toLowerCase().startsWith(name.toLowerCase())
    ? (/^[_-](.{1,12})$/.exec(block.slice(name.length))?.[1] ?? '')
    : ''

/** Letters of a size, in Spanish and English, and numbers of one: `M`, `XXL`, `2XG`, `CH`, `38`, `6-9M`. */
const LETTERS = /^(?:\d?X{0,4}(?:S|L|CH|G|P)|M|EG|EEG)$/i
const NUMBERS = /^\d{1,3}(?:[-/]\d{1,3})?[A-Z]?$/i

interface Called {
  readonly name: string
  readonly size: string
}

/**
 * What blocks are to be called that say neither name nor size, by their own names: `FRENTE_S`, `FRENTE_M` are one piece in two sizes, where
 * the ends are letters of sizes, or numbers of which the sample size or another piece has the same. The others keep their names whole.
 */
const calledByBlock = (raws: readonly Raw[], sample: string): ReadonlyMap<Raw, Called> => {
  const called = new Map<Raw, Called>()
  const bare = raws.filter((raw) => nameOf(raw) === '' && sizeOf(raw) === '')
  if (bare.length < 2) return called
  const stems = new Map<string, Map<string, Raw | null>>()
  for (const raw of bare) {
    const [, stem, end] = /^(.*[^_\-$. ])[_\-$. ]+([^_$. ]{1,12})$/.exec(raw.block) ?? []
    if (stem === undefined || end === undefined) continue
    const ends = stems.get(stem) ?? new Map<string, Raw | null>()
    stems.set(stem, ends)
    // Two blocks of one name tell nothing apart.
    ends.set(end, ends.has(end) ? null : raw)
  }
  const told = new Map<string, number>()
  for (const ends of stems.values()) {
    const all = [...ends.keys()].sort().join('\n')
    told.set(all, (told.get(all) ?? 0) + 1)
  }
  for (const [name, ends] of stems) {
    const all = [...ends.keys()].sort()
    const sizes = all.every((end) => LETTERS.test(end))
    const numbers = all.every((end) => NUMBERS.test(end)) && (all.includes(sample) || told.get(all.join('\n'))! > 1)
    if (all.length < 2 || !(sizes || numbers) || [...ends.values()].includes(null)) continue
    for (const [size, raw] of ends) called.set(raw!, { name, size })
  }
  return called
}

/** `FRENTE_38` in size 38, `FRENTE_40` in size 40: names that end with their own size are of one piece, where none of it is there twice. */
const namesWithoutSizes = (names: readonly Called[]): string[] => {
  if (names.length < 2) return names.map(({ name }) => name)
  const bare = names.map(({ name, size }) => {
    const end = name.slice(-size.length - 1)
    const ends = size !== '' && name.length > size.length + 1 && /^[_\-. ]/.test(end)
    return ends && end.slice(1).toLowerCase() === size.toLowerCase() ? name.slice(0, -size.length - 1).trim() : ''
  })
  const sizes = new Map<string, Set<string>>()
  const twice = new Set<string>()
  for (const [i, name] of bare.entries()) {
    const { size } = names[i]!
    const known = sizes.get(name) ?? new Set()
    sizes.set(name, known)
    if (known.has(size)) twice.add(name)
    known.add(size)
  }
  return names.map(({ name }, i) => {
    const short = bare[i]!
    return short !== '' && !twice.has(short) && sizes.get(short)!.size > 1 ? short : name
  })
}

/** Blocks put together by the name and the size that their texts say. The same name and size twice are two pieces, unless drawn alike. */
export const grouped = (
  raws: readonly Raw[],
  sample: string,
  say: Say,
): { groups: Group[]; sizes: string[]; base: number } => {
  const groups: { name: string; of: Map<string, Raw> }[] = []
  const byName = new Map<string, (typeof groups)[number][]>()
  const orders: string[][] = []
  let unnamed = 0
  let unsized = 0
  let guessed = 0
  const bare = new Map<string, number>()
  for (const raw of raws) if (sizeOf(raw) === '') bare.set(nameOf(raw), (bare.get(nameOf(raw)) ?? 0) + 1)
  const byBlock = calledByBlock(raws, sample)
  const called = raws.map((raw, index): Called => {
    const said = nameOf(raw)
    const own = byBlock.get(raw)
    const inBlock = sizeOf(raw) === '' && (bare.get(said) ?? 0) > 1 ? (own?.size ?? sizeInBlock(raw.block, said)) : ''
    const size = sizeOf(raw) || inBlock
    if (said === '') unnamed++
    if (size === '') unsized++
    else if (inBlock !== '') guessed++
    return { name: said || own?.name || raw.block || `${index + 1}`, size }
  })
  const names = namesWithoutSizes(called)
  for (const [index, raw] of raws.entries()) {
    const label = (called[index]!.size || sample || ONE_SIZE).slice(0, 40)
    const name = names[index]!.slice(0, 120)
    const own = byName.get(name) ?? []
    byName.set(name, own)
    const twin = own.find((group) => group.of.has(label) && sameGeometry(group.of.get(label)!, raw))
    if (twin) {
      say('same-twice', 1, { what: name })
      tellAll(raw)
      continue
    }
    let group = own.find((one) => !one.of.has(label))
    if (!group) {
      group = { name: own.length > 0 ? `${name} (${own.length + 1})` : name, of: new Map() }
      own.push(group)
      groups.push(group)
    }
    group.of.set(label, raw)
  }
  if (unnamed > 0) say('name-from-block', unnamed)
  if (unsized > 0) say('size-missing', unsized)
  if (guessed > 0) say('size-from-block', guessed)
  for (const { of } of groups) orders.push([...of.keys()])
  const sizes = merged(orders)
  const wanted = sizes.findIndex((size) => size.toLowerCase() === sample.toLowerCase())
  const marks = sizes.map(() => 0)
  for (const { of } of groups)
    for (const [size, raw] of of) if (raw.points.has(2) || raw.points.has(3)) marks[sizes.indexOf(size)]!++
  const base = wanted >= 0 ? wanted : marks.indexOf(Math.max(...marks))
  return {
    groups: groups.map(({ name, of }) => ({ name, sizes: sizes.map((size) => of.get(size) ?? null) })),
    sizes,
    base,
  }
}

/** `FRENTE (42, 44)`, by the sizes that are there. */
export const withSizes = (name: string, raws: readonly (Raw | null)[], sizes: readonly string[]): string =>
  `${name} (${sizes.filter((_, i) => raws[i]).join(', ')})`.slice(0, 120)

const tellAll = (raw: Raw): void => {
  for (const line of raw.outline) line.origin.fate = 'read'
  for (const list of raw.lines.values()) for (const line of list) line.origin.fate = 'read'
  for (const list of raw.points.values()) for (const point of list) point.origin.fate = 'read'
  for (const thing of [...raw.texts, ...raw.links]) thing.origin.fate = 'read'
}

/** One order of sizes that keeps the order of each piece as far as they agree. */
const merged = (orders: readonly (readonly string[])[]): string[] => {
  const out: string[] = []
  const known = new Set<string>()
  for (const order of [...orders].sort((a, b) => b.length - a.length)) {
    const next = order.find((size) => known.has(size))
    let after = next === undefined ? out.length : out.indexOf(next)
    for (const size of order) {
      if (known.has(size)) after = out.indexOf(size) + 1
      else {
        out.splice(after++, 0, size)
        known.add(size)
      }
    }
  }
  return out
}
