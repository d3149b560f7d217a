/** Starts the resident's report page. */
import { start } from '../ui/mount';
import Page from './Page.svelte';

start(Page);
