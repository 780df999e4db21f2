import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isOpenAt } from '../../shared/domain/board.ts'
import type { CircleId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { serverNow, useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { EndPicker } from '../design/EndPicker.tsx'
import { FormActions, SelectField } from '../design/Fields.tsx'
import { Problem } from '../design/Notice.tsx'
import { Pop } from '../design/Pop.tsx'
import { PlainTag } from '../design/Says.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'

const DAY = 24 * 3_600_000

const OpenForm = ({ onDone }: { onDone(): void }) => {
  const words = useWords()
  const format = useFormats()
  const { me, circle } = useWho()
  const { session, board } = useDesk()
  const client = useQueryClient()
  const circles = me.circles.filter(({ firms }) => firms.includes(board.firm))
  const [chosen, setChosen] = useState<CircleId | undefined>(circles[0]?.id)
  const [until, setUntil] = useState<number | null>(() => serverNow() + 2 * DAY)
  const [problem, setProblem] = useState<unknown>(null)
  if (!chosen) return <p>{words.board.audience.noCircles}</p>
  return (
    <form
      className={ui.form}
      onSubmit={(e) => {
        e.preventDefault()
        if (until === null) return
        session
          .command('board.open', { circle: chosen, until })
          .then(() => {
            toast(
              words.board.audience.opened({
                circle: circle(chosen)?.name ?? '',
                when: format.moment(until, serverNow()),
              }),
            )
            void client.invalidateQueries({ queryKey: ['board', board.id] })
            onDone()
          })
          .catch(setProblem)
      }}
    >
      <Problem problem={problem} />
      <SelectField<string>
        label={words.board.audience.circle}
        hint={words.board.audience.openHelp}
        value={chosen}
        options={circles.map(({ id, name }) => [id, name] as const)}
        onValue={(id) => setChosen(id as CircleId)}
      />
      <EndPicker label={words.time.chooseEnd} now={serverNow()} onEnd={setUntil} />
      <FormActions act={words.board.audience.openDo} onCancel={onDone} />
    </form>
  )
}

/** Who can see the board, said in the bar; the owner opens and closes it here. */
export const Audience = () => {
  const words = useWords()
  const format = useFormats()
  const { firm, circle } = useWho()
  const { session, board, own } = useDesk()
  const client = useQueryClient()
  const [opening, setOpening] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const now = serverNow() as Instant
  const openings = board.openings.filter(({ until }) => now < until)
  const alone = board.audience.length <= 1
  const text = alone ? words.board.audience.onlyYou : words.board.audience.button({ n: board.audience.length })
  return (
    <Pop
      title={words.board.audience.title}
      className={css.audienceButton}
      button={
        <>
          <Icon name={alone ? 'lock' : 'eye'} />
          <span>{text}</span>
        </>
      }
    >
      <ul className={css.audienceFirms}>
        {board.audience.map((id) => (
          <li key={id}>
            {firm(id)?.name ?? '—'}
            {id === board.firm && <PlainTag>{words.board.audience.owner}</PlainTag>}
          </li>
        ))}
      </ul>
      <p className={css.soft}>{words.board.audience.explain}</p>
      <h3>{words.board.audience.openings}</h3>
      {openings.length === 0 && <p className={css.soft}>{words.board.audience.none}</p>}
      <ul className={css.openings}>
        {openings.map((one) => {
          const name = circle(one.circle)?.name ?? '—'
          const when = format.moment(one.until, now)
          return (
            <li key={one.circle}>
              <span>
                {isOpenAt(one, now)
                  ? words.board.audience.until({ circle: name, when })
                  : words.board.audience.toCome({ circle: name, from: format.moment(one.from, now), when })}
              </span>
              {own && (
                <Button
                  small
                  look="danger"
                  aria-label={words.board.audience.closeFor({ circle: name })}
                  onClick={() =>
                    void session
                      .command('board.close', { circle: one.circle })
                      .then(() => {
                        toast(words.board.audience.closed({ circle: name }))
                        return client.invalidateQueries({ queryKey: ['board', board.id] })
                      })
                      .catch(setProblem)
                  }
                >
                  {words.board.audience.close}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <Problem problem={problem} />
      {own &&
        (opening ? (
          <OpenForm onDone={() => setOpening(false)} />
        ) : (
          <Button icon="unlock" onClick={() => setOpening(true)}>
            {words.board.audience.open}
          </Button>
        ))}
    </Pop>
  )
}
