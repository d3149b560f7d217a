/** The workspace's words in the language of the moment: `words.t.title`. */
import { planEn } from '../i18n/plan.en';
import { planSv, type PlanTexts } from '../i18n/plan.sv';
import { texts } from '../i18n/locale.svelte';
import { viewsEn } from '../i18n/views.en';
import { viewsSv, type ViewsTexts } from '../i18n/views.sv';

export const words = texts<PlanTexts>({ sv: planSv, en: planEn });
export const views = texts<ViewsTexts>({ sv: viewsSv, en: viewsEn });
