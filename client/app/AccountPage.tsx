import { useMutation } from '@tanstack/react-query'
import { Button } from '../design/Button.tsx'
import { Check, Choices } from '../design/Fields.tsx'
import { Problem } from '../design/Notice.tsx'
import { Stitch } from '../design/Trade.tsx'
import ui from '../design/ui.module.css'
import type { Unit } from '../words/format.ts'
import { LANGUAGES, LOCALES, speak, useSpoken, useWords } from '../words/words.ts'
import { AccountPassword } from './AccountPassword.tsx'
import { AccountSessions } from './AccountSessions.tsx'
import css from './account.module.css'
import { signOut } from './data.ts'
import page from './pages.module.css'
import { usePrefs } from './prefs.ts'
import { Section } from './Section.tsx'
import { Page } from './Shell.tsx'
import { useWho } from './signed.ts'

const Self = () => {
  const words = useWords()
  const { me, firm } = useWho()
  const { person, group } = me
  return (
    <Section title={words.account.who}>
      <dl className={css.facts}>
        <div>
          <dt>{words.account.name}</dt>
          <dd>{person.name}</dd>
        </div>
        <div>
          <dt>{words.account.firm}</dt>
          <dd>{firm(person.firm)?.name ?? words.account.noFirm}</dd>
        </div>
        <div>
          <dt>{words.account.role}</dt>
          <dd>
            {words.roles[person.role]}
            <span className={css.under}>{words.roleMeans[person.role]}</span>
            {person.admin && <span className={css.under}>{words.account.admin}</span>}
          </dd>
        </div>
        <div>
          <dt>{words.account.group}</dt>
          <dd>{group.name}</dd>
        </div>
      </dl>
    </Section>
  )
}

const Works = () => {
  const { language, words } = useSpoken()
  const { unit, setUnit, shortcuts, setShortcuts } = usePrefs()
  return (
    <Section title={words.account.works}>
      <p className={page.soft}>{words.account.deviceOnly}</p>
      <div className={`${ui.form} ${page.panel} ${page.padded}`}>
        <Choices
          label={words.account.language}
          value={language}
          options={LANGUAGES.map((one) => [
            one,
            <span key={one} lang={LOCALES[one]}>
              {words.account.languages[one]}
            </span>,
          ])}
          onValue={(next) => void speak(next)}
        />
        <Choices<Unit>
          label={words.account.unit}
          value={unit}
          options={[
            ['cm', words.account.cm],
            ['in', words.account.inch],
          ]}
          onValue={setUnit}
        />
        <Check checked={shortcuts} onValue={setShortcuts}>
          {words.account.shortcuts}
          <span className={css.under}>{words.account.shortcutsHelp}</span>
        </Check>
      </div>
    </Section>
  )
}

const Leave = () => {
  const words = useWords()
  const { me } = useWho()
  const leave = useMutation({ mutationFn: signOut })
  return (
    <Section title={words.account.signOutTitle}>
      <p className={page.soft}>{words.account.signOutMeans}</p>
      <Problem problem={leave.error} />
      <div className={css.leave}>
        <Button icon="logout" disabled={leave.isPending} onClick={() => leave.mutate()}>
          {me.demo ? words.app.demoSwitch : words.account.signOut}
        </Button>
      </div>
    </Section>
  )
}

/** Who I am here, how I like to work on this device, my password, and where I am signed in. */
export const AccountPage = () => {
  const words = useWords()
  return (
    <Page title={words.account.title}>
      <h1 className={page.title}>{words.account.title}</h1>
      <div className={css.seam}>
        <Stitch />
      </div>
      <div className={css.halves}>
        <div>
          <Self />
          <Works />
        </div>
        <div>
          <AccountPassword />
          <AccountSessions />
          <Leave />
        </div>
      </div>
    </Page>
  )
}
