/** Starts a page: base styles, language, service worker, then the component. */
import { mount, type Component } from 'svelte';
import { locale } from '../i18n/locale.svelte';
import './base.css';

export function start(page: Component): void {
  locale.follow();
  const target = document.getElementById('app');
  if (!target) throw new Error('the page has no #app');
  mount(page, { target });
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    // Failing to register (private mode, plain http) only means that the page needs the network.
    navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  }
}
