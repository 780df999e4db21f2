import { lazy, Suspense, useId } from 'react'
import type { Firm, FirmRole } from '../../shared/domain/people.ts'
import { Icon } from '../brand/icons.tsx'
import { Empty } from '../design/Notice.tsx'
import { PlainTag } from '../design/Says.tsx'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import css from './group.module.css'
import { useMay } from './may.ts'
import page from './pages.module.css'
import { Section } from './Section.tsx'
import { useWho } from './signed.ts'
import { Trust } from './Trust.tsx'

/** With the words of the workshop, which only some pages need. */
const FirmMachines = lazy(() => import('../workshop/FirmMachines.tsx'))

const FirmCard = ({ firm }: { firm: Firm }) => {
  const words = useWords()
  const format = useFormats()
  const { me } = useWho()
  const may = useMay()
  const id = useId()
  const people = me.people.filter((person) => person.firm === firm.id)
  const circles = me.circles.filter(({ firms }) => firms.includes(firm.id))
  const own = firm.id === me.person.firm
  return (
    <li className={`${page.entry} ${own ? css.own : ''}`}>
      <h3 id={id}>
        {firm.name}
        {own && <PlainTag>{words.group.yours}</PlainTag>}
      </h3>
      {/* Circles that one may not look into say nothing of this firm. */}
      {(circles.length > 0 || own || may('circle.arrange')) && (
        <p className={css.meta}>
          <Icon name="circle" />
          {circles.length === 0
            ? words.group.inNoCircle
            : words.group.inCircles({ circles: format.list(circles.map(({ name }) => name)) })}
        </p>
      )}
      {people.length === 0 ? (
        <p className={css.meta}>{words.group.noPeople}</p>
      ) : (
        <ul className={page.names} aria-label={words.group.peopleOf({ firm: firm.name })}>
          {people.map((person) => (
            <li key={person.id}>
              {person.name}
              {person.id === me.person.id && ` (${words.app.you})`}
              {person.admin && <span className={page.soft}> · {words.group.admin}</span>}
              {person.level !== null && (
                <>
                  {' '}
                  <Trust person={person} level={person.level} />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        <FirmMachines firm={firm} />
      </Suspense>
    </li>
  )
}

const Firms = ({ kind, title }: { kind: FirmRole; title: string }) => {
  const words = useWords()
  const { me } = useWho()
  const firms = me.firms
    .filter((firm) => firm.role === kind)
    .sort((a, b) => Number(b.id === me.person.firm) - Number(a.id === me.person.firm) || a.name.localeCompare(b.name))
  if (firms.length === 0) return null
  return (
    <Section title={title} count={firms.length}>
      <p className={page.soft}>
        {words.roleMeans[kind]}
        {kind === 'trainee' && ` ${words.group.levelsHelp}`}
      </p>
      <ul className={page.roster}>
        {firms.map((firm) => (
          <FirmCard key={firm.id} firm={firm} />
        ))}
      </ul>
    </Section>
  )
}

/** Who is in the group: mentor firms, trainee firms, and those of no firm who look after the room. */
export const GroupFirms = () => {
  const words = useWords()
  const { me } = useWho()
  const may = useMay()
  const offices = me.people.filter(({ firm }) => firm === null)
  return (
    <>
      {me.firms.length === 0 && (
        <Section title={words.group.firms}>
          <Empty title={words.group.noFirms}>
            <p>{may('firm.invite') ? words.group.noFirmsInvite : words.group.noFirmsWait}</p>
          </Empty>
        </Section>
      )}
      <Firms kind="mentor" title={words.group.mentors} />
      <Firms kind="trainee" title={words.group.trainees} />
      {offices.length > 0 && (
        <Section title={words.group.offices} count={offices.length}>
          <p className={page.soft}>{words.group.officesHelp}</p>
          <ul className={page.rows}>
            {offices.map(({ id, name, role }) => (
              <li key={id}>
                <span className={page.grow}>
                  <strong>
                    {name}
                    {id === me.person.id && ` (${words.app.you})`}
                  </strong>
                  <span className={css.under}>{words.roleMeans[role]}</span>
                </span>
                <PlainTag>{words.roles[role]}</PlainTag>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
