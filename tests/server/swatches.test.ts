import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QUOTA } from '../../server/http/uploads.ts'
import { planOf } from '../../server/media/plan.ts'
import { MARKED, readBack } from '../../server/media/readback.ts'
import { openStore } from '../../server/store/sqlite/open.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { readMark } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import type { MarkId, PersonId, UploadId } from '../../shared/domain/ids.ts'
import type { OperationOf } from '../../shared/pattern/operation.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { BoardCard, Refusal, RegisterRow, UploadState, View } from '../../shared/protocol/api.ts'
import { type Atelier, act, asks, openAtelier } from '../support/atelier.ts'
import { jpeg, png, svg } from '../support/files.ts'
import type { Somebody } from '../support/server.ts'
import { lookWith, until } from '../support/studio.ts'

const HOUR = 3_600_000

/** Uma has come as far as looks; Inés owns the table; Tao, Uma's colleague, has only come as far as stitches; Zoe may not look. */
let atelier: Atelier
let [ines, uma, tao, zoe]: Somebody[] = []
const cleanUp: (() => unknown)[] = []
const come = async (data: string | true = true): Promise<void> => {
  atelier = await openAtelier(data)
  const { server } = atelier
  cleanUp.push(() => server.stop())
  server.running.parts.records.setLevel('uma' as PersonId, 'diseno')
  ;[ines, uma, tao, zoe] = ['ines', 'uma', 'tao', 'zoe'].map((name) => atelier.as(name))
}
beforeEach(() => come())
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

const records = () => atelier.server.running.parts.records
const media = (...path: string[]): string => join(atelier.server.running.store.file, '..', 'media', ...path)
const left = (): string[] =>
  ['originals', 'jobs', 'swatches'].flatMap((folder) => readdirSync(media(folder)).map((name) => `${folder}/${name}`))

const send = async (who: Somebody, bytes: Uint8Array, name = 'tela.jpg', board: string = atelier.board.id) => {
  const form = new FormData()
  form.append('file', new Blob([bytes as BlobPart]), name)
  const response = await who.fetch(`/api/boards/${board}/swatches`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as UploadState & Refusal }
}
const over = async (who: Somebody, id: UploadId): Promise<UploadState> => {
  await until(() => ['done', 'refused', 'cancelled'].includes(records().upload(id)?.state ?? ''))
  return (await who.ask<UploadState>('GET', `/api/uploads/${id}`)).body
}
const bring = async (who: Somebody, bytes?: Uint8Array): Promise<SwatchId> => {
  const { body } = await send(who, bytes ?? (await jpeg()))
  return (await over(who, body.id)).swatch as SwatchId
}
const view = (who: Somebody, id: string) => who.ask<View & Refusal>('POST', `/api/swatches/${id}/views`)
const decide = (who: Somebody, mark: MarkId, body: unknown) =>
  who.ask<Refusal>('POST', `/api/boards/${atelier.board.id}/proposals/${mark}/decision`, body)
/** Uma proposes a look with it. */
const lay = async (id: SwatchId, change: OperationOf<'look'> = lookWith(id)): Promise<MarkId> => {
  const synced = await uma!.sync(atelier.board.id)
  const proposal = asks('uma', change)
  await act(atelier, synced, proposal)
  synced.close()
  return proposal.mark.id
}

