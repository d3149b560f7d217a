/** Texts of "my report", in the language of the moment. */
import { texts } from './locale.svelte';
import { receiptEn } from './receipt.en';
import { receiptSv, type ReceiptTexts } from './receipt.sv';

export const receiptTexts = texts<ReceiptTexts>({ sv: receiptSv, en: receiptEn });
