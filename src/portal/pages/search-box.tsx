/** @jsxRuntime automatic @jsxImportSource preact */
// The one-line search of the pages that are not the search page itself.
import type { Page } from '../page.ts';

/** `service`: keeps the search inside one observation service. */
export function SearchBox({ page, label, service }: { page: Page; label: string; service?: string }) {
  const { t } = page;
  return (
    <search class="big-search">
      <form action={page.to('/search')} method="get">
        {page.chosenLanguage && <input type="hidden" name="lang" value={page.chosenLanguage} />}
        {service && <input type="hidden" name="service" value={service} />}
        <label for="q">{label}</label>
        <div class="joined">
          <input id="q" name="q" type="search" placeholder={service ? undefined : t.wordsExample} maxlength={500} />
          <button type="submit">{t.searchButton}</button>
        </div>
      </form>
    </search>
  );
}
