import { useState } from 'react'
import type { DemoPerson } from '../../shared/protocol/api.ts'
import { Icon } from '../brand/icons.tsx'
import { FormActions, PasswordField, TextField } from '../design/Fields.tsx'
import { Notice, Problem } from '../design/Notice.tsx'
import { Stitch, Waiting } from '../design/Trade.tsx'
import { useWords } from '../words/words.ts'
import { useDemoPeople, useDoor, useEnterDemo, useFirstRun, useSignIn } from './data.ts'
import css from './pages.module.css'
import { Plain } from './Shell.tsx'

/** Shortest password taken, in characters (`shared/protocol/api.ts`). */
const SHORTEST = 12

export interface NewAccount {
  name: string
  email: string
  password: string
}

/** What is missing in a new account, field by field; empty where it may be sent. */
export const useAccountChecks = () => {
  const { door } = useWords()
  return {
    name: (name: string) => (name.trim() === '' ? door.needed : null),
    email: (email: string) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : door.emailBad),
    password: (password: string) =>
      password.length >= SHORTEST ? null : door.passwordShort({ left: SHORTEST - password.length }),
  }
}

/** Who may be played, by firm; those without one last. */
const byFirm = (people: readonly DemoPerson[]): Map<string, DemoPerson[]> => {
  const firms = new Map<string, DemoPerson[]>()
  for (const person of people) {
    const firm = person.firm ?? ''
    firms.set(firm, [...(firms.get(firm) ?? []), person])
  }
  return firms
}

