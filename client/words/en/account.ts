import { count } from '../count.ts'
import type { Words } from '../words.ts'

export const account: Words['account'] = {
  title: 'My account',
  who: 'Who you are here',
  name: 'Name',
  firm: 'Firm',
  noFirm: 'Of no firm',
  role: 'Place in the room',
  group: 'Group',
  admin: 'You are an admin of your firm: you can invite your colleagues.',

  works: 'How you work',
  deviceOnly: 'Remembered on this device only.',
  language: 'Language',
  languages: { es: 'Español (México)', en: 'English' },
  unit: 'Measures',
  cm: 'centimetres',
  inch: 'inches',
  shortcuts: 'Single-key shortcuts',
  shortcutsHelp: 'On a board one letter takes a tool. Turn them off if you dictate or hit keys by accident.',

  password: 'Change password',
  passwordMeans: 'Changing it closes your account on your other devices.',
  passwordSame: 'It is the same as the current one. Write a new one.',
  passwordDo: 'Change the password',
  passwordDone: 'Password changed. The other sessions were closed.',
  demoPassword: 'In the demo nobody has a password, so there is nothing to change here.',

  sessions: 'Where your account is open',
  sessionsHelp: 'If you don’t recognise one, close it and change your password.',
  thisSession: 'this device',
  sessionTimes: (p) => `Opened ${p.made} · used ${p.seen}`,
  unknownDevice: 'Device without a name',
  endSession: 'Close',
  endSessionOf: (p) => `Close the session on ${p.device}, used ${p.when}`,
  sessionEnded: 'Session closed.',
  onlyThis: 'Your account is open here only.',
  endOthers: 'Close the others',
  endOthersTitle: 'Close the other sessions',
  endOthersMeans: (p) =>
    `${count('en', p.n, 'device', 'devices')} will have to sign in again. You stay signed in here.`,
  othersEnded: 'The other sessions were closed.',

  signOut: 'Sign out',
  signOutTitle: 'Sign out of this device',
  signOutMeans: 'No design image is ever kept here. Signing out erases the rest, drafts too.',
}
