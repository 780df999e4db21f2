import { Link } from '@tanstack/react-router'
import { type ReactNode, useContext, useEffect } from 'react'
import { Icon } from '../brand/icons.tsx'
import { Logo } from '../brand/Logo.tsx'
import { Button } from '../design/Button.tsx'
import { Skip } from '../design/Skip.tsx'
import { speak, useSpoken, useWords } from '../words/words.ts'
import { signOut } from './data.ts'
import css from './shell.module.css'
import { SignedIn } from './signed.ts'

export const LanguageButton = ({ wide }: { wide?: boolean }) => {
  const { language, words } = useSpoken()
  return (
    <Button
      look={wide ? 'plain' : 'quiet'}
      small={!wide}
      wide={!!wide}
      icon="language"
      lang={language === 'es' ? 'en' : 'es-MX'}
      onClick={() => void speak(language === 'es' ? 'en' : 'es')}
    >
      {words.app.otherLanguage}
    </Button>
  )
}

/** The tab's title follows the page. */
export const useTitle = (page: string): void => {
  const words = useWords()
  useEffect(() => {
    document.title = words.app.documentTitle({ page })
  }, [words, page])
}

export const DemoBand = () => {
  const words = useWords()
  return (
    <aside className={css.demo}>
      <Icon name="info" />
      <span className={css.demoLong}>{words.app.demoBand}</span>
      <span className={css.demoShort}>{words.app.demoShort}</span>
      <button type="button" onClick={() => void signOut()}>
        {words.app.demoSwitch}
      </button>
    </aside>
  )
}

/** A page for nobody in particular: the door, an invitation, what went wrong. */
export const Plain = ({ title, children }: { title: string; children: ReactNode }) => {
  const words = useWords()
  useTitle(title)
  return (
    <>
      <header className={css.plainTop}>
        <span className={css.logo}>
          <Logo />
          {words.app.name}
        </span>
        <LanguageButton />
      </header>
      <main id="main" className={css.plain}>
        {children}
      </main>
    </>
  )
}

const Places = () => {
  const words = useWords()
  const places = [
    ['/', 'home', words.app.home],
    ['/colecciones', 'collection', words.app.collections],
    ['/grupo', 'people', words.app.group],
  ] as const
  return (
    <nav className={css.places} aria-label={words.app.nav}>
      {places.map(([to, icon, text]) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
          <Icon name={icon} />
          <span>{text}</span>
        </Link>
      ))}
      <Link to="/cuenta" className={css.onPhone} activeProps={{ 'aria-current': 'page' }}>
        <Icon name="person" />
        <span>{words.app.account}</span>
      </Link>
    </nav>
  )
}

/** A page of somebody who is signed in. */
export const Page = ({ title, children }: { title: string; children: ReactNode }) => {
  const words = useWords()
  const me = useContext(SignedIn)
  useTitle(title)
  if (!me) return null
  const firm = me.firms.find(({ id }) => id === me.person.firm)
  return (
    <>
      <Skip to="main">{words.app.skip}</Skip>
      {me.demo && <DemoBand />}
      <header className={css.top}>
        <Link to="/" className={css.logo} aria-label={`${words.app.name}, ${words.app.home}`}>
          <Logo />
          {words.app.name}
        </Link>
        <Places />
        <div className={css.self}>
          <LanguageButton />
          <Link to="/cuenta" className={css.me} activeProps={{ 'aria-current': 'page' }}>
            <span className={css.meName}>{me.person.name}</span>
            <span className={css.meFirm}>{firm?.name ?? words.roles[me.person.role]}</span>
          </Link>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={css.main}>
        {children}
      </main>
    </>
  )
}
