/** English words of windows and of what is shown once. */
import type { WindowsTexts } from './windows.sv';

export const windowsEn = {
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied.',
  copy_by_hand: 'The text is selected. Copy with Ctrl and C, or hold your finger on it.',
} satisfies WindowsTexts;
