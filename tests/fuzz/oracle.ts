import * as Y from 'yjs'
import type { Actor } from '../../shared/domain/people.ts'
import { board, swatches } from '../support/people.ts'

/**
 * Says whether what an update did to a document was its sender's to do. It knows nothing of the gate: it walks Yjs' own
 * store before and after, and holds every live value that came, went or changed against the rights, told once more in
 * its own words.
 */
export interface Seen {
  /** Live values by path; a nested map stands there as `MAP`. */
  readonly live: ReadonlyMap<string, Live>
  readonly clocks: ReadonlyMap<number, number>
  readonly roots: string
}
interface Live {
  readonly client: number
  readonly clock: number
  readonly value: unknown
  readonly json: string
}

const MAP = '{map}'

export const look = (doc: Y.Doc): Seen => {
  const live = new Map<string, Live>()
  const walk = (type: Y.AbstractType<unknown>, path: string): void => {
    if (type._start !== null) live.set(`${path}[list]`, { client: -1, clock: -1, value: null, json: 'list' })
    for (const [key, item] of type._map) {
      if (item.deleted) continue
      const at = `${path}/${key}`
      const isMap = item.content instanceof Y.ContentType
      const value: unknown = isMap ? MAP : item.content.getContent().at(-1)
      live.set(at, { client: item.id.client, clock: item.id.clock, value, json: isMap ? MAP : JSON.stringify(value) })
      if (item.content instanceof Y.ContentType) walk(item.content.type as never, at)
    }
  }
  for (const [name, type] of doc.share) walk(type as never, name)
  const clocks = new Map<number, number>()
  for (const client of doc.store.clients.keys()) clocks.set(client, Y.getState(doc.store, client))
  return { live, clocks, roots: [...doc.share.keys()].sort().join() }
}

export interface Deed {
  readonly actor: Actor
  readonly client: number | null
  readonly ownerFirm: string
  readonly maySee: boolean
}

/** How high each operation stands, and what it is made of; the generator makes no others. */
const OPERATIONS: Record<string, readonly [level: number, fields: string]> = {
  stitch: [0, 'allowance,edges,gauge,needles,op,seam,spi,stitch,thread'],
  lengthen: [1, 'at,by,op,pieces'],
  look: [2, 'colour,kind,op,piece,swatch,words'],
  lookArea: [2, 'area,colour,kind,op,swatch,words'],
}
const LADDER = ['puntada', 'corte', 'diseno']
const CLOSED = ['accepted', 'part', 'declined', 'stale']

const authorOf = (id: string): string => id.split('_')[0] as string
const same = (a: Live | undefined, b: Live | undefined): boolean =>
  a !== undefined && b !== undefined && a.client === b.client && a.clock === b.clock && a.json === b.json

/** @returns the first wrong that was done, or null. */
export const wrong = (before: Seen, after: Seen, deed: Deed): string | null => {
  const me = deed.actor.id
  if (before.roots !== after.roots) return `roots: ${after.roots}`
  for (const [client, clock] of after.clocks)
    if (clock !== (before.clocks.get(client) ?? 0) && client !== deed.client) return `structs under ${client}`
  const touched = new Set<string>()
  for (const [path, value] of before.live) if (!same(value, after.live.get(path))) touched.add(path)
  for (const [path, value] of after.live) if (!same(value, before.live.get(path))) touched.add(path)
  if (touched.size > 0 && !deed.maySee) return `touched by somebody who may not look: ${[...touched][0]}`
  for (const path of touched) {
    const was = before.live.get(path)
    const is = after.live.get(path)
    if (is && is.client !== deed.client) return `${path} is now ${is.client}'s`
    const [root, mark = '', key, reply, ...deeper] = path.split('/')
    if (root !== 'marks' || path.includes('[') || deeper.length > 0) return `touched ${path}`
    const box = `marks/${mark}`
    const answer = before.live.get(`decisions/${mark}`)?.value as { is: string } | undefined
    const decided = answer !== undefined && CLOSED.includes(answer.is)
    const boxStays = same(before.live.get(box), after.live.get(box))
    if (key === undefined) {
      if (was && decided) return `took ${mark}, which is decided`
      if (authorOf(mark) !== me) return `${was ? 'took' : 'made'} a mark of ${authorOf(mark)}`
      if (was) {
        const others = [...before.live.keys()].some(
          (one) => one.startsWith(`${box}/replies/`) && authorOf(one.slice(`${box}/replies/`.length)) !== me,
        )
        if (others) return `took ${mark} with what others said`
      }
      if (is) {
        const fault = unsound(after, box)
        if (fault) return `${mark}: ${fault}`
        if (aboveLevel(after, box, deed)) return `${mark} is above the level of ${me}`
        if (borrowed(after, box, deed)) return `${mark} shows a swatch that is not of ${deed.actor.firm}`
      }
    } else if (!boxStays) {
      // Came or went with its mark, which is judged by itself; what is said in it is still said by somebody.
      if (is && reply !== undefined && authorOf(reply) !== me) return `${path} in the name of ${authorOf(reply)}`
    } else if (reply !== undefined) {
      if (key !== 'replies' || authorOf(reply) !== me) return `touched ${path}`
      if (is && !isReply(is.value)) return `${path} = ${is.json}`
    } else if (key === 'shape' || key === 'words' || key === 'change') {
      if (authorOf(mark) !== me) return `touched ${path}`
      if (decided) return `touched ${path}, which is decided`
      if (!is || unsound(after, box)) return `broke ${path}`
      if (key === 'change' && aboveLevel(after, box, deed)) return `${path} is above the level of ${me}`
      if (key === 'change' && borrowed(after, box, deed))
        return `${path} shows a swatch that is not of ${deed.actor.firm}`
    } else if (key === 'done') {
      if (authorOf(mark) !== me && deed.actor.firm !== deed.ownerFirm) return `settled ${path}`
      if (is && typeof is.value !== 'boolean') return `${path} = ${is.json}`
    } else return `touched ${path}`
  }
  return null
}

