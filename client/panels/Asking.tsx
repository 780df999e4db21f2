import { type ReactNode, useState } from 'react'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import type { ImportNoteCode } from '../../shared/pattern/reading.ts'
import type { Answered, AskedPiece, UploadQuestion } from '../../shared/protocol/pattern.ts'
import type { ReportLine } from '../../shared/protocol/report.ts'
import { usePrefs } from '../app/prefs.ts'
import { Button } from '../design/Button.tsx'
import { Choices, NumberField, toNumber } from '../design/Fields.tsx'
import { Notice, useRefusal } from '../design/Notice.tsx'
import { complain } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import css from './asking.module.css'
import { type Upload, useUploads } from './uploads.ts'

/** Pieces named in a sentence; the rest is a number. */
const NAMED = 3
/** Largest answers that the server takes: mm of an allowance, mm of a file's unit. */
const ALLOWANCE_MOST = 100
const UNIT_MOST = 10_000
/** What most people leave, mm: half an inch is the other habit, and is typed. */
const USUAL_MM = 10

/** What casts doubt on all that the file says: to be known before one answers. */
const DAMAGE: readonly ImportNoteCode[] = ['no-end', 'broken-lines', 'changed-since']

const Damage = ({ report }: { report: readonly ReportLine[] }) => {
  const words = useWords()
  const found = report.flatMap((line) =>
    line.code === 'pattern-note' && DAMAGE.includes(line.params.note) ? [line.params] : [],
  )
  return found.length === 0 ? null : (
    <Notice mood="bad">
      {found.map((said) => (
        <p key={said.note}>{words.pattern.notes[said.note](said)}</p>
      ))}
    </Notice>
  )
}

/** A piece as the file draws it, with its longer side measured where a question is about that. */
const Outline = ({ piece, size }: { piece: AskedPiece; size?: string }) => {
  const { width, height, outline } = piece
  const points: string[] = []
  for (let i = 0; i + 1 < outline.length; i += 2) points.push(`${outline[i]},${outline[i + 1]}`)
  const [w, h] = [width * 10, height * 10]
  // Air for the line of the measure, and so that the outline's own stroke is inside.
  const air = Math.max(w, h) * 0.08
  const wide = width >= height
  return (
    <svg
      className={css.outline}
      viewBox={`${-air} ${-air} ${w + 2 * air} ${h + 2 * air}`}
      role="img"
      aria-label={size === undefined ? piece.name : `${piece.name}, ${size}`}
    >
      <polygon points={points.join(' ')} />
      {size !== undefined && (
        <path
          className={css.measure}
          d={
            wide
              ? `M0 ${h + air / 2}H${w}M0 ${h + air / 4}v${air / 2}M${w} ${h + air / 4}v${air / 2}`
              : `M${w + air / 2} 0V${h}M${w + air / 4} 0h${air / 2}M${w + air / 4} ${h}h${air / 2}`
          }
        />
      )}
    </svg>
  )
}

const Shown = ({ pieces, size }: { pieces: readonly AskedPiece[]; size?: string }) => (
  <ul className={css.pieces} data-many={pieces.length > 1}>
    {pieces.map((piece) => (
      <li key={piece.id}>
        <Outline piece={piece} {...(size === undefined ? {} : { size })} />
        <span className={ui.hint} aria-hidden="true">
          {size ?? piece.name}
        </span>
      </li>
    ))}
  </ul>
)

const Question = ({ label, children }: { label: string; children: ReactNode }) => (
  <fieldset className={css.question}>
    <legend>{label}</legend>
    {children}
  </fieldset>
)

type Size = Extract<UploadQuestion, { ask: 'size' }>
type Allowance = Extract<UploadQuestion, { ask: 'allowance' }>
type Included = 'yes' | 'no' | 'unknown'

/**
 * What a pattern's file could not say, asked once with a picture: how large a piece is, and whether its line has the allowance in it.
 */
