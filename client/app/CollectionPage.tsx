import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { CollectionCard } from '../../shared/protocol/api.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import { Empty, Problem } from '../design/Notice.tsx'
import { Stitch, Waiting } from '../design/Trade.tsx'
import { useWords } from '../words/words.ts'
import { BoardCard } from './BoardCard.tsx'
import { BoardFields } from './BoardFields.tsx'
import { useCollections, useMakeBoard } from './data.ts'
import { NotFoundPage } from './ErrorPages.tsx'
import css from './pages.module.css'
import { RenameBoard } from './RenameBoard.tsx'
import { Page } from './Shell.tsx'
import { useWho } from './signed.ts'

const MakeBoard = ({ collection, onClose }: { collection: CollectionCard; onClose(): void }) => {
  const words = useWords()
  const navigate = useNavigate()
  const make = useMakeBoard()
  const [title, setTitle] = useState('')
  const [style, setStyle] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <FormDialog
      title={words.collections.makeBoard}
      act={words.collections.makeBoard}
      busy={make.isPending}
      problem={make.error}
      onDo={() => {
        setTried(true)
        if (title.trim() === '') return
        make.mutate(
          { collection: collection.id, title, style },
          { onSuccess: ({ id }) => void navigate({ to: '/mesas/$id', params: { id } }) },
        )
      }}
      onClose={onClose}
    >
      <BoardFields
        hint={words.collections.boardTitleHint}
        title={title}
        onTitle={setTitle}
        style={style}
        onStyle={setStyle}
        tried={tried}
      />
    </FormDialog>
  )
}

/** One collection, its boards as pictures; the owning firm adds boards here. */
export const CollectionPage = () => {
  const words = useWords()
  const { id } = useParams({ from: '/colecciones/$id' })
  const { me, firm } = useWho()
  const collections = useCollections()
  const [making, setMaking] = useState(false)
  const [renaming, setRenaming] = useState<string | null>(null)
  const collection = collections.data?.find((one) => one.id === id)
  if (collections.data && !collection) return <NotFoundPage />
  const own = collection?.firm === me.person.firm
  const renamed = collection?.boards.find((one) => one.id === renaming)
  return (
    <Page title={collection?.name ?? words.collections.title}>
      <Link to="/colecciones" className={css.backLink}>
        <Icon name="back" />
        {words.collections.title}
      </Link>
      {collections.isPending && <Waiting>{words.app.loading}</Waiting>}
      {collections.error && <Problem problem={collections.error} onRetry={() => void collections.refetch()} />}
      {collection && (
        <>
          <div className={css.head}>
            <div>
              <h1 className={css.title}>{collection.name}</h1>
              <p className={css.lead}>
                {[own ? '' : `${firm(collection.firm)?.name ?? ''}.`, collection.about].filter(Boolean).join(' ')}
              </p>
            </div>
            {own && (
              <Button look="primary" icon="add" onClick={() => setMaking(true)}>
                {words.collections.makeBoard}
              </Button>
            )}
          </div>
          <Stitch />
          <div className={css.section}>
            {collection.boards.length === 0 ? (
              <Empty title={words.collections.noBoards}>{own && <p>{words.collections.noBoardsOwn}</p>}</Empty>
            ) : (
              <>
                <h2 className="unseen">{words.collections.boards({ n: collection.boards.length })}</h2>
                <ul className={css.grid}>
                  {collection.boards.map((board) => (
                    <li key={board.id} className={css.withAct}>
                      <BoardCard board={board} />
                      {own && (
                        <Button
                          small
                          icon="edit"
                          iconOnly
                          className={css.cardAct ?? ''}
                          onClick={() => setRenaming(board.id)}
                        >
                          {words.collections.renameBoardOf({ title: board.title })}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
          {renamed && <RenameBoard board={renamed} onClose={() => setRenaming(null)} />}
          {making && <MakeBoard collection={collection} onClose={() => setMaking(false)} />}
        </>
      )}
    </Page>
  )
}
