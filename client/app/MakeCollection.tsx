import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { TextArea, TextField } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import { useWords } from '../words/words.ts'
import { useMakeCollection } from './data.ts'

/** Begins a collection of one's own firm, and goes there. */
export const MakeCollection = ({ onClose }: { onClose(): void }) => {
  const words = useWords()
  const navigate = useNavigate()
  const make = useMakeCollection()
  const [name, setName] = useState('')
  const [about, setAbout] = useState('')
  const [tried, setTried] = useState(false)
  return (
    <FormDialog
      title={words.collections.make}
      act={words.collections.make}
      busy={make.isPending}
      problem={make.error}
      onDo={() => {
        setTried(true)
        if (name.trim() === '') return
        make.mutate(
          { name, about },
          { onSuccess: ({ id }) => void navigate({ to: '/colecciones/$id', params: { id } }) },
        )
      }}
      onClose={onClose}
    >
      <TextField
        label={words.collections.name}
        hint={words.collections.nameHint}
        value={name}
        maxLength={80}
        onValue={setName}
        wrong={tried && name.trim() === '' ? words.door.needed : null}
      />
      <TextArea
        label={words.collections.about}
        hint={words.collections.aboutHint}
        optional
        maxLength={500}
        value={about}
        onValue={setAbout}
      />
    </FormDialog>
  )
}
export default MakeCollection
