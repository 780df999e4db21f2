import type { OperationName as Name } from '../../shared/pattern/operation.ts'
import { useProposalWords } from '../words/proposals/words.ts'

/** What an operation is called in the workshop. */
export const OperationName = ({ op }: { op: Name }) => <strong>{useProposalWords().operations[op].name}</strong>
export default OperationName
