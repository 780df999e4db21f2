import type { KeyboardEvent } from 'react'
import { SAYS } from '../../shared/domain/mark.ts'
import { usePrefs } from '../app/prefs.ts'
import { Icon } from '../brand/icons.tsx'
import ui from '../design/ui.module.css'
import type { ToolId } from '../sync/contract.ts'
import { leavesMarks, TOOLS } from '../tools/index.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { useWatched } from './watch.ts'

/** Arrow keys walk a toolbar; Tab leaves it. */
const walk = (e: KeyboardEvent<HTMLElement>): void => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key]
  if (step === undefined) return
  const buttons = [...e.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  buttons[(at + step + buttons.length) % buttons.length]?.focus()
  e.preventDefault()
  e.stopPropagation()
}

/** The tools that make sense here: a scale is for the owner of a photo, marks need a sheet. */
const useTools = (): readonly { id: ToolId; key: string }[] => {
  const { session, own } = useDesk()
  const { sheets } = useWatched(session.records)
  const onTable = sheets.filter(({ away }) => !away)
  return TOOLS.filter(
    ({ id }) =>
      (id !== 'scale' || (own && onTable.some(({ kind }) => kind === 'photo'))) &&
      ((id !== 'propose' && !leavesMarks(id)) || onTable.length > 0),
  ).map(({ id, key }) => ({ id, key }))
}

/** The type of the next mark: its colour, icon and word. */
export const NextSays = () => {
  const words = useWords()
  const { says, setSays } = useDesk()
  return (
    <fieldset className={css.nextSays}>
      <legend className="unseen">{words.board.tools.typeFor}</legend>
      {SAYS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={says === one}
          className={`${ui.says} ${ui[one]}`}
          title={words.saysHelp[one]}
          onClick={() => setSays(one)}
        >
          <Icon name={one} />
          {words.says[one]}
        </button>
      ))}
    </fieldset>
  )
}

export const Tools = ({ lying }: { lying?: boolean }) => {
  const words = useWords()
  const { shortcuts } = usePrefs()
  const { tool, take } = useDesk()
  const tools = useTools().filter(({ id }) => !lying || (id !== 'select' && id !== 'hand'))
  return (
    <div
      role="toolbar"
      aria-label={words.board.tools.title}
      aria-orientation={lying ? 'horizontal' : 'vertical'}
      className={lying ? css.toolsLying : css.tools}
      onKeyDown={walk}
    >
      {tools.map(({ id, key }, i) => (
        <button
          key={id}
          type="button"
          aria-pressed={tool === id}
          tabIndex={tool === id || (i === 0 && !tools.some((one) => one.id === tool)) ? 0 : -1}
          title={`${words.board.tools[id]}${shortcuts ? ` (${words.board.tools.key({ key: key.toUpperCase() })})` : ''}. ${words.board.tools.help[id]}`}
          {...(shortcuts ? { 'aria-keyshortcuts': key } : {})}
          onClick={() => take(id)}
        >
          <Icon name={id} />
          <span>{words.board.tools[id]}</span>
        </button>
      ))}
    </div>
  )
}
