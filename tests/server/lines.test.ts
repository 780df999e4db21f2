import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markKey } from '../../server/pattern/markKey.ts'
import { chipsOf, drawingFor } from '../../server/pattern/viewerLines.ts'
import { drawnOf, isStraight, lengthOf, nearestOn } from '../../shared/pattern/curve.ts'
import type { Pattern, Run } from '../../shared/pattern/model.ts'
import { outlineOf, perimeterOf } from '../../shared/pattern/ring.ts'
import { packPattern, unpackPattern } from '../../shared/pattern/wire.ts'
import type { PatternView } from '../../shared/protocol/pattern.ts'
import { type Atelier, openAtelier, SHEET } from '../support/atelier.ts'
import { bodice, bodies, pattern as patternOf } from '../support/drafts.ts'
import { skirt } from '../support/skirt.ts'

const KEY = new Uint8Array(32).fill(7)
const runsOf = (pattern: Pattern): Run[] => pattern.pieces.flatMap(({ shapes }) => shapes[0]?.runs ?? [])
const furthest = (of: Run, from: Run): number => Math.max(...drawnOf(of).map((p) => nearestOn(from, p).distance))

describe('lines drawn for a viewer', () => {
  it('stay within a tenth of a millimetre, meet at their ends, and keep straight what is straight', () => {
    fc.assert(
      fc.property(bodies(), fc.string({ minLength: 8, maxLength: 9 }), (body, code) => {
        const own = patternOf([bodice([body])])
        const theirs = drawingFor(own, chipsOf(KEY, SHEET, 1, code))
        const [was, is] = [runsOf(own), runsOf(theirs)]
        expect(is.length).toBe(was.length)
        is.forEach((run, i) => {
          const from = was[i] as Run
          expect(furthest(run, from)).toBeLessThan(0.1)
          expect(Math.abs(lengthOf(run) - lengthOf(from))).toBeLessThan(0.1)
          expect(isStraight(run)).toBe(isStraight(from))
          const next = is[(i + 1) % is.length] as Run
          expect(run.keys.at(-1)).toMatchObject({ x: next.keys[0]?.x, y: next.keys[0]?.y })
        })
      }),
      { numRuns: 25 },
    )
  })

  it('are others for each look, and none of them the firm’s own', () => {
    const own = patternOf([bodice()])
    const [one, two] = ['AAAA-1111', 'AAAA-1112'].map((code) => drawingFor(own, chipsOf(KEY, SHEET, 1, code)))
    const curves = (pattern: Pattern): string[] =>
      runsOf(pattern)
        .filter((run) => !isStraight(run))
        .map((run) => JSON.stringify(drawnOf(run)))
    const all = [own, one as Pattern, two as Pattern].map(curves)
    expect(new Set(all.flat()).size).toBe(all.flat().length)
    expect(all[0]?.length).toBeGreaterThan(1)
    expect(drawingFor(own, chipsOf(KEY, SHEET, 1, 'AAAA-1111'))).toEqual(one)
  })
})

