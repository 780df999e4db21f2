import { useQuery } from '@tanstack/react-query'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'
import { useDesk } from '../panels/desk.ts'
import { api } from '../sync/api.ts'

/** Newest first; asked again when the sheet has a new one. */
export const useVersions = (sheet: Sheet) =>
  useQuery({
    queryKey: ['versions', sheet.id, sheet.version],
    queryFn: async ({ signal }) =>
      (await api<{ versions: VersionRow[] }>('GET', `/api/sheets/${sheet.id}/versions`, undefined, signal)).versions,
  })

/** A version never changes: it is fetched once while the dialog is open, each look a row in the register; soon forgotten after. */
export const useLines = (sheet: SheetId, version: number | null) => {
  const { patterns } = useDesk()
  return useQuery({
    queryKey: ['lines', sheet, version],
    enabled: version !== null,
    queryFn: ({ signal }) => patterns.fetchVersion(sheet, version ?? 1, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    structuralSharing: false,
  })
}