describe('a photo that is brought for a look', () => {
  it('becomes one small picture without what the camera wrote, and nothing else of it stays', async () => {
    const photo = await sharp(await jpeg(3000, 2000))
      .withExif({ IFD0: { Make: 'secreto' } })
      .jpeg()
      .toBuffer()
    expect(photo.includes('secreto')).toBe(true)
    const sent = await send(uma!, photo, 'no-es-una.pdf')
    expect(sent.status).toBe(202)
    const state = await over(uma!, sent.body.id)
    expect(state).toMatchObject({ state: 'done', swatch: sent.body.id, sheets: [] })
    expect(left()).toEqual([`swatches/${state.swatch}`])
    const kept = readFileSync(media('swatches', state.swatch as string, '0', '0_0.jpg'))
    expect(await sharp(kept).metadata()).toMatchObject({ width: 1024, height: 683, format: 'jpeg' })
    expect(kept.includes('secreto')).toBe(false)
    expect(records().swatch(state.swatch as SwatchId)).toMatchObject({ firm: 'hilo', board: atelier.board.id })
    expect(records().used('hilo' as never, 0 as never)).toEqual({ bytes: kept.byteLength, files: 1 })
    const listed = await uma!.ask<{ uploads: UploadState[] }>('GET', `/api/boards/${atelier.board.id}/uploads`)
    expect(listed.status).toBe(403)
    const card = async (who: Somebody) =>
      (await who.ask<BoardCard>('GET', `/api/boards/${atelier.board.id}`)).body.swatches
    expect([await card(uma!), await card(tao!), await card(ines!)]).toEqual([[state.swatch], [state.swatch], []])
  })

  it('is known by what it holds: whatever is no photo, broken or a bomb comes to nothing, with its reason', async () => {
    const files: readonly (readonly [string, Uint8Array, object])[] = [
      ['tela.jpg', svg('<path d="M0 0H9"/>'), { code: 'not-a-photo', params: { found: 'svg' } }],
      ['tela.png', Buffer.from('%PDF-1.7\n'), { code: 'not-a-photo', params: { found: 'pdf' } }],
      ['tela.webp', Buffer.from('0\nSECTION\n'), { code: 'not-a-photo', params: { found: 'dxf' } }],
      ['tela.jpg', Buffer.from('GIF89a'), { code: 'not-a-photo', params: { found: 'gif' } }],
      ['tela.jpg', (await jpeg()).subarray(0, 900), { code: 'broken' }],
      ['tela.png', png(30_000, 30_000), { code: 'too-many-pixels' }],
    ]
    for (const [name, bytes, refusal] of files) {
      const sent = await send(uma!, bytes, name)
      expect(await over(uma!, sent.body.id)).toMatchObject({ state: 'refused', swatch: null, refusal })
    }
    expect(await send(uma!, new Uint8Array())).toMatchObject({ status: 422, body: { error: { code: 'empty' } } })
    const large = await send(uma!, new Uint8Array(25 * 1024 * 1024 + 2))
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } })
    expect(left()).toEqual([])
    expect(records().swatches()).toEqual([])
  })

  it('is taken from whoever may propose a look here, and counts as any file', async () => {
    const photo = await jpeg()
    expect((await send(ines!, photo)).status).toBe(202)
    expect(await send(tao!, photo)).toMatchObject({ status: 403, body: { error: { code: 'level' } } })
    for (const who of [zoe!, atelier.as('oru')]) {
      const hidden = await send(who, photo)
      expect(hidden).toEqual(await send(who, photo, 'tela.jpg', 'nothing'))
      expect(hidden.status).toBe(404)
    }
    expect((await atelier.server.with('').fetch('/api/swatches/nothing/views', { method: 'POST' })).status).toBe(401)
    const form = new FormData()
    form.append('as', 'pattern')
    form.append('file', new Blob([photo as BlobPart]), 'tela.jpg')
    const path = `/api/boards/${atelier.board.id}/swatches`
    expect((await uma!.fetch(path, { method: 'POST', body: form })).status).toBe(400)
    const sample = { board: atelier.board.id, firm: 'hilo' as never, person: 'uma' as PersonId, name: 'x', bytes: 1 }
    const done = { state: 'done', report: [], refusal: null, at: atelier.server.clock.now(), ask: null } as const
    records().together(() => {
      for (let i = 0; i < QUOTA.files; i++) records().putUpload({ ...sample, ...done, id: `lleno${i}` as UploadId })
    })
    expect(await send(uma!, photo)).toMatchObject({ status: 429, body: { error: { code: 'quota-uploads' } } })
  })

  it('is followed and called back by its own firm, and by nobody else', async () => {
    const { body } = await send(uma!, await jpeg(4000, 3000))
    expect((await ines!.ask('GET', `/api/uploads/${body.id}`)).status).toBe(403)
    expect((await ines!.ask('DELETE', `/api/uploads/${body.id}`)).status).toBe(403)
    expect(await zoe!.ask('GET', `/api/uploads/${body.id}`)).toEqual(await zoe!.ask('GET', '/api/uploads/nothing'))
    const back = await uma!.ask<UploadState>('DELETE', `/api/uploads/${body.id}`)
    expect(back.body).toMatchObject({ state: 'cancelled', swatch: null })
    expect(left()).toEqual([])
  })
})

