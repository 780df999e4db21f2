import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { nestOf } from '../../server/demo/nests.ts'
import { type StoryBoard, type StoryPerson, story } from '../../server/demo/story.ts'
import { parseDecision } from '../../shared/document/schema.ts'
import { isOpenAt } from '../../shared/domain/board.ts'
import { isClosed } from '../../shared/domain/decision.ts'
import { authorOf, isAuthoredId, isPlainId } from '../../shared/domain/ids.ts'
import { CAPS, DRAWN_KINDS, mentions, pointsOf, SAYS } from '../../shared/domain/mark.ts'
import { type Instant, instant } from '../../shared/domain/units.ts'
import { apply } from '../../shared/pattern/apply.ts'
import { LEVELS, levelOf, parseOperation } from '../../shared/pattern/operation.ts'

const DAY = 24 * 60 * 60 * 1000
const now = instant(Date.UTC(2026, 10, 23, 18))
const told = story(now)
const asset = (file: string): string => fileURLToPath(new URL(`../../server/demo/assets/${file}`, import.meta.url))

const person = (id: string): StoryPerson => told.people.find((p) => p.id === id)!
const board = (id: string): StoryBoard => told.boards.find((b) => b.id === id)!

/** May this person read, and so speak on, this board at that moment? Written down here a second time, on purpose. */
const reads = (who: StoryPerson, on: StoryBoard, at: Instant): boolean => {
  if (who.firm === null) return false
  if (who.firm === on.firm) return on.at <= at
  return on.openings.some(
    (opening) => isOpenAt(opening, at) && told.circles.find((c) => c.id === opening.circle)!.firms.includes(who.firm),
  )
}

const texts = told.marks.flatMap((m) => [
  m.words.text,
  ...m.replies.map((r) => r.text),
  ...(m.proposal?.decision?.reason ? [m.proposal.decision.reason] : []),
])

describe('the demo group', () => {
  it('is as large as a group that meets around two circles or more', () => {
    expect(told.firms.length).toBeGreaterThanOrEqual(5)
    expect(new Set(told.firms.map((f) => f.role))).toEqual(new Set(['mentor', 'trainee']))
    expect(told.collections.length).toBeGreaterThanOrEqual(2)
    expect(told.circles.length).toBeGreaterThanOrEqual(2)
    expect(told.boards.filter((b) => b.openings.length > 0).length).toBeGreaterThanOrEqual(6)
    expect(told.boards.some((b) => b.openings.length === 0)).toBe(true)
    expect(new Set(told.people.map((p) => p.role))).toEqual(
      new Set(['mentor', 'trainee', 'facilitator', 'association', 'observer']),
    )
    // The three people of every test are here, and Tao and Inés meet in a circle though their firms differ.
    const [tao, ines, oru] = [person('tao'), person('ines'), person('oru')]
    expect([tao.role, ines.role, oru.role]).toEqual(['trainee', 'mentor', 'observer'])
    expect(told.circles.some((c) => c.firms.includes(tao.firm!) && c.firms.includes(ines.firm!))).toBe(true)
    for (const firm of told.firms) expect(told.people.some((p) => p.firm === firm.id && p.admin)).toBe(true)
  })

  it('names everything once, and points at nothing that is not there', () => {
    for (const list of [told.firms, told.people, told.circles, told.collections, told.boards, told.sheets]) {
      const ids = list.map((one) => one.id as string)
      expect(ids.filter((id) => !isPlainId(id))).toEqual([])
      expect(new Set(ids).size).toBe(ids.length)
    }
    const authored = told.marks.flatMap((m) => [m, ...m.replies])
    expect(authored.filter(({ id }) => !isAuthoredId(id))).toEqual([])
    expect(authored.filter(({ id, author }) => authorOf(id) !== author)).toEqual([])
    expect(new Set(authored.map(({ id }) => id)).size).toBe(authored.length)
    for (const c of told.circles) for (const id of c.firms) expect(told.firms.some((f) => f.id === id)).toBe(true)
    for (const b of told.boards) {
      expect(told.collections.find((c) => c.id === b.collection)?.firm).toBe(b.firm)
      expect(person(b.by).firm).toBe(b.firm)
      for (const o of b.openings) expect(told.circles.find((c) => c.id === o.circle)?.firms).toContain(b.firm)
      const laid = told.sheets.filter((s) => s.board === b.id)
      expect(laid.length).toBeGreaterThanOrEqual(1)
      expect(laid.length).toBeLessThanOrEqual(4)
    }
  })

  it('lays real files, none over another, each under the weight that a phone can take', async () => {
    let bytes = 0
    for (const sheet of told.sheets) {
      expect(existsSync(asset(sheet.file)), sheet.file).toBe(true)
      if (sheet.kind === 'drawing') {
        const svg = readFileSync(asset(sheet.file), 'utf8')
        expect(svg.length).toBeLessThan(300_000)
        expect(svg).toContain(
          `width="${sheet.width}mm" height="${sheet.height}mm" viewBox="0 0 ${sheet.width} ${sheet.height}"`,
        )
        expect(
          /<(linearGradient|radialGradient|filter|clipPath|pattern|mask|image|script|foreignObject)/.exec(svg),
        ).toBe(null)
        bytes += svg.length
      } else if (sheet.kind === 'pattern') {
        const json = readFileSync(asset(sheet.file), 'utf8')
        expect(json.length).toBeLessThan(300_000)
        const { versions } = nestOf(told, sheet)
        const { width, height } = versions.at(-1)!.layout
        expect(width).toBeCloseTo(sheet.width, 6)
        expect(height).toBeCloseTo(sheet.height, 6)
        bytes += json.length
      } else {
        const read = readFileSync(asset(sheet.file))
        expect(read.length).toBeLessThan(700_000)
        const { width, height } = await sharp(read).metadata()
        expect([width, height]).toEqual([sheet.width, sheet.height])
        bytes += read.length
      }
    }
    expect(bytes).toBeLessThan(6_000_000)
    for (const a of told.sheets)
      for (const b of told.sheets) {
        if (a.board !== b.board || a.id >= b.id) continue
        const apart =
          a.place.x + a.width * a.mmPerUnit <= b.place.x ||
          b.place.x + b.width * b.mmPerUnit <= a.place.x ||
          a.place.y + a.height * a.mmPerUnit <= b.place.y ||
          b.place.y + b.height * b.mmPerUnit <= a.place.y
        expect(apart, `${a.id} and ${b.id} overlap`).toBe(true)
      }
  })
})

