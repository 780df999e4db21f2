import { useState } from 'react'
import type { KnownCircle } from '../../shared/access/roster.ts'
import type { FirmId } from '../../shared/domain/ids.ts'
import type { Circle } from '../../shared/domain/people.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Check, TextField } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import { Empty, Notice } from '../design/Notice.tsx'
import { PlainTag } from '../design/Says.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { Confirm } from './Confirm.tsx'
import { useDropCircle, useSaveCircle } from './data.ts'
import css from './group.module.css'
import { useMay } from './may.ts'
import page from './pages.module.css'
import { Section } from './Section.tsx'
import { useWho } from './signed.ts'

/** Makes a circle, or renames one and says anew which firms are in it. */
const CircleForm = ({ circle, onClose }: { circle: Circle | null; onClose(): void }) => {
  const words = useWords()
  const format = useFormats()
  const { me, firm } = useWho()
  const save = useSaveCircle()
  const [name, setName] = useState(circle?.name ?? '')
  const [firms, setFirms] = useState<readonly FirmId[]>(circle?.firms ?? [])
  const [tried, setTried] = useState(false)
  const plain = (text: string): string => text.trim().toLocaleLowerCase()
  const taken = me.circles.some((one) => one.id !== circle?.id && plain(one.name) === plain(name))
  const wrong = name.trim() === '' ? words.door.needed : taken ? words.group.circleNameTaken : null
  const leaving = (circle?.firms ?? []).filter((id) => !firms.includes(id)).map((id) => firm(id)?.name ?? '—')
  return (
    <FormDialog
      title={circle ? words.group.editCircleOf({ name: circle.name }) : words.group.makeCircle}
      act={circle ? words.app.save : words.group.makeCircleDo}
      busy={save.isPending}
      problem={save.error}
      onDo={() => {
        setTried(true)
        if (wrong) return
        save.mutate(
          { id: circle?.id ?? null, name: name.trim(), firms: [...firms] },
          {
            onSuccess: () => {
              toast(words.group.circleSaved({ name: name.trim() }))
              onClose()
            },
          },
        )
      }}
      onClose={onClose}
    >
      <TextField
        label={words.group.circleName}
        hint={words.group.circleNameHint}
        value={name}
        maxLength={60}
        autoComplete="off"
        onValue={setName}
        wrong={tried ? wrong : null}
      />
      <fieldset>
        <legend className={ui.label}>{words.group.circleFirms}</legend>
        {me.firms.length === 0 && <p className={ui.hint}>{words.group.circleNoFirms}</p>}
        <div className={css.picks}>
          {me.firms.map(({ id, name, role }) => (
            <Check
              key={id}
              checked={firms.includes(id)}
              onValue={(on) => setFirms(on ? [...firms, id] : firms.filter((one) => one !== id))}
            >
              {name} <span className={page.soft}>· {words.roles[role]}</span>
            </Check>
          ))}
        </div>
      </fieldset>
      <div role="status">
        {leaving.length > 0 && (
          <Notice>{words.group.circleLeaves({ firms: format.list(leaving), n: leaving.length })}</Notice>
        )}
      </div>
      <p className={ui.hint}>{words.group.circleWarn}</p>
    </FormDialog>
  )
}

const DropCircle = ({ circle, onClose }: { circle: Circle; onClose(): void }) => {
  const words = useWords()
  const drop = useDropCircle()
  return (
    <Confirm
      title={words.group.dropCircleOf({ name: circle.name })}
      means={words.group.dropCircleMeans}
      act={words.group.dropCircleDo}
      busy={drop.isPending}
      problem={drop.error}
      onDo={() =>
        drop.mutate(circle.id, {
          onSuccess: () => {
            toast(words.group.circleDropped({ name: circle.name }))
            onClose()
          },
        })
      }
      onClose={onClose}
    />
  )
}

const CircleCard = ({ circle, onEdit, onDrop }: { circle: KnownCircle; onEdit(): void; onDrop(): void }) => {
  const words = useWords()
  const { me, firm } = useWho()
  const may = useMay()
  const own = me.person.firm !== null && circle.firms.includes(me.person.firm)
  return (
    <li className={`${page.entry} ${css.circle} ${own ? css.own : ''}`}>
      <h3>
        {circle.name}
        {own && <PlainTag>{words.group.yourCircle}</PlainTag>}
      </h3>
      {circle.size !== null && (
        <p className={css.meta}>
          <Icon name="firm" />
          {circle.size === 0 ? words.group.circleEmpty : words.group.circleCount({ n: circle.size })}
        </p>
      )}
      {circle.firms.length > 0 && (
        <ul className={page.names}>
          {circle.firms.map((id) => {
            const one = firm(id)
            return (
              <li key={id}>
                {one?.name ?? '—'}
                {one && <span className={page.soft}> · {words.roles[one.role]}</span>}
              </li>
            )
          })}
        </ul>
      )}
      {may('circle.arrange') && (
        <div className={css.acts}>
          <Button small icon="edit" aria-label={words.group.editCircleOf({ name: circle.name })} onClick={onEdit}>
            {words.group.editCircle}
          </Button>
          <Button
            small
            look="quiet"
            icon="trash"
            aria-label={words.group.dropCircleOf({ name: circle.name })}
            onClick={onDrop}
          >
            {words.group.dropCircle}
          </Button>
        </div>
      )}
    </li>
  )
}

/** The circles and their firms; the facilitator makes, renames, re-arranges and removes them here. */
export const GroupCircles = () => {
  const words = useWords()
  const { me } = useWho()
  const may = useMay()
  const [editing, setEditing] = useState<Circle | 'new' | null>(null)
  const [dropping, setDropping] = useState<Circle | null>(null)
  const arranges = may('circle.arrange')
  return (
    <Section
      title={words.group.circles}
      count={me.circles.length === 0 ? undefined : me.circles.length}
      act={
        arranges && (
          <Button icon="add" onClick={() => setEditing('new')}>
            {words.group.makeCircle}
          </Button>
        )
      }
    >
      <p className={page.soft}>{words.group.circlesHelp}</p>
      {me.circles.length === 0 ? (
        <Empty title={words.group.noCircles}>
          <p>{arranges ? words.group.noCirclesMake : words.group.noCirclesWait}</p>
        </Empty>
      ) : (
        <ul className={page.roster}>
          {me.circles.map((circle) => (
            <CircleCard
              key={circle.id}
              circle={circle}
              onEdit={() => setEditing(circle)}
              onDrop={() => setDropping(circle)}
            />
          ))}
        </ul>
      )}
      {editing !== null && <CircleForm circle={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {dropping !== null && <DropCircle circle={dropping} onClose={() => setDropping(null)} />}
    </Section>
  )
}
