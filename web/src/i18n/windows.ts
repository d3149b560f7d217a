/** Words of windows and of what is shown once, in the language of the moment. */
import { texts } from './locale.svelte';
import { windowsEn } from './windows.en';
import { windowsSv, type WindowsTexts } from './windows.sv';

export const windows = texts<WindowsTexts>({ sv: windowsSv, en: windowsEn });
