/** Starts "my report", where a receipt is followed up. */
import { start } from '../ui/mount';
import Page from './Page.svelte';

start(Page);
