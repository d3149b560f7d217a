/** The words of moderation in the language of the moment. */
import { reviewEn } from '../i18n/review.en';
import { reviewSv, type ReviewTexts } from '../i18n/review.sv';
import { texts } from '../i18n/locale.svelte';

export const words = texts<ReviewTexts>({ sv: reviewSv, en: reviewEn });
