/** Texts of the resident's report, in the language of the moment. */
import { texts } from './locale.svelte';
import { reportEn } from './report.en';
import { reportSv, type ReportTexts } from './report.sv';

export const report = texts<ReportTexts>({ sv: reportSv, en: reportEn });
