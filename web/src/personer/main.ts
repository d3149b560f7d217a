/** The page of parties and people, for administrators. */
import { start } from '../ui/mount';
import Page from './Page.svelte';

start(Page);
