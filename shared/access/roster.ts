import type { Actor, Circle, Firm, Person } from '../domain/people.ts'

/** A circle as somebody may know it: by name, by name and size, or whole. */
export interface KnownCircle extends Circle {
  /** How many firms it has, or null for whom only its name is. `firms` is empty where they may not be known. */
  readonly size: number | null
}

export interface Roster {
  readonly firms: readonly Firm[]
  readonly people: readonly Person[]
  readonly circles: readonly KnownCircle[]
}

/**
 * What a person may know of who is in the group (the rows *Workspace* and *Circle* of the table of rights): firms know each
 * other by name and their own circles whole; the facilitator arranges all of it; the association invites, so it knows the
 * roster and the sizes; an observer knows the name of the group, and of its people only themselves. What a firm sews on is
 * for those who work with it.
 */
export const rosterFor = (
  actor: Actor,
  { firms, people, circles }: { firms: readonly Firm[]; people: readonly Person[]; circles: readonly Circle[] },
): Roster => {
  const whole = (circle: Circle): KnownCircle => ({ ...circle, size: circle.firms.length })
  switch (actor.role) {
    case 'facilitator':
      return { firms, people, circles: circles.map(whole) }
    case 'association':
      return {
        firms: firms.map(({ machines: _, ...firm }) => firm),
        people,
        circles: circles.map((circle) => ({ ...whole(circle), firms: [] })),
      }
    case 'observer':
      return { firms: [], people: people.filter(({ id }) => id === actor.id), circles: [] }
    default:
      return {
        firms,
        people,
        circles: circles.map((circle) =>
          actor.circles.includes(circle.id) ? whole(circle) : { ...circle, firms: [], size: null },
        ),
      }
  }
}
