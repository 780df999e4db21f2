import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { SheetId } from '../../shared/domain/ids.ts'
import { apply } from '../../shared/pattern/apply.ts'
import { type ExportDate, writeDxf } from '../../shared/pattern/dxf/write.ts'
import { layOut } from '../../shared/pattern/layout.ts'
import { unpackPattern } from '../../shared/pattern/wire.ts'
import type { StoredVersion } from '../store/ports.ts'
import type { Story, StorySheet } from './story.ts'

/** A pattern of the demo as it came to be. */
export interface Nest {
  /** The first is what was brought, each later one what an accepted proposal made of it. */
  readonly versions: readonly StoredVersion[]
  /** The file that the owner brought: an AAMA DXF. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
}

const ASSETS = join(import.meta.dirname, 'assets')

/**
 * Carries the story's accepted proposals out, one after the other, as a decision does.
 *
 * @throws {Error} where one of them cannot be carried out, or says another version than it makes: a mistake in the story.
 */
export const nestOf = (told: Story, sheet: StorySheet): Nest => {
  const pattern = unpackPattern(JSON.parse(readFileSync(join(ASSETS, sheet.file), 'utf8')))
  const name = basename(sheet.file).replace(/\.json$/, '.dxf')
  const id: SheetId = sheet.id
  const first: StoredVersion = {
    sheet: id,
    version: 1,
    at: sheet.at,
    by: sheet.by,
    why: { is: 'import', file: name },
    pattern,
    layout: layOut(pattern),
  }
  const versions = [first]
  for (const { mark, change, decision } of acceptedOn(told, id)) {
    const from = versions.at(-1) as StoredVersion
    const made = apply(from.pattern, change)
    if (!made.ok) throw new Error(`${mark.id}: ${made.refusal.code}`)
    const version = from.version + 1
    if (decision.version !== version) throw new Error(`${mark.id} makes version ${version}`)
    versions.push({
      sheet: id,
      version,
      at: decision.at,
      by: decision.by,
      why: { is: 'proposal', mark: mark.id, author: mark.author },
      pattern: made.pattern,
      layout: layOut(made.pattern, from.layout),
    })
  }
  return {
    versions,
    file: { name, bytes: new TextEncoder().encode(writeDxf(pattern, { dialect: 'aama', date: dateOf(sheet.at) })) },
  }
}

const dateOf = (at: number): ExportDate => {
  const when = new Date(at)
  return {
    y: when.getUTCFullYear(),
    m: when.getUTCMonth() + 1,
    d: when.getUTCDate(),
    h: when.getUTCHours(),
    min: when.getUTCMinutes(),
  }
}

const acceptedOn = (told: Story, sheet: SheetId) =>
  told.marks
    .flatMap((mark) => {
      const decision = mark.sheet === sheet ? mark.proposal?.decision : null
      return mark.proposal && decision?.is === 'accepted' ? [{ mark, change: mark.proposal.change, decision }] : []
    })
    .sort((a, b) => a.decision.at - b.decision.at)
