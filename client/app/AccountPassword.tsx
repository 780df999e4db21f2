import { useState } from 'react'
import { FormActions, PasswordField } from '../design/Fields.tsx'
import { Notice, Problem } from '../design/Notice.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { useAccountChecks } from './DoorPage.tsx'
import { useChangePassword } from './data.ts'
import page from './pages.module.css'
import { Section } from './Section.tsx'
import { useWho } from './signed.ts'

const PasswordForm = () => {
  const words = useWords()
  const change = useChangePassword()
  const check = useAccountChecks()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const wrong = {
    current: current === '' ? words.door.needed : null,
    password: check.password(password) ?? (password === current ? words.account.passwordSame : null),
  }
  return (
    <form
      className={`${ui.form} ${page.panel} ${page.padded}`}
      noValidate
      onSubmit={(e) => {
        e.preventDefault()
        setTried(true)
        if (wrong.current || wrong.password) return
        change.mutate(
          { current, password },
          {
            onSuccess: () => {
              toast(words.account.passwordDone)
              setCurrent('')
              setPassword('')
              setTried(false)
            },
          },
        )
      }}
    >
      <Problem problem={change.error} />
      <p className={page.soft}>{words.account.passwordMeans}</p>
      <PasswordField
        label={words.door.currentPassword}
        autoComplete="current-password"
        value={current}
        maxLength={128}
        onValue={setCurrent}
        wrong={tried ? wrong.current : null}
      />
      <PasswordField
        label={words.door.newPassword}
        hint={words.door.passwordHint}
        autoComplete="new-password"
        value={password}
        maxLength={128}
        onValue={setPassword}
        wrong={tried ? wrong.password : null}
      />
      <FormActions act={words.account.passwordDo} busy={change.isPending} />
    </form>
  )
}

/** A new password for whoever has one; in the demo nobody has. */
export const AccountPassword = () => {
  const words = useWords()
  const { me } = useWho()
  return (
    <Section title={words.account.password}>
      {me.demo ? <Notice>{words.account.demoPassword}</Notice> : <PasswordForm />}
    </Section>
  )
}
