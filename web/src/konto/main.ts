/** The page of one's own account. */
import { start } from '../ui/mount';
import Page from './Page.svelte';

start(Page);
