import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSheets } from '../../shared/document/read.ts'
import type { SheetId, UploadId } from '../../shared/domain/ids.ts'
import { layOut } from '../../shared/pattern/layout.ts'
import type { ImportRefusalCode } from '../../shared/pattern/reading.ts'
import { boxOf, outlineOf } from '../../shared/pattern/ring.ts'
import type { Refusal, UploadState, View } from '../../shared/protocol/api.ts'
import { bytesOf, point as dot, dxf, insert, named, polyline, rectangle, style, text } from '../support/dxf.ts'
import { jpeg } from '../support/files.ts'
import { realGroup } from '../support/realGroup.ts'
import { type Somebody, startServer, type TestServer } from '../support/server.ts'
import { settled } from '../support/uploads.ts'

/** A front of 300 × 620, in a unit that the file names, or in none that it could be. */
const front = (units: Record<string, string>, by = 1): Uint8Array =>
  bytesOf({
    blocks: [{ name: 'FRENTE', entities: [polyline(1, rectangle(300 * by, 620 * by), true), ...named('FRENTE', 'M')] }],
    entities: [...style(units), insert('FRENTE')],
  })
/** Says inches, and draws in millimetres: a person has to say which. */
const DOUBTFUL = front({ Units: 'ENGLISH' })
const SURE = front({ Units: 'METRIC' })
/** One closed line in a group: a piece, for whoever wants to work on it. */
const PIECES = `<svg xmlns="http://www.w3.org/2000/svg" width="340mm" height="660mm" viewBox="0 0 340 660">
  <g id="frente"><path d="M20 20 H320 V640 H20 Z" fill="none" stroke="black"/></g></svg>`

let server: TestServer
let tao: Somebody
beforeAll(async () => {
  server = await startServer()
  tao = await server.as('tao')
})
afterAll(() => server.stop())

interface More {
  readonly board?: string
  readonly asPattern?: boolean
  readonly rul?: Uint8Array
}
const send = async (who: Somebody, bytes: Uint8Array | string, name = 'frente.dxf', more: More = {}) => {
  const form = new FormData()
  if (more.asPattern) form.append('as', 'pattern')
  if (more.rul) form.append('rul', new Blob([more.rul as BlobPart]), 'reglas.rul')
  form.append('file', new Blob([bytes as BlobPart]), name)
  const response = await who.fetch(`/api/boards/${more.board ?? 'blusa'}/sheets`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as UploadState & Refusal }
}
const answer = (who: Somebody, id: UploadId, answers: unknown) =>
  who.ask<UploadState & Refusal>('POST', `/api/uploads/${id}/answers`, answers)
const newest = (sheet: SheetId | undefined) => server.running.parts.versions.newest(sheet as SheetId)
const left = (): string[] =>
  ['originals', 'jobs', 'sheets'].flatMap((folder) =>
    readdirSync(join(server.running.store.file, '..', 'media', folder)).map((name) => `${folder}/${name}`),
  )
/** The demo's own sheets are drawn beside; they are files too. */
const drawn = async (): Promise<void> => {
  const { records, drawn } = server.running.parts
  for (const board of records.boards()) for (const { id } of records.sheetsOf(board.id)) await drawn(id)
}

