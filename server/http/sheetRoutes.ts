import type { BoardId, SheetId, UploadId, ViewId } from '../../shared/domain/ids.ts'
import { instant } from '../../shared/domain/units.ts'
import type { View } from '../../shared/protocol/api.ts'
import { Answers } from '../../shared/protocol/pattern.ts'
import { plainText } from '../auth/random.ts'
import { contentType, formatFor, hasTile, renderMontage, renderTile } from '../media/render.ts'
import { Refused } from '../refused.ts'
import { type Ask, type Route, route } from './ask.ts'
import { entering } from './entering.ts'
import { looking } from './looking.ts'
import { attachment } from './names.ts'
import type { Parts } from './parts.ts'
import { VIEW_LIVES_MS } from './views.ts'

const WIDTHS = { '480': 480, '800': 800, '1280': 1280 } as const
const IN_A_PICTURE = 4
const TILE = /^(\d{1,4})_(\d{1,4})$/

/** Sheets and their pictures. Nothing of a design leaves before its row in the register is on disk. */
export const sheetRoutes = (parts: Parts): Route[] => {
  const { records, views, disk, uploads } = parts

  const sheet = (ask: Ask) => {
    const found = records.sheet(ask.params.id as SheetId)
    const board = found && records.board(found.board)
    return found && board && { sheet: found, board }
  }
  const board = (ask: Ask) => {
    const found = records.board(ask.params.id as BoardId)
    return found && { board: found }
  }
  const upload = (ask: Ask) => {
    const found = records.upload(ask.params.id as UploadId)
    const board = found && records.board(found.board)
    return found && board && { upload: found, board, firm: found.firm }
  }

  /** The row first; what it returns is burned into the picture. */
  const enter = entering(parts)
  const { stillMayLook, picture } = looking(parts)

  return [
    route({
      method: 'POST',
      path: '/api/boards/:id/sheets',
      most: 60,
      actions: 'sheet.add',
      about: board,
      async handle(ask, about) {
        const state = await uploads.receive(ask.actor, about.board.id, ask.request, 'sheet')
        ask.reply.code(202)
        return state
      },
    }),
    route({
      method: 'GET',
      path: '/api/boards/:id/uploads',
      actions: 'sheet.add',
      about: board,
      handle: (ask, about) => ({ uploads: uploads.mine(ask.actor, about.board.id) }),
    }),
    route({
      method: 'GET',
      path: '/api/uploads/:id',
      actions: 'upload.follow',
      about: upload,
      handle: (_ask, about) => uploads.state(about.upload.id),
    }),
    route({
      method: 'DELETE',
      path: '/api/uploads/:id',
      actions: 'upload.follow',
      about: upload,
      async handle(_ask, about) {
        await uploads.cancel(about.upload.id)
        return uploads.state(about.upload.id)
      },
    }),
    route({
      method: 'POST',
      path: '/api/uploads/:id/answers',
      most: 60,
      actions: 'sheet.add',
      about: upload,
      body: Answers,
      handle(_ask, about, answers) {
        uploads.answer(about.upload.id, answers)
        return uploads.state(about.upload.id)
      },
    }),
    route({
      method: 'POST',
      path: '/api/sheets/:id/views',
      actions: 'sheet.view',
      about: sheet,
      async handle(ask, about): Promise<View> {
        await parts.drawn(about.sheet.id)
        stillMayLook(ask, { board: records.board(about.board.id) })
        const sheet = records.sheet(about.sheet.id)
        if (!sheet || sheet.pyramid.levels === 0) throw new Refused('not-found')
        const stamp = enter(ask.actor, { act: 'view', board: about.board.id, sheet: about.sheet })
        const view = plainText(32, parts.random) as ViewId
        const until = instant(parts.now() + VIEW_LIVES_MS)
        views.add({
          view,
          session: ask.session.id,
          person: ask.actor.id,
          board: about.board.id,
          of: { sheet: about.sheet.id },
          picture: sheet.pyramid,
          stamp,
          until,
        })
        const { version: _, ...pyramid } = sheet.pyramid
        return { view, code: stamp.code, pyramid, until }
      },
    }),
    route({
      method: 'GET',
      path: '/v/:view/:level/:tile',
      most: 6000,
      actions: 'sheet.view',
      // The look is this sign-in's own, and the right to it is judged again for each tile: closing a board is at once.
      about(ask) {
        const look = views.find(ask.params.view ?? '', ask.session.id)
        const found = look && 'sheet' in look.of && look.person === ask.actor.id ? records.sheet(look.of.sheet) : null
        const board = found && records.board(found.board)
        const place = TILE.exec(ask.params.tile ?? '')
        const level = /^\d{1,2}$/.test(ask.params.level ?? '') ? Number(ask.params.level) : -1
        if (!look || !found || !board || !place) return null
        const [col, row] = [Number(place[1]), Number(place[2])]
        if (level < 0 || !hasTile(look.picture, level, col, row)) return null
        return { board, look, found, level, col, row }
      },
      async handle(ask, { look, found, board, level, col, row }) {
        const format = formatFor(ask.request.headers.accept)
        const { picture: pyramid } = look
        const folder = disk.sheetFolder(found.id, pyramid.version)
        const bytes = await renderTile({ folder, pyramid, level, col, row, stamp: look.stamp, format })
        stillMayLook(ask, { board: records.board(board.id) })
        return picture(ask, bytes, contentType(format))
      },
    }),
    route({
      method: 'GET',
      path: '/api/boards/:id/picture',
      most: 1200,
      actions: 'sheet.view',
      about: board,
      async handle(ask, about) {
        const maxWidth = WIDTHS[(ask.query.w ?? '480') as keyof typeof WIDTHS]
        if (maxWidth === undefined || !Object.hasOwn(WIDTHS, ask.query.w ?? '480'))
          throw new Refused('bad-request', { where: 'w' })
        const [first] = records.sheetsOf(about.board.id).filter((s) => !s.away)
        if (first) await parts.drawn(first.id)
        stillMayLook(ask, { board: records.board(about.board.id) })
        const shown = records.sheetsOf(about.board.id).filter((s) => !s.away && s.pyramid.levels > 0)
        if (shown.length === 0) throw new Refused('not-found')
        const stamp = enter(ask.actor, { act: 'picture', board: about.board.id, sheet: null })
        const format = formatFor(ask.request.headers.accept)
        const sheets = shown
          .slice(0, IN_A_PICTURE)
          .map(({ id, pyramid }) => ({ folder: disk.sheetFolder(id, pyramid.version), pyramid }))
        const bytes = await renderMontage({ sheets, maxWidth, stamp, format })
        stillMayLook(ask, { board: records.board(about.board.id) })
        return picture(ask, bytes, contentType(format))
      },
    }),
    route({
      method: 'GET',
      path: '/api/sheets/:id/original',
      most: 60,
      actions: 'sheet.original',
      about: sheet,
      async handle(ask, about) {
        const from = about.sheet.upload
        const original = from === null ? null : await disk.readOriginal(from)
        if (from === null || original === null) throw new Refused('not-found')
        try {
          enter(ask.actor, { act: 'original', board: about.board.id, sheet: about.sheet })
        } catch (error) {
          original.stream.destroy()
          throw error
        }
        const name = records.upload(from)?.name ?? about.sheet.name
        ask.reply
          .header('content-type', 'application/octet-stream')
          .header('content-length', original.bytes)
          .header('content-disposition', attachment(name))
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('cache-control', 'no-store, private')
        return ask.reply.send(original.stream)
      },
    }),
  ]
}
