import { usePrefs } from '../app/prefs.ts'
import { Dialog } from '../design/Dialog.tsx'
import { Notice } from '../design/Notice.tsx'
import { TOOLS } from '../tools/index.ts'
import { useWords } from '../words/words.ts'
import css from './panels.module.css'

export const HelpDialog = ({ onClose }: { onClose(): void }) => {
  const words = useWords()
  const { shortcuts } = usePrefs()
  const { help } = words.board
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ...TOOLS.map(({ id, key }) => [words.board.tools[id], [key.toUpperCase()]] as const),
    [help.rows.next, ['J', 'K']],
    [help.rows.help, ['?']],
  ]
  const always: readonly (readonly [string, readonly string[]])[] = [
    [help.rows.undo, [`${help.ctrl} Z`, `${help.ctrl} ${help.shift} Z`]],
    [help.rows.zoom, ['+', '−']],
    [help.rows.fit, ['0']],
    [help.rows.pan, [help.arrows]],
    [help.rows.escape, [help.esc]],
    [help.rows.send, [`${help.ctrl} ${help.enter}`]],
  ]
  const table = (list: typeof rows) => (
    <dl className={css.keys}>
      {list.map(([what, keys]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
  return (
    <Dialog title={help.title} onClose={onClose} reading>
      {!shortcuts && <Notice>{help.off}</Notice>}
      {shortcuts && table(rows)}
      {table(always)}
    </Dialog>
  )
}
