import { useEffect, useRef } from 'react'
import { type ReportLine, type ReportLines, SEVERITIES } from '../../shared/protocol/report.ts'
import { usePrefs } from '../app/prefs.ts'
import { useWho } from '../app/signed.ts'
import { Button } from '../design/Button.tsx'
import { Wrong } from '../design/Fields.tsx'
import { useRefusal } from '../design/Notice.tsx'
import { complain } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { Asking } from './Asking.tsx'
import { useDesk } from './desk.ts'
import { FileInput } from './FileInput.tsx'
import css from './sheets.module.css'
import { UploadProgress } from './UploadProgress.tsx'
import { isAsking, isRunning, type Upload, useUploads } from './uploads.ts'
import { useOutcome } from './useOutcome.ts'
import { useTake } from './useTake.ts'

/** DXF too: whoever takes the wrong button has a pattern all the same. */
const ACCEPT = '.jpg,.jpeg,.png,.webp,.pdf,.svg,.dxf,.rul,image/jpeg,image/png,image/webp,image/svg+xml,application/pdf'
const ACCEPT_PATTERN = '.dxf,.rul,.svg,image/svg+xml'

/** Files by hand, or from the camera. */
export const UploadHere = () => {
  const words = useWords()
  const take = useTake()
  const files = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const patterns = useRef<HTMLInputElement>(null)
  return (
    <div className={css.drop}>
      <div className={css.dropActs}>
        <Button look="primary" icon="upload" onClick={() => files.current?.click()}>
          {words.board.sheets.upload}
        </Button>
        <Button icon="upload" onClick={() => patterns.current?.click()}>
          {words.board.sheets.uploadPattern}
        </Button>
        <Button className={css.camera ?? ''} icon="camera" onClick={() => camera.current?.click()}>
          {words.board.sheets.take}
        </Button>
      </div>
      <p className={ui.hint}>
        {words.board.sheets.accepts} {words.board.sheets.acceptsPattern} {words.board.sheets.originalStays}
      </p>
      <FileInput
        input={files}
        label={words.board.sheets.upload}
        accept={ACCEPT}
        multiple
        onFiles={(files) => take(files)}
      />
      <FileInput
        input={patterns}
        label={words.board.sheets.uploadPattern}
        accept={ACCEPT_PATTERN}
        multiple
        onFiles={(files) => take(files, true)}
      />
      <FileInput
        input={camera}
        label={words.board.sheets.take}
        accept="image/*"
        camera
        onFiles={(files) => take(files)}
      />
    </div>
  )
}

const Report = ({ lines, open }: { lines: readonly ReportLine[]; open: boolean }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const length = (mm: number): string => format.length(mm, unit)
  const text = (line: ReportLine): string => {
    // Code and params belong together by their type; the table's entry takes exactly those params.
    const say = words.reports.lines[line.code] as (
      p: ReportLines[typeof line.code],
      say: { length: typeof length },
    ) => string
    return say(line.params as never, { length })
  }
  return (
    <details className={css.report} open={open}>
      <summary>{words.board.upload.report}</summary>
      {SEVERITIES.filter((severity) => lines.some((line) => line.severity === severity)).map((severity) => (
        <div key={severity} className={css.severity} data-severity={severity}>
          <strong>{words.board.upload[severity]}</strong>
          <ul>
            {lines
              .filter((line) => line.severity === severity)
              .map((line) => (
                <li key={`${line.code}${JSON.stringify(line.params)}`}>{text(line)}</li>
              ))}
          </ul>
        </div>
      ))}
    </details>
  )
}

/** What did not come along is read, however many files came after it. */
const isLeftOut = ({ severity }: ReportLine): boolean => severity === 'skipped'

const One = ({ upload, first }: { upload: Upload; first: boolean }) => {
  const words = useWords()
  const say = useRefusal()
  const outcome = useOutcome()
  const { cancel, dismiss } = useUploads()
  const { key, name, state } = upload
  const running = isRunning(upload)
  const asking = isAsking(upload)
  const { ended, refused } = outcome(upload)
  return (
    <li className={css.upload}>
      <div className={css.uploadHead}>
        <strong className={css.fileName}>{name}</strong>
        {running ? (
          <Button
            small
            aria-label={words.board.upload.cancelOf({ name })}
            onClick={() => void cancel(key).catch((why) => complain(say(why)))}
          >
            {words.board.upload.cancel}
          </Button>
        ) : (
          <Button small look="quiet" icon="close" iconOnly onClick={() => dismiss(key)}>
            {words.board.upload.dismiss}
          </Button>
        )}
      </div>
      <UploadProgress upload={upload} ended={ended} />
      {asking && state && <Asking upload={upload} questions={state.questions} />}
      {ended !== '' && <p aria-hidden="true">{ended}</p>}
      {refused !== null && (
        <div role="alert">
          <strong>{words.board.upload.refused}</strong>
          <Wrong>{refused}</Wrong>
        </div>
      )}
      {state && state.report.length > 0 && (
        <Report lines={state.report} open={!asking && (first || state.report.some(isLeftOut))} />
      )}
    </li>
  )
}

/** What asks for an answer, then what is on its way, then what came of the others, the last of them first. */
const inTurn = (list: readonly Upload[]): readonly Upload[] => [
  ...list.filter(isAsking),
  ...list.filter((one) => isRunning(one) && !isAsking(one)),
  ...list.filter((one) => !isRunning(one)).reverse(),
]

/** My files on their way to this board, and what came of them. */
export const UploadList = () => {
  const words = useWords()
  const { board } = useDesk()
  const { me } = useWho()
  const { list: all, seen } = useUploads()
  const ref = useRef<HTMLUListElement>(null)
  // What can be read here need not be said again elsewhere.
  useEffect(() => seen(board.id), [seen, board.id])
  const list = inTurn(all.filter((one) => one.board === board.id && one.person === me.person.id))
  const [first] = list
  const current = first && isRunning(first) ? first.key : null
  // On a phone the panel is hardly higher than the buttons above the list: what was just sent, or asks, is brought into it.
  useEffect(() => {
    const panel = ref.current?.closest('[role="tabpanel"]')
    // The panel alone: `scrollIntoView` would push the whole page up as well.
    if (current !== null && ref.current && panel)
      panel.scrollTop += ref.current.getBoundingClientRect().top - panel.getBoundingClientRect().top
  }, [current])
  if (list.length === 0) return null
  return (
    <ul ref={ref} className={css.uploads} aria-label={words.board.upload.title}>
      {list.map((upload) => (
        <One key={upload.key} upload={upload} first={upload === first} />
      ))}
    </ul>
  )
}