describe('a pattern’s file', () => {
  it('asks once what it cannot say, with its outline, and is then a sheet with a version', {
    timeout: 60_000,
  }, async () => {
    const sent = await send(tao, DOUBTFUL)
    expect(sent.status).toBe(202)
    const asked = await settled(tao, sent.body.id)
    expect(asked).toMatchObject({ state: 'asking', sheets: [], refusal: null })
    const [size, allowance] = asked.questions
    expect(asked.questions.map(({ ask }) => ask)).toEqual(['size', 'allowance'])
    if (size?.ask !== 'size' || allowance?.ask !== 'allowance') throw new Error('other questions')
    expect(size.piece).toMatchObject({ name: 'FRENTE', width: 300 * 25.4, height: 620 * 25.4 })
    expect(size.piece.outline).toEqual([0, 157480, 76200, 157480, 76200, 0, 0, 0])
    expect(size.choices.map(({ mmPerUnit }) => mmPerUnit)).toContain(1)
    expect(allowance.pieces.map(({ name }) => name)).toEqual(['FRENTE'])

    const said = await answer(tao, sent.body.id, { mmPerUnit: 1, allowance: { '*': { included: true, mm: 10 } } })
    expect(said.status).toBe(200)
    const state = await settled(tao, sent.body.id)
    expect(state).toMatchObject({ state: 'done', questions: [], refusal: null })
    expect(state.report.map(({ code }) => code)).toEqual(expect.arrayContaining(['pattern-read', 'pattern-layer']))

    const [id] = state.sheets
    const found = newest(id)
    expect(found).toMatchObject({ version: 1, by: 'tao', why: { is: 'import', file: 'frente.dxf' } })
    const [piece] = found!.pattern.pieces
    expect(piece).toMatchObject({ name: 'FRENTE', ring: 'cut' })
    expect(piece!.edges.map((edge) => edge.allowance)).toEqual([10, 10, 10, 10])
    const layout = layOut(found!.pattern)
    const synced = await tao.sync('blusa')
    const sheet = readSheets(synced.doc).find((one) => one.id === id)
    expect(sheet).toMatchObject({ kind: 'pattern', version: 1, mmPerUnit: 1, scale: 'true-size', firm: 'dedal' })
    expect([sheet!.width, sheet!.height]).toEqual([layout.width, layout.height])
    expect(layout).toMatchObject({ width: 340, height: 660 })
    synced.close()

    // It has a picture, for cards and for phones that draw no lines, and its original for the owner.
    const view = await tao.ask<View>('POST', `/api/sheets/${id}/views`)
    expect(view.status).toBe(200)
    expect((await tao.fetch(`/v/${view.body.view}/0/0_0`)).status).toBe(200)
    const original = new Uint8Array(await (await tao.fetch(`/api/sheets/${id}/original`)).arrayBuffer())
    expect(original).toEqual(DOUBTFUL)

    // Said once: a second answer finds nothing asked.
    expect(await answer(tao, sent.body.id, {})).toMatchObject({ status: 409, body: { error: { code: 'answered' } } })
  })

  it('says once what holds for many pieces, so that nothing is left unsaid of the others', async () => {
    const names = Array.from({ length: 120 }, (_, i) => `P${i + 1}`)
    const entities = (name: string) => [...named(name, 'M'), polyline(1, rectangle(300, 620), true)]
    const blocks = names.map((name) => ({ name, entities: entities(name) }))
    const many = bytesOf({ blocks, entities: [...style(), ...names.map((name) => insert(name))] })
    const asked = await settled(tao, (await send(tao, many)).body.id)
    const notes = asked.report.flatMap((line) => (line.code === 'pattern-note' ? [line.params] : []))
    expect(notes).toEqual([
      { note: 'turns-by-angle', count: 120, what: '', piece: 'P1', more: 119 },
      { note: 'quantity-by-guess', count: 120, what: '', piece: 'P1', more: 119 },
    ])
  })

  it('that is sure of itself is asked about its allowance alone', { timeout: 60_000 }, async () => {
    const sent = await send(tao, SURE)
    const asked = await settled(tao, sent.body.id)
    expect(asked.questions.map(({ ask }) => ask)).toEqual(['allowance'])
    // Nobody knows: that is an answer too.
    await answer(tao, sent.body.id, {})
    const state = await settled(tao, sent.body.id)
    expect(newest(state.sheets[0])?.pattern.pieces[0]).toMatchObject({ ring: null })
  })

  it('of an SVG is a drawing to look at, or a pattern to work on, as was said', { timeout: 60_000 }, async () => {
    const looked = await settled(tao, (await send(tao, PIECES, 'frente.svg')).body.id)
    expect(looked.state).toBe('done')
    expect(newest(looked.sheets[0])).toBe(null)
    const worked = await send(tao, PIECES, 'frente.svg', { asPattern: true })
    const asked = await settled(tao, worked.body.id)
    expect(asked.questions.map(({ ask }) => ask)).toEqual(['allowance'])
    await answer(tao, worked.body.id, { allowance: { '*': { included: false, mm: 10 } } })
    const state = await settled(tao, worked.body.id)
    expect(newest(state.sheets[0])?.pattern.pieces[0]).toMatchObject({ ring: 'sew' })
  })

  it('is called back while it asks, and leaves nothing', async () => {
    await drawn()
    const before = left()
    const sent = await send(tao, DOUBTFUL)
    expect((await settled(tao, sent.body.id)).state).toBe('asking')
    expect((await tao.ask<UploadState>('DELETE', `/api/uploads/${sent.body.id}`)).body.state).toBe('cancelled')
    expect(left()).toEqual(before)
    expect((await answer(tao, sent.body.id, {})).status).toBe(409)
  })

  it('asks its owner’s people alone', async () => {
    const sent = await send(tao, DOUBTFUL)
    await settled(tao, sent.body.id)
    // Inés sees the board; what its owner brings to it is none of hers until it lies there.
    const ines = await server.as('ines')
    const seen = await ines.ask<Refusal>('GET', `/api/uploads/${sent.body.id}`)
    expect(seen).toMatchObject({ status: 403, body: { error: { code: 'not-your-firm' } } })
    expect(JSON.stringify(seen.body)).not.toContain('FRENTE')
    expect((await answer(ines, sent.body.id, { mmPerUnit: 1 })).status).toBe(403)
    const oru = await server.as('oru')
    expect((await answer(oru, sent.body.id, { mmPerUnit: 1 })).status).toBe(404)
    // Another of the firm may answer for it.
    expect((await answer(await server.as('lupita'), sent.body.id, { mmPerUnit: 1 })).status).toBe(200)
    expect((await settled(tao, sent.body.id)).state).toBe('done')
  })

  it('is answered in the words that are asked for, or not at all', async () => {
    const sent = await send(tao, DOUBTFUL)
    await settled(tao, sent.body.id)
    for (const wrong of [
      { mmPerUnit: 0 },
      { mmPerUnit: -1 },
      { mmPerUnit: '1' },
      { mmPerUnit: 1e9 },
      { allowance: { '*': { included: 'yes', mm: 1 } } },
      { allowance: { '*': { included: true, mm: 101 } } },
      { allowance: { '../x': { included: true, mm: 1 } } },
      { other: 1 },
      [],
      null,
    ])
      expect((await answer(tao, sent.body.id, wrong)).status, JSON.stringify(wrong)).toBe(400)
    expect((await settled(tao, sent.body.id)).state).toBe('asking')
    await tao.ask('DELETE', `/api/uploads/${sent.body.id}`)
  })
})

