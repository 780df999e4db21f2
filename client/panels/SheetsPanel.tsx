import type { Sheet } from '../../shared/domain/sheet.ts'
import { Icon } from '../brand/icons.tsx'
import { Act, Button, buttonClass } from '../design/Button.tsx'
import { PlainTag } from '../design/Says.tsx'
import { complain } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { Nudge } from './Nudge.tsx'
import { SizeText } from './SizeText.tsx'
import css from './sheets.module.css'
import { UploadHere, UploadList } from './Uploading.tsx'
import { useReason } from './useBoardWords.ts'
import { useWatched } from './watch.ts'

const One = ({ sheet }: { sheet: Sheet }) => {
  const words = useWords()
  const { own, session, handle, ask } = useDesk()
  const reason = useReason()
  const tell = (command: Promise<unknown>): void =>
    void command.catch((problem: { code?: string }) => complain(reason(problem.code ?? 'failed')))
  return (
    <li className={css.sheet}>
      <div className={css.sheetHead}>
        <Icon name={sheet.kind === 'photo' ? 'camera' : sheet.kind === 'pdf' ? 'file' : 'pen'} />
        <span className={css.sheetName}>
          <strong>{sheet.name}</strong>
          <span className={ui.hint}>
            {words.sheetKind[sheet.kind]} · <SizeText sheet={sheet} />
          </span>
        </span>
        <PlainTag>{words.scaleSource[sheet.scale]}</PlainTag>
      </div>
      {sheet.away && <p className={ui.hint}>{words.board.sheets.awayExplain}</p>}
      <fieldset className={css.acts} aria-label={words.board.sheets.actions({ name: sheet.name })}>
        {!sheet.away && (
          <Act icon="fit" onClick={() => handle?.fit({ sheet: sheet.id })}>
            {words.board.sheets.show}
          </Act>
        )}
        {sheet.kind === 'pattern' && (
          <>
            <Act icon="clock" onClick={() => ask({ is: 'versions', sheet: sheet.id, part: 'story' })}>
              {words.board.sheets.versions}
            </Act>
            <Act icon="puntada" onClick={() => ask({ is: 'versions', sheet: sheet.id, part: 'walk' })}>
              {words.board.sheets.seams}
            </Act>
            {own && (
              <Act icon="tape" onClick={() => ask({ is: 'details', sheet: sheet.id })}>
                {words.board.sheets.details}
              </Act>
            )}
            {own && (
              <Act icon="download" onClick={() => ask({ is: 'versions', sheet: sheet.id, part: 'export' })}>
                {words.board.sheets.exports}
              </Act>
            )}
          </>
        )}
        {own && (
          <>
            {sheet.kind === 'photo' && !sheet.away && (
              <Act
                look={sheet.scale === 'assumed' ? 'plain' : 'quiet'}
                icon="scale"
                onClick={() => ask({ is: 'scale', sheet: sheet.id, line: null })}
              >
                {words.board.sheets.scaleIt}
              </Act>
            )}
            {!sheet.away && (
              <Act icon="move" onClick={() => ask({ is: 'place', sheet: sheet.id })}>
                {words.board.sheets.place}
              </Act>
            )}
            <Act icon="edit" onClick={() => ask({ is: 'name', sheet: sheet.id })}>
              {words.board.sheets.rename}
            </Act>
            <Act
              icon={sheet.away ? 'eye' : 'eyeOff'}
              onClick={() => tell(session.command('sheet.away', { sheet: sheet.id, away: !sheet.away }))}
            >
              {sheet.away ? words.board.sheets.bringBack : words.board.sheets.putAway}
            </Act>
            <a
              className={buttonClass({ look: 'quiet', small: true })}
              href={`/api/sheets/${sheet.id}/original`}
              download
            >
              <Icon name="download" />
              {words.board.sheets.original}
            </a>
          </>
        )}
      </fieldset>
      {own && !sheet.away && <Nudge sheet={sheet} />}
    </li>
  )
}

/** What lies on the table; its owner uploads, names, places, scales and puts away. */
export const SheetsPanel = () => {
  const words = useWords()
  const { own, session, ask } = useDesk()
  const { sheets } = useWatched(session.records)
  const several = sheets.filter(({ away }) => !away).length > 1
  return (
    <div className={css.padded}>
      {own && <UploadHere />}
      {own && <UploadList />}
      {own && several && (
        <div>
          <Button small icon="grid" onClick={() => ask({ is: 'lay' })}>
            {words.board.sheets.lay}
          </Button>
        </div>
      )}
      {sheets.length === 0 ? (
        <p className={css.lone}>{words.board.sheets.none}</p>
      ) : (
        <ul className={css.sheets}>
          {sheets.map((sheet) => (
            <One key={sheet.id} sheet={sheet} />
          ))}
        </ul>
      )}
    </div>
  )
}
export default SheetsPanel