export const Asking = ({ upload, questions }: { upload: Upload; questions: readonly UploadQuestion[] }) => {
  const words = useWords()
  const format = useFormats()
  const say = useRefusal()
  const { unit } = usePrefs()
  const answer = useUploads((s) => s.answer)
  const per = unit === 'cm' ? 10 : MM_PER_INCH
  const sign = unit === 'cm' ? words.board.view.cm : words.board.view.inch
  const size = questions.find((one): one is Size => one.ask === 'size')
  const allowance = questions.find((one): one is Allowance => one.ask === 'allowance')

  const [choice, choose] = useState('0')
  const [other, setOther] = useState('')
  const [included, setIncluded] = useState<Included>('yes')
  const [wide, setWide] = useState(unit === 'cm' ? String(USUAL_MM / 10) : '3/8')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)

  const first = size?.choices[0]
  const isOther = choice === 'other'
  const otherMm = toNumber(other) * per
  /** The unit of the file, so that the piece measures what was said. */
  const fileUnit = (): number | undefined => {
    if (!size || !first) return undefined
    if (!isOther) return size.choices[Number(choice)]?.mmPerUnit
    return (first.mmPerUnit * otherMm) / (first.cm * 10)
  }
  const taken = fileUnit()
  const sizeWrong = isOther && !(taken !== undefined && taken > 0 && taken <= UNIT_MOST)
  const wideMm = toNumber(wide) * per
  const wideWrong =
    allowance !== undefined &&
    included !== 'unknown' &&
    wide.trim() !== '' &&
    !(wideMm >= 0 && wideMm <= ALLOWANCE_MOST)

  const send = async (): Promise<void> => {
    setTried(true)
    if (sizeWrong || wideWrong) return
    const mm = wide.trim() === '' ? null : wideMm
    const answers: Answered = {
      ...(taken === undefined ? {} : { mmPerUnit: taken }),
      ...(allowance && included !== 'unknown' ? { allowance: { '*': { included: included === 'yes', mm } } } : {}),
    }
    setBusy(true)
    try {
      await answer(upload.key, answers)
    } catch (why) {
      complain(say(why))
    } finally {
      setBusy(false)
    }
  }

  const asks = words.pattern.questions
  const pieceName = (piece: AskedPiece): string => piece.name || words.pattern.asking.unnamed
  const names = (one: Allowance): string => {
    const named = one.pieces.slice(0, NAMED).map(pieceName)
    const rest = one.pieces.length + one.more - named.length
    return format.list(rest > 0 ? [...named, words.pattern.asking.more({ n: rest })] : named)
  }
  const damage = <Damage report={upload.state?.report ?? []} />
  return (
    <form
      className={css.asking}
      onSubmit={(e) => {
        e.preventDefault()
        void send()
      }}
    >
      <p>{words.pattern.asking.about}</p>
      {size && (
        <Question label={asks.size({ piece: pieceName(size.piece), cm: format.length(size.cm * 10, unit) })}>
          {damage}
          <Shown pieces={[size.piece]} size={format.length(size.cm * 10, unit)} />
          <Choices
            label={words.pattern.asking.measures}
            hideLabel
            value={choice}
            options={[
              ...size.choices.map(
                ({ cm }, i) =>
                  [
                    String(i),
                    i === 0
                      ? words.pattern.asking.yesSize({ size: format.length(cm * 10, unit) })
                      : words.pattern.asking.noSize({ size: format.length(cm * 10, unit) }),
                  ] as const,
              ),
              ['other', words.pattern.asking.otherSize] as const,
            ]}
            onValue={choose}
          />
          {isOther && (
            <NumberField
              label={words.pattern.asking.longSide}
              unit={sign}
              value={other}
              onValue={setOther}
              wrong={tried && sizeWrong ? words.pattern.asking.sizeWrong : null}
            />
          )}
        </Question>
      )}
      {allowance && (
        <Question label={asks.allowance({ pieces: names(allowance) })}>
          {!size && damage}
          <Shown pieces={allowance.pieces} />
          <Choices<Included>
            label={words.pattern.asking.included}
            hideLabel
            value={included}
            options={[
              ['yes', words.pattern.asking.isIncluded],
              ['no', words.pattern.asking.isNotIncluded],
              ['unknown', words.pattern.asking.unknown],
            ]}
            onValue={setIncluded}
          />
          {included === 'unknown' ? (
            <p className={ui.hint}>{words.pattern.asking.unknownMeans}</p>
          ) : (
            <NumberField
              label={words.pattern.asking.width}
              hint={words.pattern.asking.widthHint}
              unit={sign}
              value={wide}
              onValue={setWide}
              wrong={tried && wideWrong ? words.pattern.asking.widthWrong : null}
            />
          )}
        </Question>
      )}
      <div>
        <Button look="primary" type="submit" disabled={busy}>
          {words.pattern.asking.send}
        </Button>
      </div>
    </form>
  )
}
