/** Swedish words of windows and of what is shown once. This file is the type. */
export const windowsSv = {
  close: 'Stäng',
  copy: 'Kopiera',
  copied: 'Kopierat.',
  copy_by_hand: 'Texten är markerad. Kopiera med Ctrl och C, eller håll fingret på den.',
};
export type WindowsTexts = typeof windowsSv;
