import { useState } from 'react'
import { sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { usePrefs } from '../app/prefs.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { Check, Choices, FormActions, NumberField, TextField, toNumber } from '../design/Fields.tsx'
import { Problem } from '../design/Notice.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { layTogether } from './lay.ts'
import { useWatched } from './watch.ts'

/** Carries a command out and tells how it went. */
const useCommand = (onDone: () => void) => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  return {
    busy,
    problem,
    run(command: Promise<unknown>, told: string): void {
      setBusy(true)
      setProblem(null)
      command
        .then(() => {
          toast(told)
          onDone()
        })
        .catch((why) => setProblem(why))
        .finally(() => setBusy(false))
    },
  }
}

/** Says how long something on a photo really is: a line drawn over it, or both numbers typed. */
export const ScaleForm = ({ sheet, line, onClose }: { sheet: Sheet; line: number | null; onClose(): void }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const { session, take } = useDesk()
  const { busy, problem, run } = useCommand(onClose)
  const [pixels, setPixels] = useState(line === null ? '' : String(Math.round(line)))
  const [real, setReal] = useState('')
  const [tried, setTried] = useState(false)
  const [px, length] = [toNumber(pixels), toNumber(real)]
  const good = (n: number): boolean => Number.isFinite(n) && n > 0
  return (
    <Dialog title={words.board.sheets.scaleTitle} onClose={onClose}>
      <form
        className={ui.form}
        onSubmit={(e) => {
          e.preventDefault()
          setTried(true)
          if (!good(px) || !good(length)) return
          const mmPerUnit = (length * (unit === 'cm' ? 10 : MM_PER_INCH)) / px
          const size = words.board.sheets.size({
            width: format.length(sheet.width * mmPerUnit, unit),
            height: format.length(sheet.height * mmPerUnit, unit),
          })
          run(session.command('sheet.scale', { sheet: sheet.id, mmPerUnit }), words.board.sheets.scaleDone({ size }))
        }}
      >
        <Problem problem={problem} />
        {line === null ? (
          <>
            <div>
              <Button
                icon="scale"
                onClick={() => {
                  take('scale')
                  onClose()
                }}
              >
                {words.board.sheets.scaleLine}
              </Button>
            </div>
            <p className={ui.hint}>{words.board.sheets.scaleNumbers}</p>
            <NumberField
              label={words.board.sheets.scalePixels}
              unit={words.board.form.unitPx}
              value={pixels}
              onValue={setPixels}
              wrong={tried && !good(px) ? words.door.needed : null}
            />
          </>
        ) : (
          <p>
            {words.board.sheets.scaleDrawn({ pixels: `${format.number(Math.round(line))} ${words.board.form.unitPx}` })}
          </p>
        )}
        <NumberField
          label={words.board.sheets.scaleReal}
          unit={unit === 'cm' ? words.board.view.cm : words.board.view.inch}
          value={real}
          onValue={setReal}
          wrong={tried && !good(length) ? words.door.needed : null}
        />
        <FormActions act={words.board.sheets.scaleDo} onCancel={onClose} busy={busy} />
      </form>
    </Dialog>
  )
}

