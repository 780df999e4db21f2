/** Fetches what proposals need before anybody needs it, so that they can be read and made when the line is gone. */
export const fetchAhead = (): Promise<unknown> =>
  Promise.allSettled([
    import('./ProposingPanel.tsx'),
    import('./ProposalCard.tsx'),
    import('./OperationName.tsx'),
    import('./carry-out.ts'),
  ])
