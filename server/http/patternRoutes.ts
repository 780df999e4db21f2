import { z } from 'zod'
import { judge } from '../../shared/access/rules.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import { type ExportDate, writeDxf, writeRul } from '../../shared/pattern/dxf/write.ts'
import { writeSvg } from '../../shared/pattern/svg/write.ts'
import { packPattern } from '../../shared/pattern/wire.ts'
import { Export, type ExportFormat, type PatternView } from '../../shared/protocol/pattern.ts'
import { chipsOf, drawingFor } from '../pattern/viewerLines.ts'
import { Refused } from '../refused.ts'
import type { StoredVersion } from '../store/ports.ts'
import { type Ask, type Route, route } from './ask.ts'
import { entering } from './entering.ts'
import { attachment, cleanName } from './names.ts'
import type { Parts } from './parts.ts'

const Query = z.strictObject({
  version: z.coerce.number().int().min(1).max(1e6).optional(),
  sizes: z
    .string()
    .regex(/^(base|all|\d{1,2})$/)
    .optional(),
})

const ENDING: Record<ExportFormat, string> = {
  aama: 'aama.dxf',
  astm: 'astm.dxf',
  rul: 'rul',
  svg: 'svg',
  'pdf-a4': 'a4.pdf',
  'pdf-letter': 'letter.pdf',
  'pdf-a0': 'a0.pdf',
}

/** The lines of patterns, for looking and for taking along. Nothing of either leaves before its row in the register is on disk. */
export const patternRoutes = (parts: Parts): Route[] => {
  const { records, versions, markKey } = parts
  const enter = entering(parts)

  const pattern = (ask: Ask) => {
    const sheet = records.sheet(ask.params.id as SheetId)
    const board = sheet?.version === undefined ? null : records.board(sheet.board)
    return sheet && board && { sheet, board }
  }
  const wanted = (sheet: SheetId, version: number | undefined): StoredVersion => {
    const found = version === undefined ? versions.newest(sheet) : versions.find(sheet, version)
    if (!found) throw new Refused('not-found')
    return found
  }
  const parsed = <T>(schema: z.ZodType<T>, query: Ask['query']): T => {
    const answer = schema.safeParse(query)
    if (!answer.success) throw new Refused('bad-request', { where: answer.error.issues[0]?.path.join('.') ?? 'query' })
    return answer.data
  }
  const dateOf = (at: number): ExportDate => {
    const when = new Date(at)
    return {
      y: when.getFullYear(),
      m: when.getMonth() + 1,
      d: when.getDate(),
      h: when.getHours(),
      min: when.getMinutes(),
    }
  }
  const fileOf = async (
    { pattern, at }: StoredVersion,
    format: ExportFormat,
    sizes: readonly number[],
  ): Promise<string | Uint8Array | null> => {
    // The date of the version, not of the export: the same version gives the same bytes.
    const date = dateOf(at)
    switch (format) {
      case 'aama':
      case 'astm':
        return writeDxf(pattern, { dialect: format, date })
      case 'rul':
        return writeRul(pattern, { dialect: 'astm', date })
      case 'svg':
        return writeSvg(pattern, sizes[0] ?? pattern.base)
      default: {
        const { writePdf } = await import('../pattern/pdf.ts')
        const paper = format === 'pdf-a4' ? 'a4' : format === 'pdf-letter' ? 'letter' : 'a0'
        return writePdf(pattern, { paper, sizes, date })
      }
    }
  }

  return [
    route({
      method: 'GET',
      path: '/api/sheets/:id/pattern',
      most: 240,
      actions: 'sheet.view',
      about: pattern,
      handle(ask, { sheet, board }): PatternView {
        const { version, sizes = 'base' } = parsed(Query, ask.query)
        const found = wanted(sheet.id, version)
        const exact = judge('sheet.original', { actor: ask.actor, now: ask.now, board }).ok
        const { code } = enter(ask.actor, { act: 'lines', board: board.id, sheet })
        ask.reply.header('cache-control', 'no-store, private')
        const { base } = found.pattern
        const chosen = sizes === 'all' ? undefined : [sizes === 'base' ? base : Number(sizes)]
        return {
          sheet: sheet.id,
          version: found.version,
          latest: versions.newest(sheet.id)?.version ?? found.version,
          exact,
          code,
          layout: found.layout,
          pattern: exact
            ? packPattern(found.pattern, chosen)
            : packPattern(drawingFor(found.pattern, chipsOf(markKey, sheet.id, found.version, code))),
        }
      },
    }),
    route({
      method: 'GET',
      path: '/api/sheets/:id/export',
      most: 30,
      actions: ['sheet.original'],
      about: pattern,
      async handle(ask, { sheet, board }) {
        const { format, version, sizes = 'all' } = parsed(Export, ask.query)
        const found = wanted(sheet.id, version)
        const { pattern } = found
        const all = pattern.sizes.map((_, i) => i)
        const chosen = sizes === 'all' ? all : sizes === 'base' ? [pattern.base] : sizes.split(',').map(Number)
        if (chosen.some((size) => size >= all.length)) throw new Refused('bad-request', { where: 'sizes' })
        const file = await fileOf(found, format, chosen)
        if (file === null) throw new Refused('not-found')
        enter(ask.actor, { act: 'export', board: board.id, sheet })
        const name = cleanName(`${pattern.name || sheet.name} v${found.version}.${ENDING[format]}`)
        ask.reply
          .header('content-type', 'application/octet-stream')
          .header('content-disposition', attachment(name))
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('cache-control', 'no-store, private')
        return ask.reply.send(Buffer.from(file))
      },
    }),
  ]
}
