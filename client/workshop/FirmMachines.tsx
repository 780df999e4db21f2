import { useState } from 'react'
import type { Firm } from '../../shared/domain/people.ts'
import { MACHINES, type Machine } from '../../shared/pattern/stitches.ts'
import { useSetMachines } from '../app/data.ts'
import groupCss from '../app/group.module.css'
import { useMay } from '../app/may.ts'
import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { Check } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import { toast } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useProposalWords } from '../words/proposals/words.ts'
import { useWords } from '../words/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import css from './workshop.module.css'

const MachinesForm = ({ firm, onClose }: { firm: Firm; onClose(): void }) => {
  const words = useWorkshopWords()
  const texts = useProposalWords()
  const { app } = useWords()
  const save = useSetMachines()
  const [has, setHas] = useState<readonly Machine[]>(firm.machines ?? [])
  return (
    <FormDialog
      title={words.machines.titleOf({ firm: firm.name })}
      act={app.save}
      busy={save.isPending}
      problem={save.error}
      onDo={() => {
        save.mutate(
          { id: firm.id, machines: [...has] },
          {
            onSuccess: () => {
              toast(words.machines.saved)
              onClose()
            },
          },
        )
      }}
      onClose={onClose}
    >
      <p className={ui.hint}>{words.machines.means}</p>
      <fieldset>
        <legend className="unseen">{words.machines.title}</legend>
        <div className={groupCss.picks}>
          {MACHINES.map((one) => (
            <Check
              key={one}
              checked={has.includes(one)}
              onValue={(on) => setHas(on ? [...has, one] : has.filter((other) => other !== one))}
            >
              {texts.machines[one]}
            </Check>
          ))}
        </div>
      </fieldset>
      {has.length === 0 && <p className={ui.hint}>{words.machines.none}</p>}
    </FormDialog>
  )
}

/** What a firm sews on, for the firms of the group; its administrator says it here. */
export const FirmMachines = ({ firm }: { firm: Firm }) => {
  const words = useWorkshopWords()
  const texts = useProposalWords()
  const format = useFormats()
  const may = useMay()
  const [saying, say] = useState(false)
  const mine = may('firm.machines', { firm: firm.id })
  if (!firm.machines && !mine) return null
  return (
    <div className={css.machines}>
      <p className={groupCss.meta}>
        <Icon name="puntada" />
        {firm.machines
          ? words.machines.has({ machines: format.list(firm.machines.map((one) => texts.machines[one])) })
          : words.machines.notSaid}
      </p>
      {mine && (
        <Button small icon="edit" onClick={() => say(true)}>
          {words.machines.change}
        </Button>
      )}
      {saying && <MachinesForm firm={firm} onClose={() => say(false)} />}
    </div>
  )
}
export default FirmMachines