describe('a look at it', () => {
  it('is its firm’s alone until a proposal shows it; then each has their own, entered before it and marked with its code', async () => {
    const id = await bring(uma!, await jpeg(1600, 1200))
    expect((await view(tao!, id)).status).toBe(200)
    for (const who of [ines!, zoe!]) expect(await view(who, id)).toEqual(await view(who, 'nothing'))
    const proposal = await lay(id)

    const look = (await view(ines!, id)).body
    const entered = (await ines!.ask<{ rows: RegisterRow[] }>('GET', `/api/boards/${atelier.board.id}/register`)).body
    expect(entered.rows[0]).toMatchObject({ act: 'swatch', person: 'ines', sheet: id, code: look.code })
    // Whose it is reads that too, and of the rest of the register what it looked at itself.
    const ofUma = await uma!.ask<{ rows: RegisterRow[] }>('GET', `/api/boards/${atelier.board.id}/register/own`)
    expect(ofUma.body.rows.map(({ act, person, code }) => [act, person, code]).at(0)).toEqual([
      'swatch',
      'ines',
      look.code,
    ])
    expect(ofUma.body.rows.filter(({ person, act }) => person === 'ines' && act !== 'swatch')).toEqual([])
    expect(ofUma.body.rows.some(({ person }) => person === 'tao')).toBe(true)
    const ofInes = await ines!.ask<{ rows: RegisterRow[] }>('GET', `/api/boards/${atelier.board.id}/register/own`)
    expect(new Set(ofInes.body.rows.map(({ person }) => person))).toEqual(new Set(['ines']))
    expect((await zoe!.ask('GET', `/api/boards/${atelier.board.id}/register/own`)).status).toBe(404)
    const answer = await ines!.fetch(`/v/${look.view}`)
    expect(answer.headers.get('cache-control')).toBe('no-store, private')
    expect(answer.headers.get('content-type')).toBe('image/webp')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const size = { width: 1024, height: 768 }
    expect(look.pyramid).toEqual({ tile: 1024, levels: 1, ...size })
    const stamped = (code: string) =>
      planOf(size, { left: 0, top: 0, ...size }, { firm: 'Taller', person: 'ines', code, time: '' })
    const [own, another] = await Promise.all([look.code, 'K7QM-3XPD'].map((code) => readBack(bytes, stamped(code))))
    expect(own?.strength).toBeGreaterThan(MARKED)
    expect(own?.strength).toBeGreaterThan(another?.strength as number)

    // Of this sign-in alone; not by the tile route, nor with a sheet's look by this one.
    for (const who of [atelier.as('ines'), tao!]) expect((await who.fetch(`/v/${look.view}`)).status).toBe(404)
    expect((await ines!.fetch(`/v/${look.view}/0/0_0`)).status).toBe(404)
    expect(await view(zoe!, id)).toEqual(await view(zoe!, 'nothing'))

    const synced = await uma!.sync(atelier.board.id)
    write(synced.doc, { do: 'delete', mark: proposal }, null)
    const room = await atelier.server.running.parts.rooms.get(atelier.board.id)
    await until(() => !room.doc.getMap('marks').has(proposal))
    expect((await ines!.fetch(`/v/${look.view}`)).status).toBe(404)
    expect((await view(ines!, id)).status).toBe(404)
    expect((await view(uma!, id)).status).toBe(200)
  })

  it('ends with the access to the board', async () => {
    const id = await bring(ines!)
    const change = { ...lookWith(id), piece: 'trasero' as never }
    const synced = await ines!.sync(atelier.board.id)
    await act(atelier, synced, asks('ines', change))
    const look = (await view(uma!, id)).body
    expect((await uma!.fetch(`/v/${look.view}`)).status).toBe(200)
    await ines!.ask('DELETE', `/api/boards/${atelier.board.id}/openings/mezclilla`)
    expect((await uma!.fetch(`/v/${look.view}`)).status).toBe(404)
    expect((await view(uma!, id)).status).toBe(404)
    expect((await ines!.fetch(`/v/${(await view(ines!, id)).body.view}`)).status).toBe(200)
  })
})

describe('whose picture is shown', () => {
  it('is refused at the socket where it is another firm’s, and the board stays as it was', async () => {
    const [theirs, own] = [await bring(uma!), await bring(ines!)]
    const room = await atelier.server.running.parts.rooms.get(atelier.board.id)
    for (const id of [theirs, 'nadie' as SwatchId]) {
      const synced = await ines!.sync(atelier.board.id)
      write(synced.doc, asks('ines', lookWith(id)), null)
      expect(await synced.closed).toBe(4409)
    }
    expect(room.doc.getMap('marks').size).toBe(0)
    const synced = await ines!.sync(atelier.board.id)
    await act(atelier, synced, asks('ines', lookWith(own)))
    expect(room.doc.getMap('marks').size).toBe(1)
  })

  it('stays with an answer in part, or is one of the owner’s, and never a third', async () => {
    const [first, second, own] = [await bring(uma!), await bring(uma!), await bring(ines!)]
    const mark = await lay(first)
    const part = (id: string) => ({ is: 'part', change: { ...lookWith(id), colour: '#aa0000' } })
    for (const id of [second, 'nadie'])
      expect(await decide(ines!, mark, part(id))).toMatchObject({
        status: 403,
        body: { error: { code: 'foreign-swatch' } },
      })
    expect(await decide(ines!, mark, part(first))).toMatchObject({ status: 200 })
    const another = await lay(first)
    expect(await decide(ines!, another, part(own))).toMatchObject({ status: 200 })
    // What only the answer shows, everybody sees who sees the answer.
    expect((await view(uma!, own)).status).toBe(200)
    expect((await view(uma!, second)).status).toBe(200)
    expect((await view(ines!, second)).status).toBe(404)
  })
})

