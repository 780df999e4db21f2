import type { BoardId, ViewId } from '../../shared/domain/ids.ts'
import { instant } from '../../shared/domain/units.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { View } from '../../shared/protocol/api.ts'
import { plainText } from '../auth/random.ts'
import { contentType, formatFor, renderTile } from '../media/render.ts'
import { type Ask, type Route, route } from './ask.ts'
import { mayRead } from './cards.ts'
import { entering } from './entering.ts'
import { looking } from './looking.ts'
import type { Parts } from './parts.ts'
import { VIEW_LIVES_MS } from './views.ts'

/** Pictures that people bring for looks. Their firm alone sees one until a proposal shows it; a look at it is entered like one at a sheet. */
export const swatchRoutes = (parts: Parts): Route[] => {
  const { records, views, disk, uploads, swatches } = parts
  const enter = entering(parts)
  const { stillMayLook, picture } = looking(parts)

  const board = (ask: Ask) => {
    const found = records.board(ask.params.id as BoardId)
    return found && { board: found, proposes: 'diseno' as const }
  }
  const swatch = async (ask: Ask, id: SwatchId) => {
    const stored = records.swatch(id)
    const board = stored && records.board(stored.board)
    if (!stored || !board) return null
    // Nothing is opened for whoever may not look: what they learn is no slower either.
    const named = mayRead(ask, board) && (await swatches.isNamed(stored))
    return { board, stored, swatch: { ...stored, named } }
  }

  return [
    route({
      method: 'POST',
      path: '/api/boards/:id/swatches',
      most: 60,
      actions: 'swatch.add',
      about: board,
      async handle(ask, about) {
        const state = await uploads.receive(ask.actor, about.board.id, ask.request, 'swatch')
        ask.reply.code(202)
        return state
      },
    }),
    route({
      method: 'POST',
      path: '/api/swatches/:id/views',
      actions: 'swatch.view',
      about: (ask) => swatch(ask, ask.params.id as SwatchId),
      handle(ask, { board, stored }): View {
        const stamp = enter(ask.actor, { act: 'swatch', board: board.id, sheet: stored })
        const view = plainText(32, parts.random) as ViewId
        const until = instant(parts.now() + VIEW_LIVES_MS)
        views.add({
          view,
          session: ask.session.id,
          person: ask.actor.id,
          board: board.id,
          of: { swatch: stored.id },
          picture: stored.pyramid,
          stamp,
          until,
        })
        return { view, code: stamp.code, pyramid: stored.pyramid, until }
      },
    }),
    route({
      method: 'GET',
      path: '/v/:view',
      most: 1200,
      actions: 'swatch.view',
      // This sign-in's own, and judged again: a board that closes or a proposal that is withdrawn ends it at once.
      async about(ask) {
        const look = views.find(ask.params.view ?? '', ask.session.id)
        if (!look || !('swatch' in look.of) || look.person !== ask.actor.id) return null
        const about = await swatch(ask, look.of.swatch)
        return about && { ...about, look }
      },
      async handle(ask, { board, stored, look }) {
        const format = formatFor(ask.request.headers.accept)
        const { picture: pyramid, stamp } = look
        const folder = disk.swatchFolder(stored.id)
        const bytes = await renderTile({ folder, pyramid, level: 0, col: 0, row: 0, stamp, format })
        stillMayLook(ask, { board: records.board(board.id) })
        return picture(ask, bytes, contentType(format))
      },
    }),
  ]
}
