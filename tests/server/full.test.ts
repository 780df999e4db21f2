import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { write } from '../../shared/document/write.ts'
import { point } from '../../shared/domain/geometry.ts'
import type { BoardId, MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { Refusal, UploadState, View } from '../../shared/protocol/api.ts'
import { jpeg, svg } from '../support/files.ts'
import { type Somebody, startServer, type TestServer } from '../support/server.ts'
import { settled } from '../support/uploads.ts'

const place = mkdtempSync(join(tmpdir(), 'puntada-full-'))
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', place], { stdio: 'ignore' }).status === 0
afterAll(() => {
  if (mounted) spawnSync('umount', [place])
  rmSync(place, { recursive: true, force: true })
})
if (!mounted) console.info('a disk that is really full: not tried, a small disk cannot be mounted here')

/** A disk of 24 MB with the real server on it. */
describe.runIf(mounted)('a disk that is really full', () => {
  const data = join(place, 'data')
  const board = 'mesa1' as BoardId
  let server: TestServer
  let ines: Somebody
  let view: View
  let sheet: SheetId
  beforeAll(async () => {
    mkdirSync(data)
    server = await startServer({ data })
    const { records, sessions, cookie } = server.running.parts
    const at = server.clock.now()
    const firm = { id: 'altamira' as never, name: 'Altamira', role: 'mentor' as const }
    const person = { id: 'ines' as never, name: 'Inés', firm: firm.id, role: firm.role, admin: true, level: null }
    const collection = { id: 'col1' as never, firm: firm.id, name: 'C', about: '', at }
    records.together(() => {
      records.addGroup('G', at)
      records.addFirm(firm, at)
      records.addPerson(person, at)
      records.addCollection(collection)
      records.addBoard({ id: board, collection: collection.id, firm: firm.id, title: 'M', style: '', at, openings: [] })
    })
    ines = server.with(`${cookie.name}=${sessions.begin(person.id, '').token}`)
    const first = await settled(ines, (await send(drawing, 'molde.svg')).body.id)
    sheet = first.sheets[0] as SheetId
    view = (await ines.ask<View>('POST', `/api/sheets/${sheet}/views`)).body
  })
  afterAll(() => server.stop())

  const drawing = svg('<path d="M10 10 H90 V90 H10 Z" fill="none" stroke="black"/>')
  const send = async (bytes: Uint8Array, name: string) => {
    const form = new FormData()
    form.append('file', new Blob([bytes as BlobPart]), name)
    const response = await ines.fetch(`/api/boards/${board}/sheets`, { method: 'POST', body: form })
    return { status: response.status, body: (await response.json()) as UploadState & Refusal }
  }
  const kept = (): string[] =>
    ['originals', 'jobs', 'sheets'].flatMap((folder) =>
      readdirSync(join(data, 'media', folder)).map((name) => `${folder}/${name}`),
    )
  /** Takes all but so many bytes of the disk; the function that is returned gives them back. */
  const leave = (bytes: number): (() => void) => {
    const filler = join(place, 'filler')
    const handle = openSync(filler, 'w')
    const { bavail, bsize } = statfsSync(place)
    const block = Buffer.alloc(4096)
    try {
      for (let left = bavail * bsize - bytes; left > 0; left -= block.length) writeSync(handle, block)
    } catch {
      // Nothing is left: that is what was wanted.
    }
    closeSync(handle)
    return () => rmSync(filler)
  }
  const reads = async (): Promise<number[]> => {
    const paths = [`/api/boards/${board}`, '/api/boards', `/v/${view.view}/0/0_0`]
    return Promise.all(paths.map(async (path) => (await ines.fetch(path)).status))
  }

  it.each([
    ['at once, where the file itself has no room', () => 300_000],
    ['while it is drawn, where the file has room and its picture has not', (photo: Buffer) => photo.length + 900_000],
    ['at once, where not even a note can be taken', () => 0],
  ])('refuses a file %s; nothing of it stays, and reading goes on', async (_when, room) => {
    const before = kept()
    const photo = await jpeg(3000, 2000)
    const free = leave(room(photo))
    try {
      const sent = await send(photo, 'foto.jpg')
      if (sent.status === 202)
        expect(await settled(ines, sent.body.id)).toMatchObject({
          state: 'refused',
          refusal: { code: 'disk-full' },
          sheets: [],
        })
      else expect(sent).toMatchObject({ status: 507, body: { error: { code: 'disk-full' } } })
      expect(kept()).toEqual(before)
      expect(await reads()).toEqual([200, 200, 200])
    } finally {
      free()
    }
  })

  it('refuses a mark, which is not shown as if it were kept, and takes both when there is room again', async () => {
    const free = leave(0)
    const synced = await ines.sync(board)
    const words = { says: 'sugiero', text: 'Dos pespuntes. '.repeat(50) } as const
    const shape = { kind: 'pin', at: point(10, 10) } as const
    const mark = { id: 'ines_primera1' as MarkId, sheet, shape, words, done: false, replies: [] }
    write(synced.doc, { do: 'add', mark }, null)
    expect(await synced.closed).toBe(4507)
    synced.close()
    const again = await ines.sync(board)
    expect([again.doc.getMap('sheets').size, again.doc.getMap('marks').size]).toEqual([1, 0])
    again.close()
    free()
    expect((await settled(ines, (await send(drawing, 'otro.svg')).body.id)).state).toBe('done')
    expect((await ines.ask('GET', `/api/boards/${board}`)).body).toMatchObject({ sheets: 2 })
  })
})
