import { useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { usePrefs } from '../app/prefs.ts'
import { Choices, NumberField, TextField, toNumber } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { FURTHEST } from './lay.ts'
import { useCommand } from './useCommand.ts'

/** What a sheet is called. */
export const NameForm = ({ sheet, onClose }: { sheet: Sheet; onClose(): void }) => {
  const words = useWords()
  const { session } = useDesk()
  const { busy, problem, run } = useCommand(onClose)
  const [name, setName] = useState(sheet.name)
  return (
    <FormDialog
      title={words.board.sheets.rename}
      act={words.app.save}
      busy={busy}
      problem={problem}
      onDo={() => {
        if (name.trim() !== '')
          run(session.command('sheet.name', { sheet: sheet.id, name }), words.board.sheets.renamed)
      }}
      onClose={onClose}
    >
      <TextField
        label={words.board.sheets.name}
        value={name}
        maxLength={120}
        onValue={setName}
        wrong={name.trim() === '' ? words.door.needed : null}
      />
    </FormDialog>
  )
}

type Turn = Sheet['place']['turn']
const TURNS = [0, 1, 2, 3] as const

/** Where a sheet lies, by numbers. */
export const PlaceForm = ({ sheet, onClose }: { sheet: Sheet; onClose(): void }) => {
  const words = useWords()
  const { unit } = usePrefs()
  const { session } = useDesk()
  const { busy, problem, run } = useCommand(onClose)
  const step = unit === 'cm' ? 10 : MM_PER_INCH
  const unitText = unit === 'cm' ? words.board.view.cm : words.board.view.inch
  const shown = (n: number): string => String(Math.round((n / step) * 100) / 100)
  const [x, setX] = useState(shown(sheet.place.x))
  const [y, setY] = useState(shown(sheet.place.y))
  const [turn, setTurn] = useState<Turn>(sheet.place.turn)
  const [right, down] = [toNumber(x) * step, toNumber(y) * step]
  const wrong = (n: number): string | null => (Math.abs(n) <= FURTHEST ? null : words.board.sheets.numberBad)
  return (
    <FormDialog
      title={words.board.sheets.placeTitle}
      act={words.board.sheets.place}
      busy={busy}
      problem={problem}
      onDo={() => {
        if (wrong(right) === null && wrong(down) === null)
          run(
            session.command('sheet.place', { places: [{ sheet: sheet.id, x: right, y: down, turn }] }),
            words.board.sheets.moved,
          )
      }}
      onClose={onClose}
    >
      <p className={ui.hint}>{words.board.sheets.placeHelp}</p>
      <div className={ui.row}>
        <NumberField label={words.board.form.x} unit={unitText} value={x} onValue={setX} wrong={wrong(right)} />
        <NumberField label={words.board.form.y} unit={unitText} value={y} onValue={setY} wrong={wrong(down)} />
      </div>
      <Choices
        label={words.board.sheets.turn}
        value={String(turn)}
        options={TURNS.map((t) => [String(t), words.board.sheets.degrees({ n: t * 90 })] as const)}
        onValue={(t) => setTurn(Number(t) as Turn)}
      />
    </FormDialog>
  )
}
