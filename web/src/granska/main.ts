/** The page of moderators: what of reports is counted and seen. */
import { start } from '../ui/mount';
import Page from './Page.svelte';

start(Page);
