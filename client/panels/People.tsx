import { useEffect, useRef } from 'react'
import type { PersonId } from '../../shared/domain/ids.ts'
import { useWho } from '../app/signed.ts'
import { Icon } from '../brand/icons.tsx'
import { firmColour } from '../canvas/looks.ts'
import { Button } from '../design/Button.tsx'
import { Pop } from '../design/Pop.tsx'
import { announce } from '../design/toast-store.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { useOthersHere } from './watch.ts'

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part[0] ?? '')
    .join('')
    .toUpperCase()

const Face = ({ id }: { id: PersonId }) => {
  const who = useWho()
  const firm = who.person(id)?.firm ?? null
  return (
    <span
      className={css.face}
      style={{ background: firmColour(firm) }}
      data-initials={initials(who.name(id))}
      aria-hidden="true"
    />
  )
}

/** Faces in the bar at most; the rest is a number. */
const FACES = 4

/** Who is at the table, by firm, and whose eyes one follows. */
export const People = () => {
  const words = useWords()
  const who = useWho()
  const { session, following, follow } = useDesk()
  const others = useOthersHere(session).filter((id) => id !== who.me.person.id)
  const before = useRef<readonly PersonId[] | null>(null)
  const key = others.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list
  useEffect(() => {
    const was = before.current
    before.current = others
    if (was === null) return
    const came = others.find((id) => !was.includes(id))
    const left = was.find((id) => !others.includes(id))
    if (came) announce(words.board.people.came({ name: who.name(came), firm: who.firmName(came) }))
    else if (left) announce(words.board.people.left({ name: who.name(left) }))
  }, [key])
  const firms = new Map<string, PersonId[]>()
  for (const id of [who.me.person.id, ...others]) {
    const name = who.firmName(id)
    firms.set(name, [...(firms.get(name) ?? []), id])
  }
  return (
    <Pop
      title={words.board.people.title}
      className={css.peopleButton}
      button={
        <>
          <span className={css.faces}>
            {[who.me.person.id, ...others].slice(0, FACES).map((id) => (
              <Face key={id} id={id} />
            ))}
          </span>
          <Icon name="people" />
          <span className="unseen">{words.board.people.button({ n: others.length + 1 })}</span>
          <span aria-hidden="true">{others.length + 1}</span>
        </>
      }
    >
      {(close) => (
        <>
          {others.length === 0 && <p className={css.soft}>{words.board.people.alone}</p>}
          <ul className={css.firms}>
            {[...firms].map(([firm, people]) => (
              <li key={firm}>
                <h3>{firm}</h3>
                <ul>
                  {people.map((id) => (
                    <li key={id} className={css.personRow}>
                      <Face id={id} />
                      <span>
                        {who.name(id)}
                        {id === who.me.person.id && <span className={css.soft}> · {words.board.people.you}</span>}
                      </span>
                      {id !== who.me.person.id && (
                        <Button
                          small
                          icon={following === id ? 'eyeOff' : 'follow'}
                          aria-pressed={following === id}
                          aria-label={
                            following === id
                              ? words.board.people.unfollow
                              : words.board.people.followName({ name: who.name(id) })
                          }
                          onClick={() => {
                            follow(following === id ? null : id)
                            close()
                          }}
                        >
                          {following === id ? words.board.people.unfollow : words.board.people.follow}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
    </Pop>
  )
}
