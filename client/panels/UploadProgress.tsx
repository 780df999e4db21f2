import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { isAsking, isRunning, type Upload } from './uploads.ts'

/** How far along it is, 0 to 1: of its bytes, then of the step that the server is at. */
const partOf = ({ sent, state }: Upload): number =>
  state === null ? (sent ?? 0) : state.of > 0 ? state.done / state.of : 0

/** Rounded down to quarters, for who hears it: everything at once would drown the rest. */
const QUARTERS = 4
const quarter = (part: number): number => Math.floor(part * QUARTERS) / QUARTERS

/** How far along a file is, said and drawn; once it is over, `ended`. */
export const UploadProgress = ({ upload, ended }: { upload: Upload; ended: string }) => {
  const words = useWords()
  const { name, sent, state } = upload
  const running = isRunning(upload)
  const part = partOf(upload)
  const said = (p: number): string => {
    if (state === null)
      return sent === null ? words.board.upload.waiting : words.board.upload.sending({ percent: Math.round(p * 100) })
    if (state.state === 'asking') return words.board.upload.asking
    if (state.state === 'receiving' || state.state === 'waiting') return words.board.upload.waiting
    const amount = { done: Math.round(p * state.of), of: state.of }
    if (state.step === 'drawing') return words.board.upload.drawing(amount)
    if (state.step === 'tiling') return words.board.upload.tiling(amount)
    return words.board.upload.reading
  }
  return (
    <>
      <p className="unseen" role="status">
        {running ? said(quarter(part)) : ended}
      </p>
      {running && !isAsking(upload) && (
        <>
          <p className={ui.hint} aria-hidden="true">
            {said(part)}
          </p>
          <div
            className={ui.progress}
            role="progressbar"
            aria-label={words.board.upload.progress({ name })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(part * 100)}
            aria-valuetext={said(part)}
          >
            <div style={{ width: `${Math.round(part * 100)}%` }} />
          </div>
        </>
      )}
    </>
  )
}