describe('a file that is no pattern', () => {
  const nested = dxf({
    blocks: Array.from({ length: 12 }, (_, i) => ({
      name: `B${i}`,
      entities: i === 11 ? [polyline(1, rectangle(300, 600), true)] : [insert(`B${i + 1}`)],
    })),
    entities: [insert('B0')],
  })
  const square = (x: number | string) =>
    dxf({ entities: [polyline(1, rectangle(300, 600), true)] }).replace('600', `${x}`)
  const cases: readonly (readonly [string, Uint8Array | string, ImportRefusalCode])[] = [
    ['vacio.dxf', dxf({}), 'no-pieces'],
    ['binario.dxf', 'AutoCAD Binary DXF\r\n\u001a\u0000', 'binary-dxf'],
    ['plano.dwg', `AC1027${'\u0000'.repeat(200)}`, 'dwg'],
    ['anidado.dxf', nested, 'nested'],
    ['numero.dxf', square('NaN'), 'bad-number'],
    ['lejos.dxf', square('1e308'), 'bad-number'],
    ['renglon.dxf', `0\nSECTION\n2\n${'E'.repeat(3_000_000)}`, 'long-line'],
    ['reglas.rul', 'ASTM/D13Proposal 1 Version: D 6673\nAUTHOR: X\nUNITS: METRIC\nGRADE RULE TABLE: T\n', 'rul-alone'],
  ]
  it.each(cases)(
    '%s is refused with its reason, and nothing of it stays',
    { timeout: 30_000 },
    async (name, bytes, why) => {
      await drawn()
      const before = left()
      const sent = await send(tao, bytes, name)
      expect(await settled(tao, sent.body.id)).toMatchObject({
        state: 'refused',
        sheets: [],
        refusal: { code: 'no-pattern', params: { why } },
      })
      expect(left()).toEqual(before)
    },
  )

  it('is what its bytes say, whatever it is called', { timeout: 60_000 }, async () => {
    const photo = await settled(tao, (await send(tao, await jpeg(), 'frente.dxf')).body.id)
    expect(photo).toMatchObject({ state: 'done', refusal: null })
    const zip = await send(tao, 'PK\u0003\u0004', 'frente.zip', { asPattern: true })
    expect(await settled(tao, zip.body.id)).toMatchObject({ refusal: { code: 'no-pattern', params: { why: 'zip' } } })
    const pdf = await send(tao, '%PDF-1.4\n', 'frente.pdf', { asPattern: true })
    expect(await settled(tao, pdf.body.id)).toMatchObject({ refusal: { code: 'no-pattern', params: { why: 'pdf' } } })
  })

  it('is not taken with parts that nobody asked for', async () => {
    const form = new FormData()
    form.append('as', 'spy')
    form.append('file', new Blob([SURE as BlobPart]), 'frente.dxf')
    const response = await tao.fetch('/api/boards/blusa/sheets', { method: 'POST', body: form })
    expect(response.status).toBe(400)
    const rul = await send(tao, SURE, 'frente.dxf', { rul: new Uint8Array(1024 * 1024 + 1) })
    expect(rul).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } })
  })
})

