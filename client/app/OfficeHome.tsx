import { Link } from '@tanstack/react-router'
import { buttonClass } from '../design/Button.tsx'
import { Notice } from '../design/Notice.tsx'
import { Stitch } from '../design/Trade.tsx'
import { useWords } from '../words/words.ts'
import { GroupCircles } from './GroupCircles.tsx'
import { GroupInvitations } from './GroupInvitations.tsx'
import css from './pages.module.css'
import { Section } from './Section.tsx'
import { Page } from './Shell.tsx'
import { useWho } from './signed.ts'
import { Totals } from './Totals.tsx'

/** The home of whoever looks after the room and holds no designs: what that means, the totals, the circles, the invitations. */
const OfficeHome = () => {
  const words = useWords()
  const { me } = useWho()
  const { role } = me.person
  const means =
    role === 'facilitator'
      ? words.home.officeFacilitator
      : role === 'association'
        ? words.home.officeAssociation
        : words.home.officeObserver
  return (
    <Page title={words.home.title}>
      <div className={css.head}>
        <div>
          <p className={css.soft}>{me.group.name}</p>
          <h1 className={css.title}>{words.home.officeTitle}</h1>
        </div>
        {role !== 'observer' && (
          <Link to="/grupo" className={buttonClass({ look: 'primary' })}>
            {words.home.toGroup}
          </Link>
        )}
      </div>
      <Stitch />
      <div className={css.section}>
        <Notice>{means}</Notice>
      </div>
      <Section title={words.totals.title}>
        <Totals />
      </Section>
      <GroupCircles />
      {role !== 'observer' && <GroupInvitations />}
    </Page>
  )
}
export default OfficeHome
