/** The language of the page: Swedish first, English by choice. `?lang=en` wins, then the remembered choice, then Swedish. */

export type Lang = 'sv' | 'en';

const KEY = 'lykta.lang';
const LANGS: readonly Lang[] = ['sv', 'en'];

function isLang(value: string | null): value is Lang {
  return LANGS.some((lang) => lang === value);
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage can be closed (private mode); the page still works in Swedish
  }
}

function remember(lang: Lang): void {
  try {
    localStorage.setItem(KEY, lang);
  } catch {
    // see `remembered`
  }
}

function initial(): Lang {
  if (typeof location === 'undefined') return 'sv';
  const asked = new URLSearchParams(location.search).get('lang');
  if (isLang(asked)) {
    remember(asked); // the links of the page carry no `lang`
    return asked;
  }
  const kept = remembered();
  return isLang(kept) ? kept : 'sv';
}

class Locale {
  lang = $state<Lang>(initial());

  /** Chooses a language for this page and remembers it for the next. */
  set(lang: Lang): void {
    this.lang = lang;
    remember(lang);
    const url = new URL(location.href);
    if (url.searchParams.has('lang')) {
      url.searchParams.set('lang', lang);
      history.replaceState(history.state, '', url);
    }
    this.follow();
  }

  /** Makes `<html lang>` follow the choice. */
  follow(): void {
    document.documentElement.lang = this.lang;
  }
}

export const locale = new Locale();

/** A catalogue in both languages; `.t` is the one of the moment and updates what reads it. */
export function texts<M>(by: Record<Lang, M>): { readonly t: M } {
  return {
    get t() {
      return by[locale.lang];
    },
  };
}
