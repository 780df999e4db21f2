import type { AnyCode, Params } from '../es/refusals.ts'
import type { Words } from '../words.ts'

const kept = 'It is in your drafts.'
const damaged = `The change arrived damaged and was not accepted. ${kept}`
const nowhere = `The change had no place on the board. ${kept}`

const say: Record<AnyCode, string | ((p: Params) => string)> = {
  'bad-request': 'The server did not understand what was sent. Check the fields and try again.',
  'unknown-command': 'This page is of another version. Load it again.',
  'signed-out': 'Your session ended. Sign in again; what you typed is still here.',
  'wrong-sign-in': 'That e-mail and that password do not belong together. Check both.',
  'wrong-password': 'That is not the current password. Check it and try again.',
  'foreign-origin': 'The request came from another page and was not served. Open the room at its own address.',
  'foreign-host': 'This server does not go by that name. Check the address.',
  'already-begun': 'The room was open already. Sign in with your account.',
  'email-taken': 'There is an account with that e-mail. Sign in with it or use another.',
  'password-common': 'That password is easy to guess. Try a short sentence that only you would say.',
  'invitation-unknown': 'There is no invitation with that link. Check that you copied all of it.',
  'invitation-used': 'The link works once and somebody came in with it. Ask whoever invited you for another.',
  'invitation-ended': (p) =>
    `${p.until ? `It ended on ${p.until}. ` : 'It has ended. '}Ask whoever invited you for another.`,
  'invitation-withdrawn': 'Whoever invited you withdrew the link. Ask them before you ask for another.',
  'bad-until': (p) => `The date has passed or is too far away. Choose one within ${p.most ?? 'some'} days.`,
  'too-many-collections': (p) =>
    `Your firm has the ${p.most ?? ''} collections that fit. Put the board into one that you have.`,
  'too-many-boards': (p) =>
    `Your firm has the ${p.most ?? ''} boards that fit. Upload what is new to one that you have.`,
  'too-many-sheets': 'The board has all the sheets that fit. Make another board for the rest.',
  'quota-bytes': (p) =>
    `Your firm has used all its room${p.most ? ` (${p.most})` : ''}. Delete something or ask the facilitator for more.`,
  'quota-uploads': (p) => `${p.most ?? 'All the'} files were uploaded today. You can go on tomorrow.`,
  'too-many-tries': (p) => `Too many tries. Wait ${p.seconds ?? 'some'} seconds and try again.`,
  rate: 'Too many things too fast. Wait a moment; what you wrote is still here.',
  interrupted: 'The server restarted in the middle of the conversion. Upload the file again.',
  answered: 'That has been answered. Look at it in Sheets.',
  changed: 'The proposal changed while you were deciding. Look at it again and decide.',
  'not-applied':
    'The change cannot be made to the pattern as it is now. Nothing moved: ask for another one, or accept with other numbers.',
  'not-told':
    'The pattern changed while you were writing, and something no longer fits it. Nothing was saved: check it and save again.',
  'not-here': 'You are not at the table yet: wait until it connects and try again.',
  'disk-full':
    'The server ran out of room: it was not saved, and nothing is left half-written. Reading goes on. Tell whoever operates it.',
  failed: 'The server failed at it. Nothing was half-saved; try again.',
  starting: 'The server is just starting. It will be ready in seconds.',
  stopping: 'The server is restarting. Your work waits and will be sent when it is back.',

  network: 'The server could not be reached. Check your connection; what you typed is still here.',
  unreadable: 'What answered is not the room. Check the address or your network and try again.',
  ended: 'The board was closed before it could be sent.',
  unsent: 'The window was closed before it could be sent. Check it and send it.',

  'not-found': 'It does not exist, or is not open to you. Check the link or ask the owning firm.',
  'not-office': 'That is done by those who look after the room. Ask them.',
  'not-your-firm': 'Only the owning firm decides that.',
  'not-admin': 'That is done by your firm’s administrator.',
  'not-mentor-admin': 'That is done by the facilitator or by the administrator of a mentor firm.',
  'not-author': 'Only whoever wrote it may change it. You can reply.',
  'others-replied': 'Others have replied: the mark stays so that their words are not lost. You can resolve it.',
  level:
    'Your level does not reach that type of proposal on another firm’s work yet. Say it as a comment, or propose something of your level.',
  decided: 'The owner has decided this proposal, and it stays as it is. You can reply, or make another one.',
  'foreign-swatch':
    'The photo of that swatch is not of your firm, or is not on the board any more. Take another one and propose it again.',
  'not-owner-or-author': 'It is resolved by its author or by the firm that owns the board.',

  'too-large': (p) =>
    `It is too large${p.most ? `: up to ${p.most} are taken` : ''}. Save a lighter version and upload that.`,
  'unknown-kind': (p) =>
    `${p.found ?? 'It is not a file that we can read.'} JPEG, PNG, WebP, PDF, SVG and patterns in DXF are taken.`,
  'not-a-photo': (p) =>
    `${p.found ?? 'It is not a file that we can read.'} A swatch is made of a photo: JPEG, PNG or WebP.`,
  'no-pattern': (p) => p.why ?? 'It could not be read as a pattern. Export it as DXF (AAMA or ASTM) and upload that.',
  unanswered: 'It waits for you: answer what it asks and it is laid on the table.',
  broken: (p) =>
    `It says it is ${p.kind ?? 'a file'}, but could not be read to the end. Open it, save it again and upload that.`,
  encrypted: 'It is locked by a password. Save it without one and upload that.',
  empty: 'There is nothing to draw in it. Check that it is the right file.',
  'too-many-pixels': (p) =>
    `It is ${p.width} × ${p.height} pixels and ${p.most} fit in all. Save it smaller and upload that.`,
  'too-many-pages': (p) => `It has ${p.pages} pages and ${p.most} fit. Split it and upload the parts.`,
  'too-complex': (p) => `It has ${p.what ?? 'more drawing'} than a real sheet has. Simplify it or export it as PDF.`,
  'took-too-long': (p) => `It took more than ${p.seconds} seconds and was stopped. Split or simplify it.`,
  'too-much-memory': (p) => `It asked for more than ${p.megabytes} MB of memory and was stopped. Save it smaller.`,
  cancelled: 'It was cancelled. Nothing of the file stayed.',
  'converter-failed': 'The converter failed; the file may be fine. Try again.',

  'not-an-update': damaged,
  'trailing-bytes': damaged,
  'many-clients': `The change was not accepted. ${kept} Check it and send it again.`,
  'forged-client': `The change did not come from your account and was not accepted. ${kept}`,
  gap: `A part of the change was lost on the way. ${kept} Send it again.`,
  overlap: `A part of that change had arrived already. ${kept} Check whether it is still needed.`,
  'missing-origin': `The change stood on something that is gone. ${kept}`,
  'forward-reference': damaged,
  'right-origin': damaged,
  skip: damaged,
  'bad-content': `The change carried something that a board does not keep. ${kept}`,
  'bad-parent': nowhere,
  'wrong-place': nowhere,
  'not-a-key': nowhere,
  'forbidden-key': nowhere,
  'too-many-structs': `The change was too large. ${kept} Do it in parts.`,
  'too-many-deletes': `The change deleted too much at once. ${kept} Do it in parts.`,
  'too-long': `The text or the stroke is too long. ${kept} Shorten it and send it.`,
  'delete-beyond': `The change deleted something that does not exist. ${kept}`,
  'unbound-client': `The connection changed half way. ${kept} Send it again.`,
  'unknown-root': nowhere,
  'server-only': `Only the server writes that. ${kept}`,
  'unknown-key': nowhere,
  'bad-id': `The change had no valid name. ${kept} Send it again.`,
  'bad-value': `The change carried a value that a board does not keep. ${kept} Check it.`,
  incomplete: `A part of the mark was missing. ${kept} Send it again.`,
  'already-there': 'That was on the board already. Check whether it is still needed.',
  fixed: `That does not change once it is there. ${kept} Make a new mark.`,
  gone: `What it was about is no longer on the board. Your words are in your drafts.`,
  'too-many-replies': `The thread takes no more replies. ${kept} Go on in another mark.`,
  'access-changed': 'Who can see the board has changed. It comes back by itself.',
  'lease-lost': 'The connection was renewed. What was not sent is in your drafts.',
  superseded: 'You opened the same board elsewhere and this window gave way. Load it again to go on here.',
  'bad-frame': 'The connection was cut because of a damaged message. Load the page again.',
  'slow-reader': 'Your connection is very slow and the board was opened again. Nothing was lost.',
  reloaded: 'The server opened the board again. Nothing was lost.',
  'server-stopping': 'The server is restarting. Your work waits and will be sent when it is back.',
}

