import { useState } from 'react'
import { toast } from '../design/toast-store.ts'

/** Carries a command out and tells how it went. */
export const useCommand = (onDone: () => void) => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  return {
    busy,
    problem,
    run(command: Promise<unknown>, told: string): void {
      setBusy(true)
      setProblem(null)
      command
        .then(() => {
          toast(told)
          onDone()
        })
        .catch((why) => setProblem(why))
        .finally(() => setBusy(false))
    },
  }
}