const isObject = (value: unknown, keys: string): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  Object.keys(value).sort().join() === keys

const isText = (text: unknown): boolean => typeof text === 'string' && text.length <= 4000
const isReply = (value: unknown): boolean => isObject(value, 'text') && isText(value.text) && value.text !== ''

const aboveLevel = ({ live }: Seen, box: string, { actor, ownerFirm }: Deed): boolean => {
  const change = live.get(`${box}/change`)?.value as { op: string } | undefined
  if (change === undefined || actor.firm === ownerFirm || actor.role === 'mentor') return false
  return (OPERATIONS[change.op]?.[0] ?? 9) > LADDER.indexOf(String(actor.level))
}

/** Whether a look shows what another firm sent, what was sent to another board, or what nobody sent. */
const borrowed = ({ live }: Seen, box: string, { actor }: Deed): boolean => {
  const swatch = (live.get(`${box}/change`)?.value as { swatch?: unknown } | undefined)?.swatch
  if (typeof swatch !== 'object') return false
  const sent = swatches.get(String((swatch as { own: unknown }).own))
  return sent?.firm !== actor.firm || sent?.board !== board.id
}

const isOperation = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || !('op' in value)) return false
  const fields = Object.hasOwn(OPERATIONS, String(value.op)) ? OPERATIONS[String(value.op)]?.[1] : undefined
  const record: unknown = value
  if (fields === undefined || !isObject(record, fields)) return false
  const { spi = 3, allowance = 0, needles = 1, by = 0, at = 0, area = [], edges = ['e'], pieces = ['p'] } = record
  const { swatch = '' } = record
  if (typeof swatch !== 'string' && !(isObject(swatch, 'across,name,own') && swatch.name !== '')) return false
  const numbers: readonly (readonly [unknown, number, number])[] = [
    [spi, 3, 30],
    [allowance, 0, 60],
    [needles, 1, 4],
    [by, -400, 600],
    [at, 0, 1],
  ]
  return (
    numbers.every(([n, least, most]) => typeof n === 'number' && n >= least && n <= most) &&
    [area, edges, pieces].every((list) => Array.isArray(list) && list.length <= 120) &&
    (edges as unknown[]).length * (pieces as unknown[]).length > 0
  )
}

const SHAPES: Record<string, (n: number) => boolean> = {
  pin: (n) => n === 2,
  arrow: (n) => n === 4,
  pen: (n) => n % 3 === 0 && n >= 3 && n <= 6000,
  area: (n) => n % 2 === 0 && n >= 6 && n <= 400,
  tape: (n) => n % 2 === 0 && n >= 4 && n <= 400,
  proposal: (n) => n === 2,
}

/** What a mark lacks or has too much of, or null. */
const unsound = ({ live }: Seen, box: string): string | null => {
  const at = (key: string): unknown => live.get(`${box}/${key}`)?.value
  const born = at('born')
  const proposal = isObject(born, 'kind,sheet,version')
  if (!proposal && !isObject(born, 'kind,sheet')) return 'no birth'
  const { kind, sheet, version } = born as Record<string, unknown>
  const on = live.get(`sheets/${String(sheet)}`)?.value as { version?: number } | undefined
  if (on === undefined || proposal !== (kind === 'proposal')) return 'no birth'
  const change = at('change')
  if (proposal !== isOperation(change) || (!proposal && change !== undefined)) return 'no operation'
  if (proposal && (change as { op: string }).op !== 'lookArea' && on.version === undefined) return 'no pattern'
  if (proposal && !(Number.isInteger(version) && Number(version) >= 1 && Number(version) <= (on.version ?? 1)))
    return 'no such version'
  const shape = at('shape')
  const fits = Object.hasOwn(SHAPES, String(kind)) ? SHAPES[String(kind)] : undefined
  if (!fits || !Array.isArray(shape) || !shape.every(Number.isSafeInteger) || !fits(shape.length)) return 'no shape'
  const words = at('words')
  if (
    !isObject(words, 'says,text') ||
    !['noto', 'pregunto', 'sugiero'].includes(String(words.says)) ||
    !isText(words.text) ||
    (proposal && words.says !== 'sugiero')
  )
    return 'no words'
  if (at('replies') !== MAP) return 'no thread'
  for (const [path, { value }] of live) {
    if (!path.startsWith(`${box}/`)) continue
    const [key, reply] = path.slice(box.length + 1).split('/')
    if (!['born', 'shape', 'words', 'done', 'replies', ...(proposal ? ['change'] : [])].includes(key as string))
      return `has ${key}`
    if (reply !== undefined && !isReply(value)) return `has the reply ${JSON.stringify(value)}`
  }
  return null
}
