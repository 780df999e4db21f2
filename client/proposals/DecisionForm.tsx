import { useState } from 'react'
import type { BoardId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import { levelOf, type Operation } from '../../shared/pattern/operation.ts'
import type { Decide, DecisionMade } from '../../shared/protocol/proposal.ts'
import { usePrefs } from '../app/prefs.ts'
import { serverNow } from '../app/signed.ts'
import { Button } from '../design/Button.tsx'
import { Choices, Field, TextArea } from '../design/Fields.tsx'
import { Problem } from '../design/Notice.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useDesk } from '../panels/desk.ts'
import { ApiError, api } from '../sync/api.ts'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import { goToOutOfRange } from './out-of-range.ts'
import { whyNot } from './phrases.ts'
import css from './proposals.module.css'

type Kind = Decide['is']
const KINDS: readonly Kind[] = ['accepted', 'part', 'asked', 'thinking', 'declined']
/** A promise to answer is for the end of that day, on the clock of whoever promises. */
const endOf = (day: string): number => new Date(`${day}T23:59:00`).getTime()
const dayAfter = (at: number, days: number): string => new Date(at + days * 86_400_000).toLocaleDateString('sv-SE')

/** The owner's answer. A board cannot be changed without a word: declining and asking need their reason. */
export const DecisionForm = ({
  board,
  mark,
  seen,
  pattern,
  part,
  possible,
  onPart,
}: {
  board: BoardId
  mark: Mark
  seen: Operation
  /** What it is asked of. */
  pattern: Pattern
  /** The operation with the owner's own parameters, while they are being set and can be carried out. */
  part: Operation | null
  possible: boolean
  onPart(on: boolean): void
}) => {
  const texts = useProposalWords()
  const { looks } = useWorkshopWords()
  const { typed } = useDesk()
  const format = useFormats()
  const { unit } = usePrefs()
  const key = `decision/${mark.id}`
  const [is, choose] = useState<Kind | null>(null)
  const [text, setText] = useState(typed.get(key) ?? '')
  const [day, setDay] = useState(() => dayAfter(serverNow(), 3))
  const [wrong, setWrong] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  const send = async (form: HTMLFormElement): Promise<void> => {
    if (is === null) return
    if (is === 'part' && goToOutOfRange(form.closest('section'))) return
    const panel = form.closest<HTMLElement>('[role="tabpanel"]')
    const reason = text.trim()
    if (reason === '' && (is === 'declined' || is === 'asked')) {
      setWrong(texts.decide.reasonNeeded)
      return
    }
    const said = reason === '' ? {} : { reason }
    const body: Decide | null =
      is === 'thinking'
        ? { is, until: endOf(day), ...said, seen }
        : is === 'part'
          ? part && { is, change: part, ...said, seen }
          : is === 'accepted'
            ? { is, ...said, seen }
            : { is, reason, seen }
    if (!body) return
    setBusy(true)
    setProblem(null)
    try {
      const made = await api<DecisionMade>('POST', `/api/boards/${board}/proposals/${mark.id}/decision`, body)
      typed.delete(key)
      // The form goes with its answer; whoever still stands on it goes on in the panel.
      if (document.activeElement === document.body || form.contains(document.activeElement)) panel?.focus()
      onPart(false)
      const { version } = made.decision
      if (version !== null) toast(texts.decide.madeVersion({ version }), 'version')
      if (made.stale.length > 0) toast(texts.decide.staleNow({ n: made.stale.length }))
      choose(null)
      setText('')
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  // A look changes no pattern, and its answer says so.
  const means = (kind: Kind): string =>
    levelOf(seen) === 'diseno' && kind !== 'asked' && kind !== 'thinking' ? looks[kind] : texts.decide.means[kind]
  const why =
    problem instanceof ApiError
      ? whyNot(problem.params.why, problem.params, pattern, texts, (n) => format.length(n, unit))
      : null
  const blocked = (is === 'accepted' && !possible) || (is === 'part' && part === null)
  return (
    <form
      className={`${ui.form} ${css.decision}`}
      onSubmit={(e) => {
        e.preventDefault()
        void send(e.currentTarget)
      }}
    >
      <Choices
        label={texts.decide.title}
        value={is ?? ''}
        options={KINDS.map((kind): readonly [string, string] => [kind, texts.decide.kinds[kind]])}
        onValue={(kind) => {
          choose(kind as Kind)
          setWrong(null)
          onPart(kind === 'part')
        }}
      />
      {is !== null && (
        <>
          <p className={ui.hint}>{means(is)}</p>
          {is === 'thinking' && (
            <Field label={texts.decide.answerBy}>
              {(ties) => (
                <input
                  className={ui.input}
                  type="date"
                  {...ties}
                  min={dayAfter(serverNow(), 1)}
                  value={day}
                  required
                  onChange={(e) => setDay(e.currentTarget.value)}
                />
              )}
            </Field>
          )}
          <TextArea
            label={is === 'declined' ? texts.decide.motive : texts.decide.words}
            optional={is !== 'declined' && is !== 'asked'}
            wrong={wrong}
            rows={2}
            maxLength={4000}
            value={text}
            onValue={(next) => {
              typed.set(key, next)
              setText(next)
              setWrong(null)
            }}
          />
          <Problem problem={problem} />
          {why !== null && <p className={ui.hint}>{why}</p>}
          <div className={ui.actions}>
            <Button look="primary" type="submit" disabled={busy || blocked}>
              {texts.decide.kinds[is]}
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
