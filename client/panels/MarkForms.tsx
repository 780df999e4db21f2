import { useState } from 'react'
import type { SheetId } from '../../shared/domain/ids.ts'
import {
  CAPS,
  DRAWN_KINDS,
  type DrawnKind,
  type Mark,
  type MarkKind,
  pointsOf,
  type Says,
} from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { usePrefs } from '../app/prefs.ts'
import { Button } from '../design/Button.tsx'
import { NumberField, SelectField, toNumber, Wrong } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { AudienceLine } from './AudienceLine.tsx'
import { fromTyped, movedOnBoard, offered, POINTS, shapeThrough, stepOf, type Typed, toTyped } from './coordinates.ts'
import { type Homeless, useDesk } from './desk.ts'
import { MentionBox } from './MentionBox.tsx'
import { toKept } from './mentions.ts'
import { SaysChoice } from './SaysChoice.tsx'
import { useMentionables, useReason } from './useBoardWords.ts'
import { useWatched } from './watch.ts'

const useUnitText = (sheet: Sheet | undefined): string => {
  const words = useWords()
  const { unit } = usePrefs()
  if (sheet?.scale === 'assumed') return words.board.form.unitPx
  return unit === 'cm' ? words.board.form.unitCm : words.board.form.unitIn
}

const PointsFields = ({
  points,
  onPoints,
  kind,
  unit,
}: {
  points: readonly Typed[]
  onPoints(points: readonly Typed[]): void
  kind: MarkKind
  unit: string
}) => {
  const words = useWords()
  const [least, most] = POINTS[kind]
  return (
    <>
      {points.map((p, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: points have no identity but their place
        <fieldset key={i} className={ui.row}>
          <legend className={points.length > 1 ? ui.label : 'unseen'}>{words.board.form.point({ n: i + 1 })}</legend>
          <NumberField
            label={words.board.form.x}
            unit={unit}
            value={p.x}
            onValue={(x) => onPoints(points.with(i, { ...p, x }))}
          />
          <NumberField
            label={words.board.form.y}
            unit={unit}
            value={p.y}
            onValue={(y) => onPoints(points.with(i, { ...p, y }))}
          />
          {points.length > least && (
            <Button
              look="quiet"
              icon="close"
              iconOnly
              onClick={() => onPoints(points.filter((_, other) => other !== i))}
            >
              {words.board.form.removePoint({ n: i + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      {points.length < most && least !== most && (
        <div>
          <Button small icon="add" onClick={() => onPoints([...points, points.at(-1) ?? { x: '0', y: '0' }])}>
            {words.board.form.addPoint}
          </Button>
        </div>
      )}
    </>
  )
}

/** A mark made without a hand on the canvas: what, where in numbers, and what it says. */
export const AddMark = ({ from, onClose }: { from?: Homeless | undefined; onClose(): void }) => {
  const words = useWords()
  const { unit } = usePrefs()
  const { session, says: lastSays, setSays: keepSays, goTo, openTab, typed } = useDesk()
  const { sheets } = useWatched(session.records)
  const people = useMentionables()
  const reason = useReason()
  const onTable = sheets.filter(({ away }) => !away)
  const [sheetId, setSheetId] = useState<SheetId | undefined>(onTable[0]?.id)
  const sheet = onTable.find(({ id }) => id === sheetId)
  const [kind, setKind] = useState<DrawnKind>('pin')
  const start = (s: Sheet | undefined, k: DrawnKind): Typed[] =>
    s ? offered(s, k).map((p) => toTyped(s, unit, p)) : []
  const [points, setPoints] = useState<readonly Typed[]>(() => start(sheet, 'pin'))
  const [says, setSays] = useState<Says>(lastSays)
  const [text, setText] = useState(from?.text ?? '')
  const [wrong, setWrong] = useState<{ where: 'points' | 'text'; why: string } | null>(null)
  const unitText = useUnitText(sheet)
  if (!sheet) return null
  const send = (): void => {
    const read = points.map(({ x, y }) => fromTyped(sheet, unit, toNumber(x), toNumber(y)))
    const shape = read.some((p) => p === null)
      ? null
      : shapeThrough(
          kind,
          read.flatMap((p) => p ?? []),
        )
    if (!shape) {
      setWrong({ where: 'points', why: words.board.form.outside })
      return
    }
    const kept = toKept(text, people).trim()
    if (kept === '') {
      setWrong({ where: 'text', why: words.board.composer.empty })
      return
    }
    if (kept.length > CAPS.text) return
    const id = session.newMarkId()
    const verdict = session.act({
      do: 'add',
      mark: { id, sheet: sheet.id, shape, words: { says, text: kept }, done: false, replies: [] },
    })
    if (!verdict.ok) {
      setWrong({ where: 'text', why: reason(verdict.reason) })
      return
    }
    keepSays(says)
    if (from?.is === 'draft') session.discard(from.draft)
    if (from?.is === 'typed') typed.delete(from.place)
    onClose()
    goTo(id)
    openTab('thread')
  }
  return (
    <FormDialog title={words.board.form.addTitle} act={words.board.form.add} onDo={send} onClose={onClose}>
      <div className={ui.row}>
        <SelectField
          label={words.board.form.kind}
          value={kind}
          options={DRAWN_KINDS.map((one) => [one, words.board.tools[one]] as const)}
          onValue={(next) => {
            setKind(next)
            setPoints(start(sheet, next))
          }}
        />
        <SelectField<string>
          label={words.board.form.sheet}
          value={sheet.id}
          options={onTable.map(({ id, name }) => [id, name] as const)}
          onValue={(id) => {
            setSheetId(id as SheetId)
            setPoints(
              start(
                onTable.find((one) => one.id === id),
                kind,
              ),
            )
          }}
        />
      </div>
      <p className={ui.hint}>{sheet.scale === 'assumed' ? words.board.form.cornerPx : words.board.form.corner}</p>
      <PointsFields points={points} onPoints={setPoints} kind={kind} unit={unitText} />
      {wrong?.where === 'points' && <Wrong>{wrong.why}</Wrong>}
      <SaysChoice value={says} onValue={setSays} />
      <MentionBox
        label={words.board.composer.write}
        hint={words.board.composer.writeHint}
        value={text}
        onValue={setText}
        onSend={send}
        people={people}
        wrong={wrong?.where === 'text' ? wrong.why : null}
      />
      <AudienceLine />
    </FormDialog>
  )
}

/** More points than these are moved together. */
const FEW = 12

/** Moves a mark by numbers: point by point where there are few, or the whole of it. */
export const MoveMark = ({ mark, onClose }: { mark: Mark; onClose(): void }) => {
  const words = useWords()
  const { unit } = usePrefs()
  const { session, goTo } = useDesk()
  const { sheets } = useWatched(session.records)
  const reason = useReason()
  const sheet = sheets.find(({ id }) => id === mark.sheet)
  const { shape } = mark
  const byPoint = shape.kind !== 'pen' && pointsOf(shape).length <= FEW
  const [points, setPoints] = useState<readonly Typed[]>(() =>
    sheet ? pointsOf(shape).map((p) => toTyped(sheet, unit, p)) : [],
  )
  const [by, setBy] = useState<Typed>({ x: '0', y: '0' })
  const [wrong, setWrong] = useState<string | null>(null)
  const unitText = useUnitText(sheet)
  if (!sheet) return null
  const send = (): void => {
    const read = points.map(({ x, y }) => fromTyped(sheet, unit, toNumber(x), toNumber(y)))
    const step = stepOf(sheet, unit)
    const [right, down] = [toNumber(by.x) * step, toNumber(by.y) * step]
    const after = byPoint
      ? read.some((p) => p === null)
        ? null
        : shapeThrough(
            shape.kind,
            read.flatMap((p) => p ?? []),
          )
      : Number.isFinite(right) && Number.isFinite(down)
        ? movedOnBoard(sheet, shape, right, down)
        : null
    if (!after) {
      setWrong(words.board.form.outside)
      return
    }
    const verdict = session.act({ do: 'move', mark: mark.id, shape: after })
    if (!verdict.ok) {
      setWrong(reason(verdict.reason))
      return
    }
    onClose()
    goTo(mark.id)
  }
  return (
    <FormDialog title={words.board.form.moveTitle} act={words.board.form.move} onDo={send} onClose={onClose}>
      {byPoint ? (
        <>
          <p className={ui.hint}>{sheet.scale === 'assumed' ? words.board.form.cornerPx : words.board.form.corner}</p>
          <PointsFields points={points} onPoints={setPoints} kind={shape.kind} unit={unitText} />
        </>
      ) : (
        <>
          <p className={ui.hint}>{words.board.form.moveHelp}</p>
          <div className={ui.row}>
            <NumberField
              label={words.board.form.right}
              unit={unitText}
              value={by.x}
              onValue={(x) => setBy({ ...by, x })}
            />
            <NumberField
              label={words.board.form.down}
              unit={unitText}
              value={by.y}
              onValue={(y) => setBy({ ...by, y })}
            />
          </div>
        </>
      )}
      {wrong && <Wrong>{wrong}</Wrong>}
    </FormDialog>
  )
}
