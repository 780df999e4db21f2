import { createContext, useContext, useMemo } from 'react'
import type { CircleId, FirmId, PersonId } from '../../shared/domain/ids.ts'
import type { Actor, Circle, Firm, Person } from '../../shared/domain/people.ts'
import type { Me } from '../../shared/protocol/api.ts'
import { useWords } from '../words/words.ts'

export const SignedIn = createContext<Me | null>(null)

export interface Who {
  readonly me: Me
  readonly actor: Actor
  person(id: PersonId): Person | undefined
  firm(id: FirmId | string | null): Firm | undefined
  circle(id: CircleId): Circle | undefined
  /** A name to show, also for who left the group. */
  name(id: PersonId): string
  /** The firm of a person, or what they do where they have none. */
  firmName(id: PersonId): string
}

/** Who I am and everybody I may know of, by id. */
export const useWho = (): Who => {
  const me = useContext(SignedIn)
  const words = useWords()
  if (!me) throw new Error('this part of the page is for whoever is signed in')
  return useMemo(() => {
    const people = new Map(me.people.map((one) => [one.id, one]))
    people.set(me.person.id, me.person)
    const firms = new Map<string, Firm>(me.firms.map((one) => [one.id, one]))
    const circles = new Map(me.circles.map((one) => [one.id, one]))
    const mine = me.person.firm
    return {
      me,
      actor: {
        ...me.person,
        circles: me.circles.filter(({ firms }) => mine !== null && firms.includes(mine)).map(({ id }) => id),
      },
      person: (id) => people.get(id),
      firm: (id) => (id === null ? undefined : firms.get(id)),
      circle: (id) => circles.get(id),
      name: (id) => people.get(id)?.name ?? '—',
      firmName(id) {
        const person = people.get(id)
        if (!person) return words.board.people.noFirm
        return person.firm === null ? words.roles[person.role] : (firms.get(person.firm)?.name ?? '—')
      },
    }
  }, [me, words])
}

/** Milliseconds since 1970 by the server's clock: never behind it, so that what has just begun there has begun here too. */
export const serverNow = (): number => Date.now() + offset
let offset = 0
/**
 * @param now the server's clock when it answered.
 * @param asked by this machine's clock, when it was asked: how much later the answer came is as much as this is ahead at most.
 */
export const setServerClock = (now: number, asked: number): void => {
  offset = now - asked
}