describe('the secret of the marks', () => {
  it('is made once, is read by its owner alone, and is never half a key', () => {
    const folder = mkdtempSync(join(tmpdir(), 'puntada-key-'))
    try {
      const key = markKey(folder)
      expect(key.byteLength).toBe(32)
      expect(markKey(folder)).toEqual(key)
      expect(statSync(join(folder, 'mark.key')).mode & 0o077).toBe(0)
      writeFileSync(join(folder, 'mark.key'), readFileSync(join(folder, 'mark.key')).subarray(0, 5))
      expect(() => markKey(folder)).toThrow('not a key')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('asking for a pattern', () => {
  let atelier: Atelier
  beforeAll(async () => {
    atelier = await openAtelier()
  })
  afterAll(() => atelier.server.stop())
  const lines = (person: string, query = '') =>
    atelier.as(person).ask<PatternView>('GET', `/api/sheets/${SHEET}/pattern${query}`)
  const rows = () => atelier.server.running.parts.register.ofBoard(atelier.board.id, 1000)

  it('gives its owner all of it as it is, one size or all of them', async () => {
    const { status, body } = await lines('ines', '?sizes=all')
    expect(status).toBe(200)
    expect(body).toMatchObject({ exact: true, version: 1, latest: 1 })
    expect(unpackPattern(body.pattern)).toEqual(unpackPattern(packPattern(skirt)))
    const one = await lines('ines')
    expect(one.body.pattern.pieces.map(({ shapes }) => shapes.map((shape) => shape !== null))).toEqual([
      [false, true, false],
      [false, true, false],
    ])
  })

  it('gives a rival a drawing of one size, without what a file of it would hold', async () => {
    for (const query of ['', '?sizes=all', '?sizes=2']) {
      const { status, body } = await lines('tao', query)
      expect(status).toBe(200)
      expect(body.exact).toBe(false)
      const pattern = unpackPattern(body.pattern)
      expect(pattern.sizes).toEqual(['30'])
      expect(
        pattern.pieces.every(
          ({ shapes, notes, annotation }) => shapes.length === 1 && notes.length === 0 && annotation === '',
        ),
      ).toBe(true)
      expect(pattern.rules).toEqual([])
      const outline = pattern.pieces[0]?.shapes[0]
      expect(outline && perimeterOf(outlineOf(outline))).toBeCloseTo(1600, 0)
    }
  })

  it('writes a row with the code of the look before it answers, and says so to the owner', async () => {
    const before = rows().length
    const { body } = await lines('tao')
    const now = rows()
    expect(now.length).toBe(before + 1)
    expect(now.find(({ code }) => code === body.code)).toMatchObject({ person: 'tao', act: 'lines', sheet: SHEET })
  })

  it('is not found by whoever may not see the board, whatever they ask, and leaves no row', async () => {
    const before = rows().length
    for (const person of ['zoe', 'oru'])
      for (const path of ['pattern', 'export?format=astm', 'pattern?version=9'])
        expect((await atelier.as(person).fetch(`/api/sheets/${SHEET}/${path}`)).status).toBe(404)
    expect((await atelier.as('ines').fetch('/api/sheets/nosuchsheet/pattern')).status).toBe(404)
    expect((await lines('ines', '?version=9')).status).toBe(404)
    expect((await lines('ines', '?sizes=every')).status).toBe(400)
    expect(rows().length).toBe(before)
  })
})

describe('taking a pattern along', () => {
  let atelier: Atelier
  beforeAll(async () => {
    atelier = await openAtelier()
  })
  afterAll(() => atelier.server.stop())
  const take = (person: string, format: string, more = '') =>
    atelier.as(person).fetch(`/api/sheets/${SHEET}/export?format=${format}${more}`)

  it('is for its owner alone, in every format, as a file and never as a page', async () => {
    for (const [format, begins] of [
      ['aama', '  0\r\nSECTION'],
      ['astm', '  0\r\nSECTION'],
      ['svg', '<?xml'],
      ['pdf-a4', '%PDF-'],
      ['pdf-letter', '%PDF-'],
      ['pdf-a0', '%PDF-'],
    ] as const) {
      const answer = await take('ines', format)
      expect(answer.status).toBe(200)
      const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
      expect(text.replace(/^\s*0\r\n/, '  0\r\n').startsWith(begins), format).toBe(true)
      expect(answer.headers.get('content-disposition')).toContain('attachment; filename="Falda recta v1.')
      expect(answer.headers.get('cache-control')).toContain('no-store')
      for (const person of ['tao', 'uma']) expect((await take(person, format)).status).toBe(403)
    }
    const rows = atelier.server.running.parts.register.ofBoard(atelier.board.id, 1000)
    expect(rows.filter(({ act }) => act === 'export').length).toBe(6)
  })

  it('gives the same bytes for the same version', async () => {
    for (const format of ['astm', 'svg', 'pdf-a4']) {
      const [one, two] = await Promise.all([take('ines', format), take('ines', format)])
      expect(Buffer.from(await one.arrayBuffer()).equals(Buffer.from(await two.arrayBuffer())), format).toBe(true)
    }
  })

  it('has no table of rules where there are no rules, and no size that is not there', async () => {
    expect((await take('ines', 'rul')).status).toBe(404)
    expect((await take('ines', 'svg', '&sizes=7')).status).toBe(400)
    expect((await take('ines', 'dwg')).status).toBe(400)
  })
})