export const refusals: Words['refusals'] = {
  say,
  other: 'The server did not accept it. What you typed is still here; try again.',
  found: {
    pdf: 'It is a PDF.',
    svg: 'It is an SVG drawing.',
    dxf: 'It is a pattern in DXF.',
    gif: 'It is a GIF.',
    heic: 'It is an iPhone HEIC photo: in Settings › Camera › Formats choose “Most Compatible”.',
    avif: 'It is an AVIF image.',
    tiff: 'It is a TIFF.',
    bmp: 'It is a BMP.',
    photoshop: 'It is a Photoshop file: export it as JPEG or PNG.',
    postscript: 'It is PostScript or Illustrator: save it as PDF or SVG.',
    zip: 'It is an archive: take out and upload what is inside.',
    html: 'It is a web page.',
    xml: 'It is an XML that is not a drawing.',
    hpgl: 'It is a plotter file (HPGL): export it as PDF.',
    video: 'It is a video.',
    program: 'It is a program.',
    text: 'It is text.',
    other: 'It is not a file that we can read.',
  },
  kind: { jpeg: 'a JPEG', png: 'a PNG', webp: 'a WebP', pdf: 'a PDF', svg: 'an SVG' },
  complex: {
    bytes: 'more data',
    nodes: 'more elements',
    depth: 'more groups within groups',
    points: 'more points',
    extent: 'a larger extent',
    style: 'more styles',
    objects: 'more objects',
  },
}
