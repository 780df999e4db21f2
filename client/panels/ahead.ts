/** Fetches what the first screen does without, once that is drawn. */
export const fetchPanels = (): Promise<unknown> =>
  Promise.allSettled([
    import('./AskedDialog.tsx'),
    import('./SheetsPanel.tsx'),
    import('./LookedPanel.tsx'),
    import('./DraftsPanel.tsx'),
  ])
