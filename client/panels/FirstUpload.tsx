import { UploadHere, UploadList } from './Uploading.tsx'

/** On an empty table, where its owner looks for it. */
export const FirstUpload = () => (
  <>
    <UploadHere />
    <UploadList />
  </>
)
export default FirstUpload