describe('a picture that nobody shows', () => {
  it('goes after a day, and its room is given back; one that is shown stays, and one whose proposal is withdrawn goes a day later', async () => {
    const [unused, shown, withdrawn] = [await bring(uma!), await bring(uma!), await bring(uma!)]
    const kept = await lay(shown)
    const gone = await lay(withdrawn)
    expect(await decide(ines!, kept, { is: 'accepted' })).toMatchObject({ status: 200 })
    const there = (id: SwatchId): boolean => existsSync(media('swatches', id))
    const { clock } = atelier.server
    const used = () => records().used('hilo' as never, 0 as never).bytes
    const before = used()

    // The first time that anybody looks: what is shown was never seen to be.
    clock.pass(25 * HOUR)
    await until(() => !there(unused))
    expect([there(shown), there(withdrawn)]).toEqual([true, true])
    expect(used()).toBeLessThan(before)

    const at = clock.now()
    records().putOpening(atelier.board.id, { circle: 'mezclilla' as never, from: at, until: (at + 99 * HOUR) as never })
    const synced = await atelier.as('uma').sync(atelier.board.id)
    write(synced.doc, { do: 'delete', mark: gone }, null)
    const room = await atelier.server.running.parts.rooms.get(atelier.board.id)
    await until(() => !room.doc.getMap('marks').has(gone))
    clock.pass(2 * HOUR)
    await until(() => records().swatch(withdrawn)?.unnamed !== null)
    clock.pass(23 * HOUR)
    expect(there(withdrawn)).toBe(true)
    clock.pass(2 * HOUR)
    await until(() => !there(withdrawn))
    expect(there(shown)).toBe(true)
    expect((await view(atelier.as('ines'), shown)).status).toBe(200)
  })
})

describe('a server that ends', () => {
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'puntada-swatch-'))
    cleanUp.push(() => rmSync(made, { recursive: true, force: true }))
    return made
  }

  it('begins again with what was accepted, its author’s name and its picture', async () => {
    const data = folder()
    await come(data)
    const id = await bring(uma!)
    const mark = await lay(id)
    await decide(ines!, mark, { is: 'accepted', reason: 'Se queda.' })
    await atelier.server.running.stop()
    mkdirSync(join(data, 'media', 'swatches', 'huerfana'))
    await come(data)
    expect(readdirSync(media('swatches'))).toEqual([id])
    const room = await atelier.server.running.parts.rooms.get(atelier.board.id)
    expect(readMark(room.doc, mark)).toMatchObject({
      author: 'uma',
      change: { swatch: { own: id, name: 'lino crudo', across: 120 } },
      decision: { is: 'accepted', by: 'ines' },
    })
    const look = (await view(ines!, id)).body
    expect((await ines!.fetch(`/v/${look.view}`)).status).toBe(200)
  })

  it('killed at any moment, has a picture whole or not at all', { timeout: 120_000 }, async () => {
    const data = folder()
    const photo = await jpeg(1500, 1000)
    const script = join(import.meta.dirname, '..', 'support', 'atelier-child.ts')
    let whole = 0
    for (const wait of [0, 1, 2, 3, 4, 5]) {
      const child = spawn(process.execPath, [script, data], { stdio: ['ignore', 'pipe', 'inherit'] })
      cleanUp.push(() => child.kill('SIGKILL'))
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      const line = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))))
      const { address, cookies } = JSON.parse(line) as { address: string; cookies: { ines: string } }
      const headers = { cookie: cookies.ines, origin: address }
      const form = new FormData()
      form.append('file', new Blob([photo as BlobPart]), 'tela.jpg')
      const sent = await fetch(`${address}/api/boards/${atelier.board.id}/swatches`, {
        method: 'POST',
        headers,
        body: form,
      })
      const { id } = (await sent.json()) as UploadState
      // Sooner or later into the conversion, and once after its end.
      const asked = async () => (await (await fetch(`${address}/api/uploads/${id}`, { headers })).json()) as UploadState
      for (let i = 0; i < 12 * wait; i++) await asked()
      if (wait === 5) while ((await asked()).state !== 'done');
      child.kill('SIGKILL')
      await exited
      const store = openStore(data)
      const kept = openRecords(store.db)
      for (const swatch of kept.swatches()) {
        expect(kept.upload(swatch.id as string as UploadId)?.state).toBe('done')
        expect(existsSync(join(data, 'media', 'swatches', swatch.id, '0', '0_0.jpg'))).toBe(true)
      }
      whole = kept.swatches().length
      store.close()
    }
    expect(whole).toBeGreaterThan(0)
    writeFileSync(join(data, 'media', 'jobs', 'resto'), '')
    await come(data)
    expect(left().sort()).toEqual(
      records()
        .swatches()
        .map(({ id }) => `swatches/${id}`)
        .sort(),
    )
    expect(records().uploadsUnderWay()).toEqual([])
  })
})
