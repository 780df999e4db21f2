import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { Home, Waiting as Waits } from '../../shared/protocol/api.ts'
import { Button } from '../design/Button.tsx'
import { Empty, Problem } from '../design/Notice.tsx'
import { PlainTag, SaysTag } from '../design/Says.tsx'
import { Stitch, Tape, Waiting } from '../design/Trade.tsx'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { BoardStrip } from './BoardCard.tsx'
import { useCollections, useHome } from './data.ts'
import { useMentionText } from './mention-text.ts'
import css from './pages.module.css'
import { Page } from './Shell.tsx'
import { serverNow, useWho } from './signed.ts'

const Row = ({ waits, answered }: { waits: Waits; answered: boolean }) => {
  const words = useWords()
  const format = useFormats()
  const who = useWho()
  const plain = useMentionText()
  return (
    <Link
      to="/mesas/$id"
      params={{ id: waits.board }}
      search={{ marca: waits.mark }}
      className={`${css.wait} ${waits.unseen ? css.fresh : ''}`}
    >
      <span>
        {answered && waits.decision ? (
          <PlainTag>{words.home.decision[waits.decision]}</PlainTag>
        ) : waits.says ? (
          <SaysTag says={waits.says} />
        ) : (
          <PlainTag>{words.home.reply}</PlainTag>
        )}
      </span>
      <span className={css.waitWhat}>
        <span className={css.waitText}>{plain(waits.text) || words.home.noText}</span>
        <span className={css.waitBy}>
          {words.board.thread.by({ name: who.name(waits.by), firm: who.firmName(waits.by) })}{' '}
          {words.home.onBoard({ title: waits.title })}
        </span>
      </span>
      <span className={css.waitAt}>
        {waits.unseen && <strong>{words.home.fresh} · </strong>}
        {format.since(waits.at, serverNow())}
      </span>
    </Link>
  )
}

/** Rows of one kind at first: what waits must not push the collections out of sight. */
const FEW = 4

const List = ({ title, list, answered = false }: { title: string; list: readonly Waits[]; answered?: boolean }) => {
  const words = useWords()
  const [all, setAll] = useState(false)
  const rows = useRef<HTMLUListElement>(null)
  // The button goes with its click: one goes on at the first row that it has brought.
  useEffect(() => {
    if (all) rows.current?.children[FEW]?.querySelector('a')?.focus()
  }, [all])
  if (list.length === 0) return null
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h2>
          {title}
          <span className={css.count}>{list.length}</span>
        </h2>
      </div>
      <ul ref={rows} className={css.waits}>
        {(all ? list : list.slice(0, FEW)).map((waits) => (
          <li key={`${waits.mark}/${waits.reply}`}>
            <Row waits={waits} answered={answered} />
          </li>
        ))}
      </ul>
      {list.length > FEW && !all && (
        <div>
          <Button small look="quiet" icon="chevronDown" onClick={() => setAll(true)}>
            {words.home.more({ n: list.length - FEW })}
          </Button>
        </div>
      )}
    </section>
  )
}

/** Fetched by whoever begins with nothing. */
const MakeCollection = lazy(() => import('./MakeCollection.tsx'))

const Strips = () => {
  const words = useWords()
  const [making, setMaking] = useState(false)
  const collections = useCollections()
  if (collections.isPending) return <Waiting>{words.app.loading}</Waiting>
  if (!collections.data) return <Problem problem={collections.error} onRetry={() => void collections.refetch()} />
  return (
    <>
      {collections.data
        .filter(({ boards }) => boards.length > 0)
        .map(({ id, name, boards }) => (
          <section key={id} className={css.section}>
            <div className={css.sectionHead}>
              <h2>
                <Link to="/colecciones/$id" params={{ id }}>
                  {name}
                </Link>
                <span className={css.count}>{words.collections.boards({ n: boards.length })}</span>
              </h2>
            </div>
            <BoardStrip boards={boards} />
          </section>
        ))}
      {collections.data.length === 0 && (
        <section className={css.section}>
          <Empty title={words.collections.empty}>
            <p>{words.collections.emptyOwn}</p>
            <Button look="primary" icon="add" onClick={() => setMaking(true)}>
              {words.collections.make}
            </Button>
          </Empty>
        </section>
      )}
      {making && (
        <Suspense fallback={null}>
          <MakeCollection onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </>
  )
}

const nothingWaits = ({ questions, proposals, decided, replies, mentions, opened }: Home): boolean =>
  [questions, proposals, decided, replies, mentions, opened].every((list) => list.length === 0)

const FirmHome = () => {
  const words = useWords()
  const { me } = useWho()
  const home = useHome()
  const first = useMemo(() => me.person.name.split(' ')[0] ?? me.person.name, [me])
  return (
    <Page title={words.home.title}>
      <div className={css.head}>
        <div>
          <h1 className={css.title}>{words.home.hello({ name: first })}</h1>
        </div>
      </div>
      <Stitch />
      {home.isPending && <Waiting>{words.app.loading}</Waiting>}
      {home.error && <Problem problem={home.error} onRetry={() => void home.refetch()} />}
      {home.data && (
        <>
          {nothingWaits(home.data) && <p className={`${css.lead} ${css.section}`}>{words.home.nothing}</p>}
          <List title={words.home.proposals} list={home.data.proposals} />
          <List title={words.home.decided} list={home.data.decided} answered />
          <List title={words.home.questions} list={home.data.questions} />
          <List title={words.home.mentions} list={home.data.mentions} />
          <List title={words.home.replies} list={home.data.replies} />
          {home.data.opened.length > 0 && (
            <section className={css.section}>
              <div className={css.sectionHead}>
                <h2>
                  {words.home.opened}
                  <span className={css.count}>{home.data.opened.length}</span>
                </h2>
              </div>
              <BoardStrip boards={home.data.opened} />
            </section>
          )}
        </>
      )}
      <div className={css.tapeLine}>
        <Tape />
      </div>
      <Strips />
    </Page>
  )
}

/** Fetched by whoever has this home alone. */
const OfficeHome = lazy(() => import('./OfficeHome.tsx'))

/** What waits for me comes first; whoever holds no designs has a home of their own. */
export const HomePage = () => {
  const { me } = useWho()
  const words = useWords()
  if (me.person.firm !== null) return <FirmHome />
  return (
    <Suspense
      fallback={
        <Page title={words.home.title}>
          <Waiting>{words.app.loading}</Waiting>
        </Page>
      }
    >
      <OfficeHome />
    </Suspense>
  )
}
