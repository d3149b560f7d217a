/** The workspace's words in the language of the moment: `words.t.title`. */
import { planEn } from '../i18n/plan.en';
import { planSv, type PlanTexts } from '../i18n/plan.sv';
import { texts } from '../i18n/locale.svelte';

export const words = texts<PlanTexts>({ sv: planSv, en: planEn });