const DemoDoor = ({ group }: { group: string | null }) => {
  const words = useWords()
  const people = useDemoPeople()
  const enter = useEnterDemo()
  const section = (title: string, about: string, wanted: (person: DemoPerson) => boolean, ofFirms: boolean) => {
    const list = (people.data ?? []).filter(wanted)
    if (list.length === 0) return null
    const groups = ofFirms
      ? [...byFirm(list)].map(([firm, persons]) => ({ title: firm, about: '', persons }))
      : list.map((person) => ({
          title: words.roles[person.role],
          about: words.roleMeans[person.role],
          persons: [person],
        }))
    return (
      <section className={css.stack}>
        <h2>{title}</h2>
        {about && <p className={css.soft}>{about}</p>}
        <div className={css.firms}>
          {groups.map(({ title, about, persons }) => (
            <div key={title} className={css.firm}>
              <h3>{title}</h3>
              {about && <p className={css.firmAbout}>{about}</p>}
              <ul className={css.people}>
                {persons.map(({ id, name }) => (
                  <li key={id}>
                    <button
                      type="button"
                      className={css.enter}
                      aria-label={words.door.enterAs({ name })}
                      disabled={enter.isPending}
                      onClick={() => enter.mutate(id)}
                    >
                      <span>{name}</span>
                      <Icon name="enter" />
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </section>
    )
  }
  return (
    <Plain title={words.door.title}>
      <div className={css.door}>
        <div className={css.stack}>
          {group && <p className={css.soft}>{group}</p>}
          <h1 className={css.title}>{words.door.demoTitle}</h1>
          <p className={css.lead}>{words.door.demoIntro}</p>
        </div>
        <Stitch />
        <Problem problem={enter.error ?? people.error} onRetry={() => void people.refetch()} />
        {people.isPending && <Waiting>{words.app.loading}</Waiting>}
        {section(words.door.mentors, words.roleMeans.mentor, ({ role }) => role === 'mentor', true)}
        {section(words.door.trainees, words.roleMeans.trainee, ({ role }) => role === 'trainee', true)}
        {section(words.door.offices, '', ({ firm }) => firm === null, false)}
        <Notice>{words.door.demoTwo}</Notice>
      </div>
    </Plain>
  )
}

const SignInDoor = ({ group }: { group: string | null }) => {
  const words = useWords()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const signIn = useSignIn()
  const { door } = words
  const wrongEmail = email.trim() === '' ? door.needed : null
  const wrongPassword = password === '' ? door.needed : null
  return (
    <Plain title={door.title}>
      <form
        className={css.doorForm}
        noValidate
        onSubmit={(e) => {
          e.preventDefault()
          setTried(true)
          if (!wrongEmail && !wrongPassword) signIn.mutate({ email, password })
        }}
      >
        <div className={css.stack}>
          <h1>{door.signInTitle({ group: group ?? words.app.name })}</h1>
          <p className={css.soft}>{words.app.tagline}</p>
        </div>
        <Stitch />
        <Problem problem={signIn.error} />
        <TextField
          label={door.email}
          type="email"
          autoComplete="username"
          value={email}
          onValue={setEmail}
          wrong={tried ? wrongEmail : null}
        />
        <PasswordField
          label={door.password}
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          wrong={tried ? wrongPassword : null}
        />
        <FormActions act={door.signIn} busy={signIn.isPending} />
        <p className={`${css.soft} ${css.small}`}>
          {door.noAccount} {door.forgot}
        </p>
      </form>
    </Plain>
  )
}

const FirstRunDoor = () => {
  const words = useWords()
  const [group, setGroup] = useState('')
  const [account, setAccount] = useState<NewAccount>({ name: '', email: '', password: '' })
  const [tried, setTried] = useState(false)
  const begin = useFirstRun()
  const check = useAccountChecks()
  const wrong = {
    group: check.name(group),
    name: check.name(account.name),
    email: check.email(account.email),
    password: check.password(account.password),
  }
  return (
    <Plain title={words.door.firstTitle}>
      <form
        className={css.doorForm}
        noValidate
        onSubmit={(e) => {
          e.preventDefault()
          setTried(true)
          if (Object.values(wrong).every((w) => w === null)) begin.mutate({ group, ...account })
        }}
      >
        <div className={css.stack}>
          <h1>{words.door.firstTitle}</h1>
          <p className={css.soft}>{words.door.firstIntro}</p>
        </div>
        <Stitch />
        <Problem problem={begin.error} />
        <TextField
          label={words.door.groupName}
          hint={words.door.groupHint}
          value={group}
          maxLength={80}
          onValue={setGroup}
          wrong={tried ? wrong.group : null}
        />
        <AccountFields account={account} onAccount={setAccount} wrong={tried ? wrong : null} />
        <FormActions act={words.door.begin} busy={begin.isPending} />
      </form>
    </Plain>
  )
}

/** Name, e-mail and a new password, as at the first run and at an invitation. */
export const AccountFields = ({
  account,
  onAccount,
  wrong,
}: {
  account: NewAccount
  onAccount(account: NewAccount): void
  wrong: { name: string | null; email: string | null; password: string | null } | null
}) => {
  const { door } = useWords()
  return (
    <>
      <TextField
        label={door.yourName}
        autoComplete="name"
        maxLength={80}
        value={account.name}
        onValue={(name) => onAccount({ ...account, name })}
        wrong={wrong?.name}
      />
      <TextField
        label={door.email}
        type="email"
        autoComplete="username"
        value={account.email}
        onValue={(email) => onAccount({ ...account, email })}
        wrong={wrong?.email}
      />
      <PasswordField
        label={door.password}
        hint={door.passwordHint}
        autoComplete="new-password"
        maxLength={128}
        value={account.password}
        onValue={(password) => onAccount({ ...account, password })}
        wrong={wrong?.password}
      />
    </>
  )
}

/** Whoever is not signed in stands here, whatever the address: the demo, a fresh group, or a sign-in. */
export const DoorPage = () => {
  const words = useWords()
  const door = useDoor()
  if (door.data?.state === 'demo') return <DemoDoor group={door.data.group} />
  if (door.data?.state === 'first-run') return <FirstRunDoor />
  if (door.data) return <SignInDoor group={door.data.group} />
  return (
    <Plain title={words.door.title}>
      {door.isPending ? (
        <Waiting>{words.app.loading}</Waiting>
      ) : (
        <Problem problem={door.error} onRetry={() => void door.refetch()} />
      )}
    </Plain>
  )
}
