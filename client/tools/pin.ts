import { sheetAt, toSheet } from '../../shared/domain/geometry.ts'
import type { Preview, Tool } from './tool.ts'

type State = { readonly at: 'rest' } | { readonly at: 'holding' }
const rest: State = { at: 'rest' }

/** Put down, slid to the exact place, and stuck in on release. */
export const pin: Tool<State> = {
  id: 'pin',
  key: 'a',
  rest,
  enter: 'tap',
  step(state, event, table) {
    if (event.type === 'cancel') return { state: rest }
    if (event.type === 'finish' || event.type === 'back') return { state }
    if (state.at === 'rest' && event.type !== 'down') return { state }
    const sheet = sheetAt(table.sheets, event.at)
    if (!sheet) return { state: rest }
    const preview: Preview = { sheet: sheet.id, shape: { kind: 'pin', at: toSheet(sheet, event.at) } }
    if (event.type !== 'up') return { state: { at: 'holding' }, preview }
    return { state: rest, commit: { do: 'add', ...preview } }
  },
}
