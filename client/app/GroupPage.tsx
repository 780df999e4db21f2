import { lazy, Suspense, useEffect, useState } from 'react'
import { Button } from '../design/Button.tsx'
import { Problem } from '../design/Notice.tsx'
import { Stitch } from '../design/Trade.tsx'
import { useWords } from '../words/words.ts'
import { queryClient, useMeQuery } from './data.ts'
import { GroupCircles } from './GroupCircles.tsx'
import { GroupFirms } from './GroupFirms.tsx'
import { GroupInvitations } from './GroupInvitations.tsx'
import { InviteDialog, type Whom } from './InviteDialog.tsx'
import { live } from './live.ts'
import { useMay } from './may.ts'
import page from './pages.module.css'
import { Section } from './Section.tsx'
import { Page } from './Shell.tsx'
import { useWho } from './signed.ts'
import { Totals } from './Totals.tsx'

const StitchStarts = lazy(() => import('../workshop/StitchStarts.tsx'))

/** While the page is open it follows what becomes of the invitations, and the totals; who is who comes by itself. */
const useFollowing = (): void => {
  useEffect(() => {
    let gone = false
    let stop: (() => void) | null = null
    void live().then((line) => {
      if (gone) return
      stop = line.on('home.changed', () => {
        for (const key of ['invitations', 'totals']) void queryClient.invalidateQueries({ queryKey: [key] })
      })
    })
    return () => {
      gone = true
      stop?.()
    }
  }, [])
}

/** Who is in the group, its circles and its invitations. What a role may not do is not shown to it. */
export const GroupPage = () => {
  const words = useWords()
  const { me } = useWho()
  const may = useMay()
  const fresh = useMeQuery()
  const [inviting, setInviting] = useState(false)
  useFollowing()
  const own = me.person.firm
  const kinds: Whom[] = [
    ...(may('firm.invite') ? (['firm'] as const) : []),
    ...(may('office.invite') ? (['office'] as const) : []),
    ...(own !== null && may('colleague.invite', { firm: own }) ? (['colleague'] as const) : []),
  ]
  return (
    <Page title={words.group.title}>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>{me.group.name}</h1>
          <p className={page.lead}>{words.group.lead}</p>
        </div>
        {kinds.length > 0 && (
          <Button look="primary" icon="invite" onClick={() => setInviting(true)}>
            {words.group.invite}
          </Button>
        )}
      </div>
      <Stitch />
      {fresh.error && <Problem problem={fresh.error} onRetry={() => void fresh.refetch()} />}
      <GroupCircles />
      {kinds.length > 0 && <GroupInvitations />}
      <GroupFirms />
      {(own !== null || may('stitch.start')) && (
        <Suspense fallback={null}>
          <StitchStarts />
        </Suspense>
      )}
      {may('group.totals') && (
        <Section title={words.totals.title}>
          <p className={page.soft}>{words.group.totalsHelp}</p>
          <Totals />
        </Section>
      )}
      {inviting && <InviteDialog kinds={kinds} onClose={() => setInviting(false)} />}
    </Page>
  )
}