export const NameForm = ({ sheet, onClose }: { sheet: Sheet; onClose(): void }) => {
  const words = useWords()
  const { session } = useDesk()
  const { busy, problem, run } = useCommand(onClose)
  const [name, setName] = useState(sheet.name)
  return (
    <Dialog title={words.board.sheets.rename} onClose={onClose}>
      <form
        className={ui.form}
        onSubmit={(e) => {
          e.preventDefault()
          if (name.trim() !== '')
            run(session.command('sheet.name', { sheet: sheet.id, name }), words.board.sheets.renamed)
        }}
      >
        <Problem problem={problem} />
        <TextField
          label={words.board.sheets.name}
          value={name}
          maxLength={120}
          onValue={setName}
          wrong={name.trim() === '' ? words.door.needed : null}
        />
        <FormActions act={words.app.save} onCancel={onClose} busy={busy} />
      </form>
    </Dialog>
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
  return (
    <Dialog title={words.board.sheets.placeTitle} onClose={onClose}>
      <form
        className={ui.form}
        onSubmit={(e) => {
          e.preventDefault()
          if (Number.isFinite(right) && Number.isFinite(down))
            run(
              session.command('sheet.place', { places: [{ sheet: sheet.id, x: right, y: down, turn }] }),
              words.board.sheets.moved,
            )
        }}
      >
        <Problem problem={problem} />
        <p className={ui.hint}>{words.board.sheets.placeHelp}</p>
        <div className={ui.row}>
          <NumberField
            label={words.board.form.x}
            unit={unitText}
            value={x}
            onValue={setX}
            wrong={Number.isFinite(right) ? null : words.door.needed}
          />
          <NumberField
            label={words.board.form.y}
            unit={unitText}
            value={y}
            onValue={setY}
            wrong={Number.isFinite(down) ? null : words.door.needed}
          />
        </div>
        <Choices
          label={words.board.sheets.turn}
          value={String(turn)}
          options={TURNS.map((t) => [String(t), words.board.sheets.degrees({ n: t * 90 })] as const)}
          onValue={(t) => setTurn(Number(t) as Turn)}
        />
        <FormActions act={words.board.sheets.place} onCancel={onClose} busy={busy} />
      </form>
    </Dialog>
  )
}

/** Lays the pages of a tiled pattern together, row by row. */
export const LayForm = ({ onClose }: { onClose(): void }) => {
  const words = useWords()
  const { session, handle } = useDesk()
  const { sheets } = useWatched(session.records)
  const { busy, problem, run } = useCommand(onClose)
  const pages = sheets.filter(({ away }) => !away)
  const [chosen, setChosen] = useState<ReadonlySet<SheetId>>(
    new Set(pages.filter(({ kind }) => kind === 'pdf').map(({ id }) => id)),
  )
  const [columns, setColumns] = useState('3')
  const [overlap, setOverlap] = useState('0')
  const [margin, setMargin] = useState('0')
  const numbers = { columns: toNumber(columns), overlap: toNumber(overlap), margin: toNumber(margin) }
  const wrong = {
    columns: Number.isInteger(numbers.columns) && numbers.columns >= 1 ? null : words.door.needed,
    overlap: Number.isFinite(numbers.overlap) ? null : words.door.needed,
    margin: Number.isFinite(numbers.margin) ? null : words.door.needed,
  }
  const list = pages.filter(({ id }) => chosen.has(id))
  return (
    <Dialog title={words.board.sheets.layTitle} onClose={onClose}>
      <form
        className={ui.form}
        onSubmit={(e) => {
          e.preventDefault()
          if (list.length === 0 || Object.values(wrong).some((w) => w !== null)) return
          const places = layTogether(list, numbers)
          run(
            session.command('sheet.place', { places }).then(() => handle?.fit()),
            words.board.sheets.layDone({ n: places.length }),
          )
        }}
      >
        <Problem problem={problem} />
        <p className={ui.hint}>{words.board.sheets.layHelp}</p>
        <div className={ui.row}>
          <NumberField
            label={words.board.sheets.layColumns}
            unit=""
            value={columns}
            onValue={setColumns}
            wrong={wrong.columns}
          />
          <NumberField
            label={words.board.sheets.layOverlap}
            unit={words.board.sheets.layMm}
            value={overlap}
            onValue={setOverlap}
            wrong={wrong.overlap}
          />
          <NumberField
            label={words.board.sheets.layMargin}
            unit={words.board.sheets.layMm}
            value={margin}
            onValue={setMargin}
            wrong={wrong.margin}
          />
        </div>
        <fieldset>
          <legend className={ui.label}>{words.board.sheets.laySheets}</legend>
          {pages.map((sheet) => (
            <Check
              key={sheet.id}
              checked={chosen.has(sheet.id)}
              onValue={(on) => {
                const next = new Set(chosen)
                if (on) next.add(sheet.id)
                else next.delete(sheet.id)
                setChosen(next)
              }}
            >
              {sheet.name} <SizeText sheet={sheet} />
            </Check>
          ))}
        </fieldset>
        <FormActions act={words.board.sheets.layDo} onCancel={onClose} busy={busy || list.length === 0} />
      </form>
    </Dialog>
  )
}

/** The real size of a sheet as it lies, or its pixels where nobody has said it. */
export const SizeText = ({ sheet }: { sheet: Sheet }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const { width, height } = sizeOnBoard(sheet)
  return (
    <span className={ui.hint}>
      {sheet.scale === 'assumed'
        ? `${sheet.width} × ${sheet.height} ${words.board.form.unitPx}`
        : words.board.sheets.size({ width: format.length(width, unit), height: format.length(height, unit) })}
    </span>
  )
}
