/** Starts the accessibility statement. */
import { start } from '../ui/mount';
import Accessibility from './Accessibility.svelte';

start(Accessibility);
