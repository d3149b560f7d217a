/** The public map's page. */
import { start } from '../ui/mount';
import Page from './Page.svelte';

start(Page);
