/** Texts that every page shares, in the language of the moment. */
import { commonEn } from './common.en';
import { commonSv, type CommonTexts } from './common.sv';
import { texts } from './locale.svelte';

export const common = texts<CommonTexts>({ sv: commonSv, en: commonEn });
