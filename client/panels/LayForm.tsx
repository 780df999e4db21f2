import { useState } from 'react'
import { type Box, boxOf } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import { usePrefs } from '../app/prefs.ts'
import { Check, NumberField, toNumber, Wrong } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { boxOfLaid, columnsFor, FURTHEST, layTogether } from './lay.ts'
import { SizeText } from './SizeText.tsx'
import css from './sheets.module.css'
import { useCommand } from './useCommand.ts'
import { useWatched } from './watch.ts'

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
