/** Texts of the privacy page and the accessibility statement, in the language of the moment. */
import { texts } from './locale.svelte';
import { pagesEn } from './pages.en';
import { pagesSv, type PageTexts } from './pages.sv';

export const pages = texts<PageTexts>({ sv: pagesSv, en: pagesEn });
