/** Starts the privacy page. */
import { start } from '../ui/mount';
import Privacy from './Privacy.svelte';

start(Privacy);
