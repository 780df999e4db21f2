import { useRefusal } from '../design/Notice.tsx'
import { useFormats } from '../words/format.ts'
import { refusalText } from '../words/refusal.ts'
import { useWords } from '../words/words.ts'
import type { Upload } from './uploads.ts'

/** How an upload ended, in sentences: `refused` is why it came to nothing. Both are empty while it runs. */
export interface Outcome {
  readonly ended: string
  readonly refused: string | null
}

export const useOutcome = (): ((upload: Upload) => Outcome) => {
  const words = useWords()
  const format = useFormats()
  const say = useRefusal()
  return ({ state, problem }) => {
    if (state?.state === 'cancelled' || problem?.code === 'cancelled')
      return { ended: words.board.upload.cancelled, refused: null }
    if (problem) return { ended: '', refused: problem.code === 'network' ? words.board.upload.lost : say(problem) }
    if (state?.refusal)
      return { ended: '', refused: refusalText(words, format, state.refusal.code, state.refusal.params ?? {}) }
    return { ended: state?.state === 'done' ? words.board.upload.done({ n: state.sheets.length }) : '', refused: null }
  }
}