describe('what is said in it', () => {
  it('comes only from people who could read the board when they spoke, and in order', () => {
    const wrong: string[] = []
    for (const mark of told.marks) {
      const on = board(mark.board)
      let last = mark.at
      const acts = [
        { who: mark.author, at: mark.at },
        ...mark.replies.map((r) => ({ who: r.author, at: r.at })),
        ...(mark.resolved ? [{ who: mark.resolved.by, at: mark.resolved.at }] : []),
        ...(mark.proposal?.decision ? [{ who: mark.proposal.decision.by, at: mark.proposal.decision.at }] : []),
      ]
      for (const { who, at } of acts) {
        if (!reads(person(who), on, at)) wrong.push(`${who} on ${on.id} in ${mark.id}`)
        if (at < last) wrong.push(`${mark.id} goes back in time`)
        last = at
      }
      if (last > now) wrong.push(`${mark.id} speaks from the future`)
      if (mark.at < now - 14 * DAY) wrong.push(`${mark.id} is older than two weeks`)
    }
    expect(wrong).toEqual([])
  })

  it('mentions only people who can read it too', () => {
    const all = told.marks.flatMap((m) =>
      [m.words.text, ...m.replies.map((r) => r.text)].flatMap((t) => mentions(t).map((who) => ({ who, on: m.board }))),
    )
    expect(all.length).toBeGreaterThanOrEqual(5)
    for (const { who, on } of all) expect(reads(person(who), board(on), now), `${who} on ${on}`).toBe(true)
  })

  it('stays on its sheet', () => {
    for (const mark of told.marks) {
      const sheet = told.sheets.find((s) => s.id === mark.sheet)!
      expect(sheet.board).toBe(mark.board)
      const points = pointsOf(mark.shape)
      for (const { x, y } of points)
        expect(x >= 0 && y >= 0 && x <= sheet.width && y <= sheet.height, `${mark.id} at ${x}, ${y}`).toBe(true)
      if (mark.shape.kind === 'area') expect(points.length).toBeGreaterThanOrEqual(3)
      if (mark.shape.kind === 'pen') expect(points.length).toBeLessThanOrEqual(CAPS.penPoints)
    }
  })

  it('proposes what can be carried out, within each one’s level, and is answered by the owner alone', () => {
    const proposals = told.marks.filter((m) => m.proposal)
    expect(new Set(proposals.map((m) => m.board)).size).toBeGreaterThanOrEqual(2)
    for (const sheet of told.sheets.filter((s) => s.kind === 'pattern')) {
      const { versions } = nestOf(told, sheet)
      const on = board(sheet.board)
      const here = proposals.filter((m) => m.sheet === sheet.id)
      expect(versions.length).toBe(2)
      expect(here.length).toBeGreaterThanOrEqual(4)
      expect(new Set(here.map((m) => m.proposal!.decision?.is ?? 'open')).size).toBeGreaterThanOrEqual(3)
      for (const { id, at, author, words, proposal } of here) {
        const { change, version, decision } = proposal!
        const who = person(author)
        expect(parseOperation(change), id).not.toBe(null)
        expect(words.says, id).toBe('sugiero')
        if (who.role === 'trainee' && who.firm !== on.firm)
          expect(LEVELS.indexOf(levelOf(change)), id).toBeLessThanOrEqual(LEVELS.indexOf(who.level!))
        // It was made on the version that lay there then, and still can be carried out on it and on the newest.
        const then = versions.filter((v) => v.version === 1 || v.at <= at).at(-1)!
        expect(version, id).toBe(then.version)
        for (const { pattern } of [then, ...(decision && isClosed(decision) ? [] : [versions.at(-1)!])])
          expect(apply(pattern, change), id).toMatchObject({ ok: true })
        if (decision) {
          expect(person(decision.by).firm, id).toBe(on.firm)
          expect(parseDecision(decision), id).not.toBe(null)
        }
      }
    }
  })

  it('uses every kind of mark and of contribution, on every board, from nearly every firm', () => {
    const drawn = told.marks.filter((m) => !m.proposal)
    expect(drawn.length).toBeGreaterThanOrEqual(40)
    expect(drawn.length).toBeLessThanOrEqual(75)
    for (const kind of DRAWN_KINDS) expect(told.marks.filter((m) => m.shape.kind === kind).length).toBeGreaterThan(4)
    for (const says of SAYS) expect(told.marks.filter((m) => m.words.says === says).length).toBeGreaterThan(8)
    expect(new Set(told.marks.map((m) => m.board)).size).toBe(told.boards.length)
    expect(new Set(told.marks.map((m) => person(m.author).firm)).size).toBe(told.firms.length)
    expect(told.marks.filter((m) => m.replies.length >= 2).length).toBeGreaterThan(15)
    expect(told.marks.some((m) => m.words.says === 'pregunto' && m.replies.length === 0 && !m.resolved)).toBe(true)
    expect(told.marks.filter((m) => m.resolved).length).toBeGreaterThan(8)
  })

  it('speaks the words of the trade in Jalisco, and never of money or of who buys', () => {
    const foreign = /dobladillo|bolsillo|camiseta|cazadora|vaquero|\bgoma\b|molder[ií]a|cremallera|\bcrítica/i
    const money =
      /precio|\bcosto|\bcostos|costar[áa]|cotiz|barat[oa]|\bcar[oa]s?\b|ganancia|\$|\bpesos\b|sueldo|salario|\bpaga|factur|cliente|comprador|vend(e|o|er|ió)\b|utilidad/i
    const names = [...told.boards, ...told.sheets, ...told.collections].map((x) => ('title' in x ? x.title : x.name))
    for (const text of [...texts, ...names]) {
      expect(foreign.exec(text)?.[0], text).toBe(undefined)
      expect(money.exec(text)?.[0], text).toBe(undefined)
      expect(text.trim(), 'no loose spaces').toBe(text)
      expect(text.length).toBeLessThan(CAPS.text)
    }
    // "Hilo" alone is grain or thread, nobody knows which.
    for (const text of texts)
      for (const found of text.matchAll(/\bhilo\b(?! de la tela| de coser)/gi))
        expect.fail(`bare "hilo" at ${found.index} in: ${text}`)
  })

  it('is the same for the same moment, and moves with it', () => {
    expect(story(now)).toEqual(told)
    const later = story(instant(now + DAY))
    expect(later.marks.map((m) => m.at - DAY)).toEqual(told.marks.map((m) => m.at))
  })
})