describe('grade rules', () => {
  const corners = rectangle(300, 620)
  const numbered = bytesOf({
    blocks: [
      {
        name: 'FRENTE',
        entities: [
          polyline(1, corners, true),
          ...corners.flatMap((at, i) => [dot(2, at), text(2, `# ${i + 1}`, at)]),
          ...named('FRENTE', 'M'),
        ],
      },
    ],
    entities: [...style({ 'Grade Rule Table': 'TABLA' }), insert('FRENTE')],
  })
  /** 5 mm out at every side, size by size. */
  const table = [
    ['-5,-5', '5,5'],
    ['5,-5', '-5,5'],
    ['5,5', '-5,-5'],
    ['-5,5', '5,-5'],
  ]
  const rul = new TextEncoder().encode(
    [
      'ASTM/D13Proposal 1 Version: D 6673-10',
      'AUTHOR: X',
      'PRODUCT: X',
      'VERSION: 1',
      'CREATION DATE: 1-1-2026',
      'CREATION TIME: 1:00',
      'UNITS: METRIC',
      'GRADE RULE TABLE: TABLA',
      'NUMBER OF SIZES: 3',
      'SIZE LIST: CH M G',
      'SAMPLE SIZE: M',
      ...table.flatMap(([out, back], i) => [`RULE: DELTA ${i + 1}`, ` ${back} 0,0 ${out}`]),
      'END',
      '',
    ].join('\n'),
  )

  it('that come with their DXF are kept beside it, and make its sizes', { timeout: 60_000 }, async () => {
    const sent = await send(tao, numbered, 'frente.dxf', { rul })
    const files = join(server.running.store.file, '..', 'media', 'originals')
    expect(readFileSync(join(files, `${sent.body.id}.rul`))).toEqual(Buffer.from(rul))
    expect((await settled(tao, sent.body.id)).state).toBe('asking')
    // Read again with the answer, and with its rules.
    await answer(tao, sent.body.id, { allowance: { '*': { included: true, mm: 10 } } })
    const state = await settled(tao, sent.body.id)
    expect(state.report).toContainEqual({
      code: 'pattern-note',
      params: { note: 'graded-by-rules', count: 1, what: '', piece: '', more: 0 },
      severity: 'read',
    })
    const { pattern } = newest(state.sheets[0])!
    expect(pattern.sizes).toEqual(['CH', 'M', 'G'])
    const widths = pattern.pieces[0]!.shapes.map((shape) => boxOf(outlineOf(shape!))!).map((box) => box.maxX - box.minX)
    expect(widths).toEqual([290, 300, 310])
  })

  it('go with their DXF when it is called back', async () => {
    await drawn()
    const before = left()
    const sent = await send(tao, numbered, 'frente.dxf', { rul })
    await settled(tao, sent.body.id)
    await tao.ask('DELETE', `/api/uploads/${sent.body.id}`)
    expect(left()).toEqual(before)
  })
})

describe('a server that is killed while a file asks', () => {
  it('asks on, and is answered', { timeout: 90_000 }, async () => {
    const first = await startServer({ data: true })
    const folder = join(first.running.store.file, '..')
    try {
      const { board, signedIn } = realGroup(first)
      await first.running.stop()

      const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts')
      const child = spawn(process.execPath, [main, '--data', folder, '--port', '0'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      let id: UploadId
      try {
        const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))))
        const address = /http:\S+/.exec(line)?.[0] as string
        const there = {
          fetch: (path: string, init: RequestInit = {}) =>
            fetch(`${address}${path}`, { ...init, headers: { cookie: signedIn, origin: address } }),
        } as Somebody
        const sent = await send(there, DOUBTFUL, 'frente.dxf', { board: board.id })
        id = sent.body.id
        const stateNow = async () => ((await (await there.fetch(`/api/uploads/${id}`)).json()) as UploadState).state
        await expect.poll(stateNow, { timeout: 30_000 }).toBe('asking')
      } finally {
        child.kill('SIGKILL')
        await exited
      }

      const second = await startServer({ data: folder })
      const ines = second.with(signedIn)
      // Also when it was sent long ago: it waits for whoever sent it.
      second.clock.pass(60 * 60_000)
      const mine = await ines.ask<{ uploads: UploadState[] }>('GET', `/api/boards/${board.id}/uploads`)
      expect(mine.body.uploads).toMatchObject([{ id, state: 'asking' }])
      expect(mine.body.uploads[0]?.questions).toHaveLength(2)
      await answer(ines, id, { mmPerUnit: 1, allowance: { '*': { included: false, mm: null } } })
      const state = await settled(ines, id)
      expect(state.state).toBe('done')
      expect(second.running.parts.versions.newest(state.sheets[0] as SheetId)?.pattern.pieces).toHaveLength(1)
      await second.stop()
    } finally {
      await first.stop()
    }
  })
})
