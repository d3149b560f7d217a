/** Starts the readable page of the API description. */
import { start } from '../ui/mount';
import Page from './Page.svelte';

start(Page);
