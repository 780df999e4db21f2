import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CollectionCard } from '../../shared/protocol/api.ts'
import { Button } from '../design/Button.tsx'
import { Empty, Notice, Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import { useWords } from '../words/words.ts'
import { BoardStrip } from './BoardCard.tsx'
import { useCollections } from './data.ts'
import { MakeCollection } from './MakeCollection.tsx'
import css from './pages.module.css'
import { Page } from './Shell.tsx'
import { useWho } from './signed.ts'

const Group = ({ title, list }: { title: string; list: readonly CollectionCard[] }) => {
  const words = useWords()
  const { firm, me } = useWho()
  if (list.length === 0) return null
  return (
    <>
      <h2 className="unseen">{title}</h2>
      {list.map(({ id, name, about, firm: owner, boards }) => (
        <section key={id} className={css.section}>
          <div className={css.sectionHead}>
            <div>
              <h3 className={css.collectionName}>
                <Link to="/colecciones/$id" params={{ id }}>
                  {name}
                </Link>
                <span className={css.count}>{words.collections.boards({ n: boards.length })}</span>
              </h3>
              <p className={css.soft}>
                {[owner === me.person.firm ? '' : `${firm(owner)?.name ?? ''}.`, about].filter(Boolean).join(' ')}
              </p>
            </div>
          </div>
          {boards.length === 0 ? (
            <p className={css.soft}>{words.collections.noBoards}</p>
          ) : (
            <BoardStrip boards={boards} />
          )}
        </section>
      ))}
    </>
  )
}

export const CollectionsPage = () => {
  const words = useWords()
  const { me } = useWho()
  const collections = useCollections()
  const [making, setMaking] = useState(false)
  const firm = me.person.firm
  return (
    <Page title={words.collections.title}>
      <div className={css.head}>
        <h1 className={css.title}>{words.collections.title}</h1>
        {firm !== null && (
          <Button look="primary" icon="add" onClick={() => setMaking(true)}>
            {words.collections.make}
          </Button>
        )}
      </div>
      {firm === null && <Notice>{words.collections.notForOffices}</Notice>}
      {collections.isPending && <Waiting>{words.app.loading}</Waiting>}
      {collections.error && <Problem problem={collections.error} onRetry={() => void collections.refetch()} />}
      {collections.data && (
        <>
          {collections.data.length === 0 && firm !== null && (
            <Empty title={words.collections.empty}>
              <p>{words.collections.emptyOwn}</p>
            </Empty>
          )}
          <Group title={words.collections.own} list={collections.data.filter((c) => c.firm === firm)} />
          <Group title={words.collections.others} list={collections.data.filter((c) => c.firm !== firm)} />
        </>
      )}
      {making && <MakeCollection onClose={() => setMaking(false)} />}
    </Page>
  )
}
