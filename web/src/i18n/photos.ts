/** Texts of photos, in the language of the moment. */
import { texts } from './locale.svelte';
import { photosEn } from './photos.en';
import { photosSv, type PhotosTexts } from './photos.sv';

export const photoTexts = texts<PhotosTexts>({ sv: photosSv, en: photosEn });
