/** @jsxRuntime automatic @jsxImportSource preact */
// What a person sees when something is wrong: what it is, and where to go from here.
import { type AppError, ERRORS } from '../../model/errors.ts';
import { inLanguage } from '../../model/text.ts';
import type { Page } from '../page.ts';
import { renderPage } from './layout.tsx';
import { SearchBox } from './search-box.tsx';

export function errorPage(page: Page, error: AppError): string {
  const { t, to } = page;
  const title = inLanguage(ERRORS[error.code].title, page.language);
  return renderPage(
    page,
    { title, noIndex: true },
    <>
      <p class="status">{error.status}</p>
      <h1>{title}</h1>
      {error.code === 'not-found' && <p class="lead">{t.notFoundText}</p>}
      {error.detail && <p>{inLanguage(error.detail, page.language)}</p>}
      {error.faults.length > 0 && (
        <ul>
          {error.faults.map((fault) => (
            <li>
              <code>{fault.parameter}</code>
              {t.colon} {inLanguage(fault.detail, page.language)}
            </li>
          ))}
        </ul>
      )}
      <SearchBox page={page} label={t.searchTheCatalogue} />
      <p>
        <a href={to('/')}>{t.home}</a> · <a href={to('/services')}>{t.services}</a>
      </p>
    </>,
  );
}
