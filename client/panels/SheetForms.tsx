import { useState } from 'react'
import { type Box, boxOf, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { usePrefs } from '../app/prefs.ts'
import { Button } from '../design/Button.tsx'
import { Check, Choices, NumberField, TextField, toNumber, Wrong } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { boxOfLaid, columnsFor, layTogether, scaleFrom } from './lay.ts'
import css from './sheets.module.css'
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

type Part = 'width' | 'height' | 'other'

/** Says how long something on a photo really is: a line drawn over it, the whole photo, or any length in pixels. */
export const ScaleForm = ({ sheet, line, onClose }: { sheet: Sheet; line: number | null; onClose(): void }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const { session, take, handle } = useDesk()
  const { busy, problem, run } = useCommand(onClose)
  const [part, setPart] = useState<Part>('width')
  const [pixels, setPixels] = useState('')
  const [real, setReal] = useState('')
  const [tried, setTried] = useState(false)
  const typed = toNumber(pixels)
  const length = toNumber(real)
  const px = line ?? { width: sheet.width, height: sheet.height, other: typed }[part]
  const mmPerUnit = scaleFrom(px, length * (unit === 'cm' ? 10 : MM_PER_INCH))
  const size =
    mmPerUnit === null
      ? ''
      : words.board.sheets.size({
          width: format.length(sheet.width * mmPerUnit, unit),
          height: format.length(sheet.height * mmPerUnit, unit),
        })
  const inPixels = (n: number): string => `${format.number(Math.round(n))} ${words.board.form.unitPx}`
  const wrongReal = length > 0 ? (px > 0 && mmPerUnit === null ? words.board.sheets.scaleOdd : null) : words.door.needed
  return (
    <FormDialog
      title={words.board.sheets.scaleTitle}
      act={words.board.sheets.scaleDo}
      busy={busy}
      problem={problem}
      onDo={() => {
        setTried(true)
        if (mmPerUnit !== null)
          run(session.command('sheet.scale', { sheet: sheet.id, mmPerUnit }), words.board.sheets.scaleDone({ size }))
      }}
      onClose={onClose}
    >
      {line === null ? (
        <>
          <div>
            <Button
              icon="scale"
              onClick={() => {
                take('scale')
                handle?.fit({ sheet: sheet.id })
                onClose()
              }}
            >
              {words.board.sheets.scaleLine}
            </Button>
          </div>
          <p className={ui.hint}>{words.board.sheets.scaleNumbers}</p>
          <Choices<Part>
            label={words.board.sheets.scalePart}
            value={part}
            options={[
              ['width', words.board.sheets.scaleWidth],
              ['height', words.board.sheets.scaleHeight],
              ['other', words.board.sheets.scaleOther],
            ]}
            onValue={setPart}
          />
          {part === 'other' && (
            <NumberField
              label={words.board.sheets.scalePixels}
              hint={words.board.sheets.size({ width: inPixels(sheet.width), height: inPixels(sheet.height) })}
              unit={words.board.form.unitPx}
              value={pixels}
              onValue={setPixels}
              wrong={tried && !(typed > 0) ? words.door.needed : null}
            />
          )}
        </>
      ) : (
        <p>{words.board.sheets.scaleDrawn({ pixels: inPixels(line) })}</p>
      )}
      <NumberField
        label={words.board.sheets.scaleReal}
        unit={unit === 'cm' ? words.board.view.cm : words.board.view.inch}
        value={real}
        onValue={setReal}
        wrong={tried ? wrongReal : null}
      />
      {size !== '' && (
        <p className={ui.hint} role="status">
          {words.board.sheets.scaleGives({ size })}
        </p>
      )}
    </FormDialog>
  )
}

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

/** Millimetres from the middle of the table, as far as the server takes a place. */
const FURTHEST = 1e6

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

/** How the pages will lie, each with its number. */
const Preview = ({ boxes, box }: { boxes: readonly Box[]; box: Box }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const size = words.board.sheets.size({
    width: format.length(box.width, unit),
    height: format.length(box.height, unit),
  })
  return (
    <figure className={css.preview}>
      <svg
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        role="img"
        aria-label={words.board.sheets.layPreview}
      >
        {boxes.map(({ x, y, width, height }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number here
          <g key={i}>
            <rect x={x} y={y} width={width} height={height} />
            <text x={x + width / 2} y={y + height / 2} fontSize={Math.min(width, height) / 3}>
              {i + 1}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className={ui.hint}>
        <span role="status">{words.board.sheets.layGives({ size })}</span>
      </figcaption>
    </figure>
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
    () => new Set(pages.filter(({ kind }) => kind === 'pdf').map(({ id }) => id)),
  )
  const [columns, setColumns] = useState(() => String(columnsFor(chosen.size)))
  const [overlap, setOverlap] = useState('0')
  const [margin, setMargin] = useState('0')
  const numbers = { columns: toNumber(columns), overlap: toNumber(overlap), margin: toNumber(margin) }
  const notNegative = (n: number): string | null => (n >= 0 && n <= FURTHEST ? null : words.board.sheets.numberBad)
  const wrong = {
    columns: Number.isInteger(numbers.columns) && numbers.columns >= 1 ? null : words.board.sheets.numberBad,
    overlap: notNegative(numbers.overlap),
    margin: notNegative(numbers.margin),
  }
  const list = pages.filter(({ id }) => chosen.has(id))
  const understood = Object.values(wrong).every((w) => w === null)
  const places = understood && list.length > 0 ? layTogether(list, numbers) : null
  const boxes = (places ?? []).flatMap((laid, i) => {
    const page = list[i]
    return page ? [boxOfLaid(page, laid)] : []
  })
  const box = boxOf(
    boxes.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  )
  return (
    <FormDialog
      title={words.board.sheets.layTitle}
      act={words.board.sheets.layDo}
      busy={busy || !places}
      problem={problem}
      onDo={() => {
        if (places && box)
          run(
            session.command('sheet.place', { places }).then(() => handle?.fit({ box })),
            words.board.sheets.layDone({ n: places.length }),
          )
      }}
      onClose={onClose}
    >
      <p className={ui.hint}>{words.board.sheets.layHelp}</p>
      <fieldset>
        <legend className={ui.label}>{words.board.sheets.laySheets}</legend>
        <div className={css.pages}>
          <Check
            checked={list.length === pages.length}
            onValue={(on) => setChosen(new Set(on ? pages.map(({ id }) => id) : []))}
          >
            {words.board.sheets.layAll}
          </Check>
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
        </div>
      </fieldset>
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
      {understood && list.length > 0 && !places && (
        <div role="alert">
          <Wrong>{words.board.sheets.layNothing}</Wrong>
        </div>
      )}
      {box && <Preview boxes={boxes} box={box} />}
    </FormDialog>
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
