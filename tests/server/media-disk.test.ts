import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MediaDisk, openDisk } from '../../server/media/disk.ts'

let root: string
let disk: MediaDisk
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'puntada-disk-'))
  disk = await openDisk(root)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const words = (...parts: string[]) => {
  const encoder = new TextEncoder()
  return (async function* () {
    for (const part of parts) yield encoder.encode(part)
  })()
}

it('keeps an upload whole and gives it back as it came', async () => {
  expect(await disk.receive('up1', words('uno, ', 'dos'), 100)).toMatchObject({ ok: true, bytes: 8 })
  const original = await disk.readOriginal('up1')
  const parts: Buffer[] = []
  for await (const part of original!.stream) parts.push(part as Buffer)
  expect(Buffer.concat(parts).toString()).toBe('uno, dos')
  expect(original!.bytes).toBe(8)
  await disk.dropOriginal('up1')
  expect(await disk.readOriginal('up1')).toBeNull()
})

it('leaves nothing of an upload that is too long, breaks off, or finds the disk full', async () => {
  const breaks = (code: string) =>
    (async function* () {
      yield new Uint8Array(1_000)
      throw Object.assign(new Error(code), { code })
    })()
  expect(await disk.receive('up2', words('123456', '7890'), 8)).toEqual({
    ok: false,
    refusal: { code: 'too-large', params: { bytes: 10, most: 8 } },
  })
  expect(await disk.receive('up3', breaks('ENOSPC'), 10_000)).toEqual({
    ok: false,
    refusal: { code: 'disk-full', params: {} },
  })
  await expect(disk.receive('up4', breaks('ECONNRESET'), 10_000)).rejects.toThrow('ECONNRESET')
  expect(await disk.receive('up5', words(), 10)).toMatchObject({ ok: false, refusal: { code: 'empty' } })
  expect(readdirSync(join(root, 'originals'))).toEqual([])
})

it('makes a path of nothing but a plain id', async () => {
  for (const id of ['', '..', '../x', 'a/b', 'A1', 'a', '__proto__', 'a\0b', '/etc', 'x'.repeat(40), '.up1.part']) {
    expect(() => disk.originalPath(id), id).toThrow(RangeError)
    expect(() => disk.jobFolder(id), id).toThrow(RangeError)
    expect(() => disk.sheetFolder(id), id).toThrow(RangeError)
    await expect(disk.readOriginal(id), id).rejects.toThrow(RangeError)
    await expect(disk.dropSheet(id), id).rejects.toThrow(RangeError)
    await expect(disk.receive(id, words('x'), 10), id).rejects.toThrow(RangeError)
  }
})

it('keeps a sheet in one step, and only from a job', async () => {
  const made = join(disk.jobFolder('job1'), '0')
  mkdirSync(join(made, '0'), { recursive: true })
  writeFileSync(join(made, '0', '0_0.jpg'), 'tile')
  expect(await disk.keepSheet(made, 'sheet1')).toEqual({ ok: true })
  await disk.dropJob('job1')
  expect(existsSync(join(disk.sheetFolder('sheet1'), '0', '0_0.jpg'))).toBe(true)
  await expect(disk.keepSheet(join(root, 'originals'), 'sheet2')).rejects.toThrow(RangeError)
  await disk.dropSheet('sheet1')
  expect(existsSync(disk.sheetFolder('sheet1'))).toBe(false)
})

it('sweeps away what a crash left, and nothing else', async () => {
  await disk.receive('up6', words('whole'), 10)
  writeFileSync(join(root, 'originals', '.up7.part'), 'ha')
  mkdirSync(join(disk.jobFolder('job2'), '0'), { recursive: true })
  for (const swatch of ['lino', 'huerfana']) {
    const made = join(disk.jobFolder(swatch), '0')
    mkdirSync(made, { recursive: true })
    writeFileSync(join(made, '0_0.jpg'), 'tile')
    expect(await disk.keepSwatch(made, swatch)).toEqual({ ok: true, bytes: 4 })
  }
  await disk.sweep((swatch) => swatch === 'lino')
  expect(readdirSync(join(root, 'swatches'))).toEqual(['lino'])
  expect(readdirSync(join(root, 'originals'))).toEqual(['up6'])
  expect(readdirSync(join(root, 'jobs'))).toEqual([])
  expect(await disk.free()).toBeGreaterThan(0)
})
